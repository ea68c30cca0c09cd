"""The options of all commands, accepted before and after the name of the command."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from ikmctl.language import N_
from ikmctl.settings import Settings


class GlobalOption(NamedTuple):
    """An option of all commands. An empty `value` means that the option takes no value."""

    name: str
    short: str
    value: str
    help: str

    @property
    def spellings(self) -> tuple[str, ...]:
        """The spellings of the option: long, and short if there is one."""
        return (f"--{self.name}", self.short) if self.short else (f"--{self.name}",)


GLOBAL_OPTIONS = (
    GlobalOption("db", "", N_("FILE"), N_("the registry file; default: IKMCTL_DB, or this user's registry")),
    GlobalOption("lang", "", "id|en", N_("the language; default: IKMCTL_LANG, or the registry's language")),
    GlobalOption("format", "-f", "table|json|ndjson|csv|tsv|markdown|xlsx|html|pdf", N_("the format of the result")),
    GlobalOption("output", "-o", N_("FILE"), N_("write the result to a file; its extension chooses the format")),
    GlobalOption("yes", "-y", "", N_("do not ask for confirmation")),
    GlobalOption("quiet", "-q", "", N_("print only the result")),
)
_BY_SPELLING = {spelling: common for common in GLOBAL_OPTIONS for spelling in common.spellings}


def split_arguments(arguments: Sequence[str]) -> tuple[Settings, list[str], str | None]:
    """The common options, the arguments left for the command, and the last option if its value is missing."""
    settings: dict[str, Any] = {}
    rest: list[str] = []
    waiting = list(arguments)
    while waiting:
        word = waiting.pop(0)
        if word == "--":
            return Settings(**settings), [*rest, word, *waiting], None
        spelling, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
        common = _BY_SPELLING.get(spelling)
        if common is None:
            rest.append(word)
        elif not common.value:
            settings[common.name] = True
        else:
            if not equals:
                if not waiting:
                    return Settings(**settings), rest, spelling
                value = waiting.pop(0)
            settings[common.name] = value
    return Settings(**settings), rest, None
