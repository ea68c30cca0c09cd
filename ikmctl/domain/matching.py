"""Match keys, which say whether two rows are the same business, and suggestions for unknown names."""

from collections.abc import Iterable, Sequence

from ikmctl.domain.choices import key

#: The lowest similarity, in percent, at which a name is suggested for another.
SUGGESTION_MINIMUM = 60


def match_key(name: str, owner: str | None, kelurahan: str | None) -> str:
    """Normalised name, owner and kelurahan, joined by `|`; never the name alone (docs/architecture.md)."""
    folded = key(name) or name.casefold()  # a name of signs alone is its own key
    return f"{folded}|{key(owner or '')}|{key(kelurahan or '')}"


def is_identifying(match: str) -> bool:
    """Whether a match key has an owner or a kelurahan: a name alone does not say that two records are the same."""
    return not match.endswith("||")


def suggest_names(name: str, known: Sequence[str], count: int = 8) -> Sequence[str]:
    """The names to suggest for an unknown one: all if there are at most `count`, else the most similar."""
    return known if len(known) <= count else closest_matches(name, known, count) or known[:count]


def closest_matches(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """The known names that look most like `name`, best first."""
    from rapidfuzz import fuzz, process

    by_key = {key(each): each for each in known}
    wanted = key(name)
    starting = [each for folded, each in by_key.items() if wanted and folded.startswith(wanted)][:count]
    found = process.extract(wanted, list(by_key), scorer=fuzz.ratio, limit=count, score_cutoff=SUGGESTION_MINIMUM)
    close = [by_key[folded] for folded, _score, _place in found]
    return list(dict.fromkeys([*starting, *close]))[:count]
