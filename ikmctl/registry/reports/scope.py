"""Which businesses a report is about: all of them, or those of one place or sentra."""

from typing import Any, NamedTuple


class Scope(NamedTuple):
    """One kecamatan, one sentra by its number, or both; with neither, all businesses."""

    kecamatan: str | None = None
    sentra: int | None = None

    @property
    def condition(self) -> str:
        """SQL that holds for the businesses of the scope, to be joined by AND."""
        parts = ["1"]
        parts += ["business.kecamatan = :kecamatan"] if self.kecamatan is not None else []
        parts += ["business.sentra_id = :sentra"] if self.sentra is not None else []
        return " AND ".join(parts)

    @property
    def values(self) -> dict[str, Any]:
        """What the condition's names stand for."""
        return {"kecamatan": self.kecamatan, "sentra": self.sentra}


EVERYWHERE = Scope()
