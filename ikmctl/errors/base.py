"""What every error is: a code, an exit status, a sentence, and what to do about it."""

from typing import Any, ClassVar

from ikmctl.language import _, form

#: The exit statuses, documented in docs/errors.md.
FAILURE, USAGE, REJECTED, NOT_FOUND, REGISTRY, INTERRUPTED = 1, 2, 3, 4, 5, 130


class IkmError(Exception):
    """An error with a message for the officer; `facts` fill the placeholders of `sentence` and `remedy`."""

    code: ClassVar[str] = "failure"
    exit_status: ClassVar[int] = FAILURE
    sentence: ClassVar[str] = ""
    #: The sentence for a `count` of one; empty if there is no count, or if it is never one.
    sentence_for_one: ClassVar[str] = ""
    remedy: ClassVar[str] = ""

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code)
        self.facts = facts

    def __str__(self) -> str:
        if not self.sentence_for_one:
            return _(self.sentence).format(**self.facts)
        count = 1 if str(self.facts["count"]) == "1" else 2
        return form(self.sentence_for_one, self.sentence, count).format(**self.facts)

    @property
    def way_out(self) -> str:
        """What the officer can do about it; may be empty."""
        return _(self.remedy).format(**self.facts)


class Rejected(IkmError):
    """Data that cannot be accepted as given."""

    code = "rejected"
    exit_status = REJECTED
