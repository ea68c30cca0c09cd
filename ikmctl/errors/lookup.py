"""Errors of names and numbers that match no record, or several."""

from ikmctl.errors.base import NOT_FOUND, USAGE, IkmError, Rejected
from ikmctl.errors.usage import UnknownWord
from ikmctl.language import N_


class NotFound(IkmError):
    code = "not-found"
    exit_status = NOT_FOUND
    sentence = N_("No {kind} has the number or name “{name}”.")
    remedy = N_("See: ikmctl {listing}")


class NotFoundWithSuggestions(NotFound):
    remedy = N_("Did you mean: {candidates}?")


class Ambiguous(IkmError):
    code = "ambiguous"
    exit_status = NOT_FOUND
    sentence = N_("“{name}” matches {count} records: {candidates}.")
    remedy = N_("Give the number instead of the name; for businesses “name / owner” also works.")


class AmbiguousParticipant(Ambiguous):
    code = "ambiguous-participant"
    remedy = N_("Give the number instead of the name; see: ikmctl show-event {event}")


class AmbiguousCoached(Ambiguous):
    code = "ambiguous-coached"
    remedy = N_("Write the name and the organisation as they stand there, with the slash.")


class UnknownName(IkmError):
    """A list or a report is filtered by a name that no record has."""

    code = "unknown-name"
    exit_status = NOT_FOUND
    sentence = N_("“{name}” is not a known {kind}.")
    remedy = N_("The registry has no {kind} yet.")


class UnknownNameWithSuggestions(UnknownName):
    remedy = N_("Did you mean: {candidates}?")


class UnknownCity(UnknownWord):
    code = "unknown-city"
    sentence = N_("“{name}” is not a city or regency of Indonesia.")
    remedy = N_("Give its full name or its Kemendagri code, for example “Kota Payakumbuh” or 13.76.")


class AmbiguousCity(IkmError):
    code = "ambiguous-city"
    exit_status = NOT_FOUND
    sentence = N_("“{name}” is the name of more than one city or regency: {candidates}.")
    remedy = N_("Give the full name or the code.")


class NoSuchPerson(IkmError):
    code = "no-such-person"
    exit_status = NOT_FOUND
    sentence = N_("The registry holds nothing on “{person}”.")
    remedy = N_("Give the NIK, or the full name of an owner, manager or participant.")


class AmbiguousPerson(IkmError):
    code = "ambiguous-person"
    exit_status = NOT_FOUND
    sentence = N_("“{person}” is the name of {count} people with different NIKs, owners of: {businesses}.")
    remedy = N_("Give the NIK instead of the name.")


class RevealNeeded(IkmError):
    """Comparing or sorting a masked field would tell its values digit by digit."""

    code = "reveal-needed"
    exit_status = USAGE
    sentence = N_("Sorting by {field}, or comparing it with {comparisons}, would tell personal data digit by digit.")
    remedy = N_('Add --reveal, which is logged; or look for one whole value: --where "{name}=…"')


class UnknownReference(Rejected):
    code = "unknown-reference"
    sentence = N_("“{name}” is not a known {kind}.")
    remedy = N_("Did you mean: {candidates}?")


class UnknownKbli(Rejected):
    code = "unknown-kbli"
    sentence = N_("KBLI {year} has no code “{code}”.")
    remedy = N_("Find a code with: ikmctl list-kbli WORDS --edition {year}")
