"""Reference data: sectors, regions, KBLI, aliases and settings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from sqlite3 import Connection
from typing import Any

from ikmctl.domain.keys import key
from ikmctl.domain.matching import LIKELY_MINIMUM, closest_matches, shared_meaning
from ikmctl.domain.values.kbli import codes_by_title
from ikmctl.registry.file.database import Change


@dataclass(frozen=True)
class Sector:
    """A branch of industry."""

    code: str
    name: str
    name_en: str
    words: tuple[str, ...]
    kbli: tuple[str, ...]


@dataclass(frozen=True)
class Places:
    """The kecamatan and kelurahan of the registry's city, with every spelling known."""

    #: Key of a spelling → name.
    kecamatan: Mapping[str, str]
    #: Key of a spelling → {kecamatan: name}: several kecamatan may have a kelurahan of the same name.
    kelurahan: Mapping[str, Mapping[str, str]]


def settings(connection: Connection) -> dict[str, str]:
    """All settings by name."""
    return dict(connection.execute("SELECT name, value FROM setting ORDER BY name").fetchall())


def save_setting(change: Change, name: str, value: str) -> None:
    """Set one setting."""
    change.connection.execute(
        """
        INSERT INTO setting (name, value) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """,
        (name, value),
    )


def sectors(connection: Connection) -> list[Sector]:
    """The sectors in the office's order."""
    rows = connection.execute("SELECT code, name, name_en, words, kbli FROM sector ORDER BY id")
    return [
        Sector(code, name, name_en, tuple(words.split("|")), tuple(filter(None, kbli.split("|"))))
        for code, name, name_en, words, kbli in rows
    ]


def aliases(connection: Connection, kind: str) -> dict[str, str]:
    """What this office means by the words it spells in its own way: key → meaning."""
    rows = connection.execute("SELECT written, meaning FROM alias WHERE kind = ?", (kind,))
    return {key(written): meaning for written, meaning in rows}


def list_aliases(connection: Connection) -> list[tuple[str, str, str]]:
    """`(kind, written, meaning)` of all aliases."""
    return connection.execute("SELECT kind, written, meaning FROM alias ORDER BY kind, written").fetchall()


def save_alias(change: Change, kind: str, written: str, meaning: str) -> None:
    """Remember what this office means by a word; another spelling of the same word is replaced."""
    remove_alias(change, kind, written, but=meaning)
    change.connection.execute(
        """
        INSERT INTO alias (kind, written, meaning) VALUES (?, ?, ?)
        ON CONFLICT (kind, written) DO UPDATE SET meaning = excluded.meaning
        """,
        (kind, written, meaning),
    )


def remove_alias(change: Change, kind: str, written: str, but: str | None = None) -> int:
    """Forget an alias in every spelling, but one that means `but`; how many were forgotten."""
    spellings = [
        (kind, other)
        for found, other, meaning in list_aliases(change.connection)
        if found == kind and key(other) == key(written) and meaning != but
    ]
    change.connection.executemany("DELETE FROM alias WHERE kind = ? AND written = ?", spellings)
    return len(spellings)


def places(connection: Connection, city: str) -> Places:
    """The places of a city, by its Kemendagri code."""
    rows = connection.execute(
        "SELECT code, name, words FROM region WHERE code LIKE ? || '.%' ORDER BY code", (city,)
    ).fetchall()
    names = {code: name for code, name, _words in rows}
    depth = city.count(".")
    kecamatan: dict[str, str] = {}
    kelurahan: dict[str, dict[str, str]] = {}
    for code, name, words in rows:
        for spelling in filter(None, (name, *words.split("|"))):
            if code.count(".") == depth + 1:
                kecamatan[key(spelling)] = name
            else:
                upper = names.get(code.rpartition(".")[0], "")
                kelurahan.setdefault(key(spelling), {})[upper] = name
    kecamatan.update(aliases(connection, "kecamatan"))
    for spelling, name in aliases(connection, "kelurahan").items():
        kelurahan[spelling] = kelurahan.get(key(name), {"": name})
    return Places(kecamatan, kelurahan)


def city_names(connection: Connection) -> list[tuple[str, str]]:
    """`(Kemendagri code, name)` of every city and regency in the region list."""
    return connection.execute("SELECT code, name FROM region WHERE code LIKE '__.__' ORDER BY code").fetchall()


def place_name(connection: Connection, code: str) -> str | None:
    """What the place of a Kemendagri code is called."""
    found = connection.execute("SELECT name FROM region WHERE code = ?", (code,)).fetchone()
    return str(found[0]) if found else None


def places_in_use(connection: Connection, table: str, column: str) -> list[str]:
    """Every kecamatan or kelurahan that a record of a table has, in the region list or not."""
    # One step of the index for each name, rather than a look at every business.
    rows = connection.execute(
        f"""
        WITH RECURSIVE met (name) AS (
            SELECT min({column}) FROM {table}
            UNION ALL SELECT (SELECT min({column}) FROM {table} WHERE {column} > met.name) FROM met
            WHERE name IS NOT NULL
        )
        SELECT name FROM met WHERE name IS NOT NULL
        """
    )
    return [name for (name,) in rows]


def add_regions(change: Change, rows: Iterable[tuple[str, str, str]]) -> int:
    """Add or rename regions, `(code, name, words)`; how many rows were given."""
    given = list(rows)
    change.connection.executemany(
        """
        INSERT INTO region (code, name, words) VALUES (?, ?, ?)
        ON CONFLICT (code) DO UPDATE SET name = excluded.name, words = excluded.words
        """,
        given,
    )
    return len(given)


