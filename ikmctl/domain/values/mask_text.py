"""Masks the numbers and addresses of people that stand in free text, such as notes."""

import re

_EMAIL = re.compile(r"[^\s@,;:<>()\"]+@[^\s@,;:<>()\"]+\.[A-Za-z]{2,}")
#: A NIK or an NPWP: 15 or 16 digits together, in fours or sixes, or with the dots and the dash of an NPWP.
_IDENTIFIER = re.compile(
    r"(?a)(?<!\d)(?:\d{15,16}|\d{2}\.\d{3}\.\d{3}\.\d[-.]\d{3}\.\d{3}"
    r"|(?:\d{4}[ .-]){3}\d{4}|\d{6}[ .-]\d{6}[ .-]\d{4})(?!\d)"
)
#: A mobile number or a fixed line, from its 0 or its country code on.
_PHONE = re.compile(r"(?a)(?<![\d.,/-])(?:\(?0\d{2,3}\)?|\+?62[ .-]?\(?\d{2,3}\)?)(?:[ .-]?\d){5,10}(?![\d/]|[.,-]\d)")


def mask_text(value: str) -> str:
    """The text with each email address, NIK, NPWP and telephone number in it reduced to its last three characters."""
    masked = _EMAIL.sub("***", value)
    for pattern in (_IDENTIFIER, _PHONE):
        masked = pattern.sub(lambda found: "***" + found[0][-3:], masked)
    return masked
