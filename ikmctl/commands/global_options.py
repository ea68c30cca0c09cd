"""The options of all commands, accepted before and after the name of the command."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from ikmctl.language import N_
from ikmctl.settings import Settings


class Common(NamedTuple):
    """An option of all commands. An empty `value` means that the option takes no value."""

    name: str
    short: str
    value: str
    help: str

    @property
    def spellings(self) -> tuple[str, ...]:
        """The long and, if any, the short form of the option."""
        return (f"--{self.name}", self.short) if self.short else (f"--{self.name}",)


COMMON = (
    Common("db", "", N_("FILE"), N_("the registry file; else IKMCTL_DB, else the one of this user")),
    Common("lang", "", "id|en", N_("the language; else IKMCTL_LANG, else the registry's")),
    Common("format", "-f", "table|json|ndjson|csv|tsv|markdown|xlsx|html|pdf", N_("how the result is written")),
    Common("output", "-o", N_("FILE"), N_("write the result to a file; its ending says the format")),
    Common("yes", "-y", "", N_("go ahead without asking")),
    Common("quiet", "-q", "", N_("say only what was asked for")),
)
_BY_SPELLING = {spelling: common for common in COMMON for spelling in common.spellings}


def split(arguments: Sequence[str]) -> tuple[Settings, list[str], str | None]:
    """The settings from the global options, the other arguments, and a last option without its value, else None."""
    found: dict[str, Any] = {}
    rest: list[str] = []
    waiting = list(arguments)
    while waiting:
        word = waiting.pop(0)
        if word == "--":
            return Settings(**found), [*rest, word, *waiting], None
        spelling, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
        common = _BY_SPELLING.get(spelling)
        if common is None:
            rest.append(word)
        elif not common.value:
            found[common.name] = True
        else:
            if not equals:
                if not waiting:
                    return Settings(**found), rest, spelling
                value = waiting.pop(0)
            found[common.name] = value
    return Settings(**found), rest, None