def add_sectors(change: Change, rows: Iterable[tuple[str, str, str, str, str]]) -> None:
    """Add sectors, `(code, name, name_en, words, kbli)`."""
    change.connection.executemany(
        "INSERT INTO sector (code, name, name_en, words, kbli) VALUES (?, ?, ?, ?, ?)", list(rows)
    )


def add_kbli(change: Change, rows: Iterable[tuple[str, int, str, str]]) -> int:
    """Add or retitle KBLI codes, `(code, edition, title, words)`; empty words leave those known. How many."""
    given = list(rows)
    change.connection.executemany(
        """
        INSERT INTO kbli (code, edition, title, words) VALUES (?, ?, ?, ?)
        ON CONFLICT (code, edition) DO UPDATE
            SET title = excluded.title, words = iif(excluded.words = '', words, excluded.words)
        """,
        given,
    )
    return len(given)


def kbli_rows(connection: Connection, words: str, edition: int | None) -> list[tuple[Any, ...]]:
    """`(code, edition, title, words)` of the codes whose number, title or local words hold every word given."""
    wanted = words.lower().split()
    holds = "".join(" AND instr(lower(code || ' ' || title || ' ' || words), ?) > 0" for _ in wanted)
    return connection.execute(
        f"""
        SELECT code, edition, title, replace(words, '|', ', ')
        FROM kbli
        WHERE edition = ifnull(?, edition){holds}
        ORDER BY code, edition
        """,
        (edition, *wanted),
    ).fetchall()


def has_kbli(connection: Connection, code: str) -> bool:
    """Whether a KBLI code is in the list of either edition, or some business has it."""
    query = """
        SELECT EXISTS (SELECT 1 FROM kbli WHERE code = ?1) OR EXISTS (SELECT 1 FROM business_kbli WHERE code = ?1)
        """
    return bool(connection.execute(query, (code,)).fetchone()[0])


def kbli_codes(connection: Connection) -> list[str]:
    """The KBLI codes of all editions."""
    return [code for (code,) in connection.execute("SELECT DISTINCT code FROM kbli ORDER BY code")]


@dataclass(frozen=True)
class ReferenceData:
    """All that a value may refer to, read once."""

    city: str
    city_name: str
    sectors: list[Sector]
    places: Places
    #: Key of the name → number.
    sentra: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[str, int] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    sector_aliases: Mapping[str, str] = field(default_factory=dict)
    unit_aliases: Mapping[str, str] = field(default_factory=dict)
    form_aliases: Mapping[str, str] = field(default_factory=dict)
    #: Key of a heading → the unit of money in which this office fills that column.
    money_units: Mapping[str, str] = field(default_factory=dict)
    #: Key of the heading of a column of KBLI codes → the edition that this office chose for it.
    kbli_editions: Mapping[str, str] = field(default_factory=dict)
    #: Key of the heading of a column of cities → what this office does with rows of another city.
    other_cities: Mapping[str, str] = field(default_factory=dict)
    #: Key of a title of the KBLI → its codes, where the data were loaded with titles.
    kbli_titles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def sector_code(self, text: str) -> str | None:
        """The sector that a code, a name or another word for it means."""
        return shared_meaning(text, self.sector_words)

    @cached_property
    def sector_words(self) -> dict[str, str]:
        """key of every word for a sector → its code; the sectors' own words before the office's."""
        words = {
            key(word): sector.code
            for sector in reversed(self.sectors)
            for word in (sector.code, sector.name, sector.name_en, *sector.words)
            if word
        }
        return {**self.sector_aliases, **words}

    def sector_of_kbli(self, code: str) -> str | None:
        """The sector that a KBLI code falls in; the longest prefix wins (docs/domain.md)."""
        matching = [
            (len(prefix), sector.code) for sector in self.sectors for prefix in sector.kbli if code.startswith(prefix)
        ]
        return max(matching)[1] if matching else None

    def sector_hint(self, text: str) -> list[str]:
        """The codes of sectors that a word like the text means."""
        alike = closest_matches(text, self.sector_words, minimum=LIKELY_MINIMUM)
        return list(dict.fromkeys(self.sector_words[word] for word in alike))


def load(connection: Connection, *, kbli_titles: bool = False) -> ReferenceData:
    """The reference data of the registry; with `kbli_titles` also the titles of the KBLI, of all editions."""
    city = settings(connection).get("city", "")
    groups = connection.execute("SELECT name, id FROM business WHERE form = 'group'")
    return ReferenceData(
        city=city,
        city_name=place_name(connection, city) or "",
        sectors=sectors(connection),
        places=places(connection, city),
        sentra={key(name): number for name, number in connection.execute("SELECT name, id FROM sentra")},
        groups={key(name): number for name, number in groups},
        headings=aliases(connection, "heading"),
        sector_aliases=aliases(connection, "sector"),
        unit_aliases=aliases(connection, "unit"),
        form_aliases=aliases(connection, "form"),
        money_units=aliases(connection, "money-unit"),
        kbli_editions=aliases(connection, "kbli-edition"),
        other_cities=aliases(connection, "other-cities"),
        kbli_titles=codes_by_title(connection.execute("SELECT code, title FROM kbli")) if kbli_titles else {},
    )
