"""Problems of values, and notes on what was assumed: each message is declared once, with its advice."""

from dataclasses import dataclass
from typing import Any

from ikmctl.language import N_, _


@dataclass(frozen=True)
class MessageTemplate:
    """A message with placeholders for its facts, and the advice that goes with it."""

    sentence: str
    advice: str = ""


PROBLEMS: dict[str, MessageTemplate] = {
    # any text
    "empty": MessageTemplate(N_("is required"), N_("Fill it in.")),
    "too-long": MessageTemplate(N_("has {length} characters, the limit is {limit}"), N_("Shorten it.")),
    "cell-too-long": MessageTemplate(
        N_("has {length} characters: a quotation mark at the end of a cell may be missing"),
        N_("Correct the quotation marks of this row."),
    ),
    "control-character": MessageTemplate(
        N_("contains a control character ({sign})"), N_("Type the value again by hand; it was damaged when copied.")
    ),
    "ditto": MessageTemplate(N_("stands for the value of the row above"), N_("Write the value itself in every row.")),
    "hidden-direction": MessageTemplate(
        N_("contains an invisible character that reverses the text ({sign})"), N_("Type the value again by hand.")
    ),
    "not-a-character": MessageTemplate(
        N_("contains an invalid character ({sign})"), N_("Type the value again by hand.")
    ),
    "too-many-marks": MessageTemplate(
        N_("has more than {limit} accents on one letter"), N_("Type the value again by hand.")
    ),
    # numbers
    "not-a-number": MessageTemplate(
        N_("is not a number"), N_("Write digits only, for example 1.500.000 or Rp 1.500.000,00 or 1,5 juta.")
    ),
    "not-ascii-digits": MessageTemplate(
        N_("uses characters other than the digits 0–9"), N_("Write it with the digits 0–9.")
    ),
    "scientific": MessageTemplate(
        N_("was shortened by Excel: digits are lost"),
        N_("In Excel format the column as Text, type the full value again, save and import."),
    ),
    "ambiguous-number": MessageTemplate(
        N_("may mean {one} or {other}"), N_("Write it without a separator, or with two decimals (…,00).")
    ),
    "approximate": MessageTemplate(N_("is only approximate"), N_("Write one number, without ± or “kurang lebih”.")),
    "overflow": MessageTemplate(
        N_("is the largest number that another program can store, not the real one"), N_("Write the real number.")
    ),
    "negative": MessageTemplate(N_("is below zero"), N_("Correct the number.")),
    "not-whole": MessageTemplate(N_("is not a whole number"), N_("Give a whole number.")),
    "fraction-of-rupiah": MessageTemplate(N_("is not a whole number of rupiah"), N_("Round it to whole rupiah.")),
    "too-large": MessageTemplate(N_("is larger than {limit}"), N_("Check the number of zeros and the unit.")),
    "not-a-percentage": MessageTemplate(N_("is not between 0 and 100 percent"), N_("Give a percentage from 0 to 100.")),
    "unexpected-percent": MessageTemplate(N_("is a percentage; a plain number is expected"), N_("Write it without %.")),
    # dates
    "not-a-date": MessageTemplate(
        N_("is not a date"), N_("Write day, month, year: 11/10/2021, 11 Oktober 2021 or 2021-10-11.")
    ),
    "no-such-date": MessageTemplate(N_("is a date that does not exist"), N_("Dates are day first: 31/12/2021.")),
    "no-such-time": MessageTemplate(N_("contains a time that does not exist"), N_("Give the date alone.")),
    "date-out-of-range": MessageTemplate(N_("is outside {first}–{last}"), N_("Check the year.")),
    "excel-serial": MessageTemplate(
        N_("looks like Excel's internal number for a date ({date}?)"),
        N_("In Excel format the column as a date, save and import again."),
    ),
    "date-range": MessageTemplate(N_("is a range of days; one date is expected"), N_("Give the first day only.")),
    "not-a-year": MessageTemplate(N_("is not a year"), N_("Write a year such as 2015.")),
    # identifiers
    "nib-length": MessageTemplate(N_("a NIB has 13 digits, this has {count}"), N_("Copy it from the NIB document.")),
    "nib-zero-lost": MessageTemplate(
        N_("a NIB has 13 digits, this has 12; Excel drops a 0 at the front"),
        N_("Compare it with the NIB document: is it {nib}?"),
    ),
    "nik-length": MessageTemplate(N_("a NIK has 16 digits, this has {count}"), N_("Copy it from the identity card.")),
    "nik-rounded": MessageTemplate(
        N_("every NIK of this column ends in 0: Excel has rounded them"),
        N_("In Excel format the column as Text, type the NIK again, save and import."),
    ),
    "npwp-length": MessageTemplate(
        N_("an NPWP has 15 or 16 digits, this has {count}"), N_("Copy it from the NPWP card.")
    ),
    "kbli-length": MessageTemplate(N_("a KBLI code has 5 digits, this has {count}"), N_("See: ikmctl list-kbli")),
    "not-a-kbli": MessageTemplate(N_("is not a KBLI code of 5 digits"), N_("Look the code up: ikmctl list-kbli WORD")),
    "kbli-title-of-several": MessageTemplate(
        N_("is the title of different codes in the two editions of the KBLI: {codes}"), N_("Write the code.")
    ),
    "kbli-title-alike": MessageTemplate(
        N_("is not a title of the KBLI; the nearest has the code {codes}"),
        N_("Look the code up: ikmctl list-kbli WORD"),
    ),
    "not-digits": MessageTemplate(N_("contains characters other than digits"), N_("Write the digits only.")),
    "not-a-phone": MessageTemplate(
        N_("is not a phone number"), N_("Write it as 0812-3456-7890 or (0752) 92000; several with a slash.")
    ),
    "not-an-email": MessageTemplate(N_("is not an email address"), N_("Write it as name@example.com.")),
    # choices and records
    "not-a-choice": MessageTemplate(N_("is not one of: {choices}"), N_("Use one of them.")),
    "not-a-funding": MessageTemplate(
        N_("is not a source of money and its amount"), N_("Write SOURCE=AMOUNT, for example APBD=50jt.")
    ),
    "not-a-number-of-a-record": MessageTemplate(N_("is not a record number"), N_("Give the number shown in the list.")),
    "not-a-coordinate": MessageTemplate(
        N_("is not a coordinate in Indonesia"), N_("Write degrees with a decimal point, for example -0.2298.")
    ),
    "not-degrees": MessageTemplate(
        N_("is too large for degrees: it may be metres (UTM), or its decimal point is lost"),
        N_("Write degrees with a decimal point, for example -0.2298."),
    ),
    "swapped-coordinate": MessageTemplate(
        N_("fits only the other one of latitude and longitude"), N_("Swap latitude and longitude.")
    ),
    "not-a-period": MessageTemplate(N_("is not a year or a month"), N_("Write 2021 or 2021-10.")),
    "unknown-sector": MessageTemplate(
        N_("is not a known sector{hint}"),
        N_('Say what it means: ikmctl alias sector "{text}" "{name}"'),
    ),
    "unknown-sentra": MessageTemplate(
        N_("is not a registered sentra{hint}"), N_("Register it first: ikmctl add-sentra, or add --create-sentra.")
    ),
    "unknown-group": MessageTemplate(
        N_("is not a registered group{hint}"),
        N_("Register it first: ikmctl add-business NAME --form group, or put its row in the same file."),
    ),
    "not-a-pending-value": MessageTemplate(
        N_("is not the number of this pending value"), N_("Make the list again: ikmctl list-pending --output FILE")
    ),
    "missing-number": MessageTemplate(
        N_("is not the number of a registered business"), N_("Leave it empty for a new business.")
    ),
    # cells of a workbook
    "error-cell": MessageTemplate(N_("contains a spreadsheet error"), N_("Correct the formula, or type the value.")),
    "formula-cell": MessageTemplate(
        N_("contains a formula without a result"), N_("Open the file in Excel, save it there and import it again.")
    ),
    "date-cell": MessageTemplate(
        N_("is a date, but text is expected; Excel may have changed what was typed"),
        N_("Format the cell as Text and type the value again."),
    ),
    "boolean-cell": MessageTemplate(N_("is TRUE or FALSE, but text is expected"), N_("Type the value as text.")),
    "time-cell": MessageTemplate(N_("is a time of day, but another value is expected"), N_("Type the value again.")),
    "digits-lost": MessageTemplate(
        N_("is stored as a number; Excel keeps only 15 digits"),
        N_("In Excel format the column as Text, type the full value again, save and import."),
    ),
    # rows
    "row-above-rejected": MessageTemplate(
        N_("belongs to row {row}, which was rejected"), N_("Correct the rows of this business together.")
    ),
    "too-few-cells": MessageTemplate(
        N_("cells in this row: {found}, in the header row: {expected}"), N_("Complete the row.")
    ),
    "too-many-cells": MessageTemplate(
        N_("cells in this row: {found}, in the header row: {expected}"),
        N_("Put a value that contains the delimiter in double quotes."),
    ),
    "nib-taken": MessageTemplate(
        N_("already belongs to {name} (no. {number})"), N_("Check the number on the NIB document.")
    ),
    "half-rejected": MessageTemplate(
        N_("another row of this business was rejected"), N_("Correct the rows of this business together.")
    ),
    "not-registered": MessageTemplate(
        N_("is not registered, so there is no business to add the data to"),
        N_("Import the business first: ikmctl import-businesses FILE"),
    ),
    "no-data-year": MessageTemplate(
        N_("has no year for its workers and money"), N_("Fill in Tahun Data, or give the year: --data-year 2021")
    ),
    "like-row": MessageTemplate(
        N_("may be the business of row {row}, which has different values"),
        N_("Correct the row, or decide with --on-duplicate update|skip|new."),
    ),
    "nib-of-row": MessageTemplate(
        N_("is also the NIB of row {row}, which has different values"), N_("Check the number on the NIB document.")
    ),
    "end-before-start": MessageTemplate(N_("is before the start, {start}"), N_("Correct one of the two dates.")),
    "own-member": MessageTemplate(
        N_("would make the group a member of itself"), N_("Choose another group, or leave it empty.")
    ),
    "number-of-other": MessageTemplate(
        N_("is not the number of the business with this NIB (no. {number})"), N_("Correct the number or the NIB.")
    ),
}

