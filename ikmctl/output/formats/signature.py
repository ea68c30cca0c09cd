"""The letterhead and the signature block of a report, in the form of Indonesian official letters."""

from typing import Any

from ikmctl.document import Letterhead
from ikmctl.language import _, date_in_words
from ikmctl.output.text.format_value import clean


def letterhead_content(letterhead: Letterhead, logo: str) -> dict[str, Any]:
    """The content of the letterhead for the templates of HTML and PDF; `logo` is the address of the picture."""
    return {
        "office": clean(letterhead.office),
        "address": clean(letterhead.address),
        "logo": logo,
        "above": lines_above(letterhead),
        "below": lines_below(letterhead),
    }


def lines_above(letterhead: Letterhead) -> list[str]:
    """The lines above the signature: place and date, approval, position. No lines if nobody signs."""
    if not letterhead.signed:
        return []
    day = date_in_words(letterhead.signed_on)
    lines = (f"{letterhead.place}, {day}" if letterhead.place else day, _("Seen and approved,"), letterhead.position)
    return [clean(line) for line in lines if line]


def lines_below(letterhead: Letterhead) -> list[str]:
    """The lines below the signature: name and NIP. No lines if nobody signs."""
    lines = (letterhead.signatory, f"NIP {letterhead.nip}" if letterhead.nip else "")
    return [clean(line) for line in lines if line and letterhead.signed]
