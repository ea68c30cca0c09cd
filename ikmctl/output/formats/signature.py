"""The letterhead as templates print it, with the signature block, as letters of an Indonesian office end."""

from typing import Any

from ikmctl.document import Letterhead
from ikmctl.language import _, date_in_words
from ikmctl.output.text.format_value import clean


def printed(letterhead: Letterhead, logo: str) -> dict[str, Any]:
    """What the templates of pages and paper print of a letterhead; `logo` is where they find the picture."""
    return {
        "office": clean(letterhead.office),
        "address": clean(letterhead.address),
        "logo": logo,
        "above": above(letterhead),
        "below": below(letterhead),
    }


def above(letterhead: Letterhead) -> list[str]:
    """Place and day, that it was seen, and what the one who signs is; nothing where nobody signs."""
    if not letterhead.signed:
        return []
    day = date_in_words(letterhead.signed_on)
    lines = (f"{letterhead.place}, {day}" if letterhead.place else day, _("Seen and approved,"), letterhead.position)
    return [clean(line) for line in lines if line]


def below(letterhead: Letterhead) -> list[str]:
    """The name and the NIP under the room to sign."""
    lines = (letterhead.signatory, f"NIP {letterhead.nip}" if letterhead.nip else "")
    return [clean(line) for line in lines if line and letterhead.signed]