NOTES: dict[str, MessageTemplate] = {
    "empty-word": MessageTemplate(N_("“{text}” was treated as empty")),
    "taken-from": MessageTemplate(N_("is empty: the value of {field} was used")),
    "hidden-shown": MessageTemplate(N_("invisible control characters are shown by their numbers")),
    "line-break": MessageTemplate(N_("a line break or tab was replaced with a space")),
    "invisible-removed": MessageTemplate(N_("invisible characters were removed")),
    "mixed-script": MessageTemplate(N_("mixes Latin with look-alike letters of another script")),
    "private-character": MessageTemplate(N_("contains a private-use or replacement character")),
    "own-unit": MessageTemplate(N_("“{text}” has its own unit, which was used instead of the column's")),
    "unit-in-cell": MessageTemplate(N_("the unit “{unit}” is written after the number")),
    "rounded-to-rupiah": MessageTemplate(N_("was rounded to whole rupiah")),
    "spaces-removed": MessageTemplate(N_("spaces around the number were removed")),
    "two-digit-year": MessageTemplate(N_("the year was read as {year}")),
    "day-assumed": MessageTemplate(N_("only a month or year was given; {date} was taken")),
    "future-date": MessageTemplate(N_("is in the future")),
    "time-dropped": MessageTemplate(N_("the time was ignored; the date in Indonesia is {date}")),
    "nik-date": MessageTemplate(N_("the date of birth in the NIK does not exist")),
    "nik-rounding": MessageTemplate(N_("ends in 0: check that Excel did not round it")),
    "year-removed": MessageTemplate(N_("the year after the number was ignored")),
    "zero-restored": MessageTemplate(N_("the leading zero was restored")),
    "words-beside-phone": MessageTemplate(N_("words next to the phone number were ignored")),
    "area-added": MessageTemplate(N_("the area code {area} of the number before it was added")),
    "phone-as-number": MessageTemplate(N_("is a decimal number: check whether a 0 at its end is missing")),
    "kbli-from-title": MessageTemplate(N_("the KBLI code was found by its title")),
    "kbli-title-left-out": MessageTemplate(N_("the title after the code was ignored")),
    "unknown-kelurahan": MessageTemplate(
        N_("is not a known kelurahan{hint}; kept as written"),
        N_('If your office writes it in another way, add an alias: ikmctl alias kelurahan "{text}" "{name}"'),
    ),
    "unknown-kecamatan": MessageTemplate(
        N_("is not a known kecamatan{hint}; kept as written"),
        N_('If your office writes it in another way, add an alias: ikmctl alias kecamatan "{text}" "{name}"'),
    ),
    "other-kecamatan": MessageTemplate(N_("belongs to kecamatan {kecamatan}")),
    "kecamatan-added": MessageTemplate(N_("kecamatan {kecamatan} was filled in from the kelurahan")),
    "kecamatan-normalised": MessageTemplate(N_("was saved as {name}")),
    "place-normalised": MessageTemplate(N_("was saved as {name}")),
    "unknown-unit": MessageTemplate(
        N_("“{unit}” is not a known unit; kept as written"),
        N_('If your office writes it in another way, add an alias: ikmctl alias unit "{unit}" "{name}"'),
    ),
    "sector-from-kbli": MessageTemplate(N_("the sector {sector} follows from the KBLI")),
    "coordinates-in-one": MessageTemplate(N_("latitude and longitude are in one cell")),
    "coordinates-swapped": MessageTemplate(N_("latitude and longitude were swapped")),
    "total-differs": MessageTemplate(N_("men and women add up to {sum}, but the total is {total}; the sum was used")),
    "duplicate-row": MessageTemplate(N_("is the same as row {row} and was imported once")),
    "zeros": MessageTemplate(N_("all figures of the row are 0: they were treated as empty")),
    "duplicate-rows": MessageTemplate(N_("are the same as earlier rows and were imported once")),
    "percent-as-fraction": MessageTemplate(N_("is a fraction in the workbook, read as {percent} percent")),
    "joined-row": MessageTemplate(N_("adds to the business of row {row}: {what}")),
    "like-phone": MessageTemplate(N_("{name} (no. {number}) has a similar name and the same phone")),
    "like-nik": MessageTemplate(N_("{name} (no. {number}) belongs to the same person: the NIK is the same")),
    "like-owner": MessageTemplate(N_("{name} (no. {number}) has a similar name and the same owner")),
    "business-unknown": MessageTemplate(
        N_("{name} is not registered with this owner; the person was listed without it"),
        N_("To record businesses that are not registered: --create-businesses"),
    ),
    "business-by-name": MessageTemplate(
        N_("{name} is the only business of this name and has no owner: it was taken for the one of this person")
    ),
    "business-possible": MessageTemplate(
        N_("{name} may be a registered business of this name, which is not certain; the person was listed without it"),
        N_("If it is: ikmctl edit-participant EVENT PARTICIPANT --business NUMBER"),
    ),
    "same-name": MessageTemplate(N_("has the same name as row {row} and other values; both were listed")),
    "shared-identifier": MessageTemplate(
        N_("is given for {count} businesses with different names: ignored as a placeholder")
    ),
    "possible-duplicate": MessageTemplate(N_("{name} (no. {number}) has the same name, owner and kelurahan")),
}


@dataclass(frozen=True)
class Note:
    """Something that was assumed or changed when a value was read."""

    code: str
    facts: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        return _(NOTES[self.code].sentence).format(**dict(self.facts))

    @property
    def advice(self) -> str:
        """What to do about it, in the language in use; may be empty."""
        return _(NOTES[self.code].advice).format(**dict(self.facts))


def note(code: str, **facts: Any) -> Note:
    """The note `code` of NOTES with its facts."""
    return Note(code, tuple(facts.items()))


class Unreadable(Exception):
    """A value that cannot be parsed; `code` is one of PROBLEMS, `facts` fill its placeholders."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    @property
    def reason(self) -> str:
        """What is wrong, in the language in use."""
        return _(PROBLEMS[self.code].sentence).format(**self.facts)

    @property
    def advice(self) -> str:
        """What to do about it, in the language in use."""
        return _(PROBLEMS[self.code].advice).format(**self.facts)
