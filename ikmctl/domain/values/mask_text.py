"""Masks the numbers and addresses of people that stand in free text, such as notes."""

import re
from functools import cache

#: What a text without any of the patterns below never contains; most texts are decided by this alone.
_SUSPECT = re.compile(r"@|\d[\d .()-]{6}")
#: An address that is masked already, `s***@example.com`, stays.
_EMAIL = r"[^\s@,;:<>()\"“”*]+@[^\s,;:<>()\"“”]+"
#: A NIK or an NPWP: 14 to 18 digits together, in fours or sixes, or with the dots and the dash of an NPWP; no digest.
_IDENTIFIER = (
    r"(?a)(?<![0-9A-Fa-f])(?:\d{14,18}|\d{2}\.\d{3}\.\d{3}\.\d[-.]\d{3}\.\d{3}"
    r"|(?:\d{4}[ .-]){3}\d{4}|\d{6}[ .-]\d{6}[ .-]\d{4})(?![0-9A-Fa-f])"
)
#: A mobile number, or a fixed line of at most 12 digits (a NIB has 13), from its 0 or its country code on.
_PHONE = (
    r"(?a)(?<!\d)08\d{8,11}(?!\d)"
    r"|(?<![\d.,/-])(?:\(?08\d{1,2}\)?(?:[ .-]?\d){6,10}|\(?0[1-79]\d{1,2}\)?(?:[ .-]?\d){5,8}"
    r"|\+?62[ .-]?\(?\d{2,3}\)?(?:[ .-]?\d){5,10})(?![\d/]|[.,-]\d)"
)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return re.compile(_EMAIL), re.compile(_IDENTIFIER), re.compile(_PHONE)


def mask_text(value: str) -> str:
    """The text with each email address masked, and each NIK, NPWP and telephone number but its last three digits."""
    if not _SUSPECT.search(value):
        return value
    email, *numbers = _patterns()
    masked = email.sub("***", value)
    for pattern in numbers:
        masked = pattern.sub(lambda found: "***" + found[0][-3:], masked)
    return masked if masked != value else value
