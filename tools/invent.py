"""Invented businesses of Payakumbuh as an office's CSV: for the demo, the benchmarks and the tests. No real person.

python tools/invent.py 1000 --seed 7 > businesses.csv
python tools/invent.py 1000 --varied > varied.csv    # values spelled in many ways, as many hands would type them
"""

import argparse
import csv
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ikmctl.reference.places import list_places

HEADINGS = [
    "NIB", "Nama Usaha", "Merek", "Bentuk Usaha", "Nama Pemilik", "Jenis Kelamin (L/P)", "NIK", "Alamat", "Kelurahan",
    "Kecamatan", "No. HP", "Cabang Industri", "Nama Produk", "Kode KBLI", "Tahun Berdiri", "Tanggal Daftar",
    "Tahun Data", "TK LK", "TK PR", "Nilai Investasi (Rp.000)", "Kapasitas Produksi", "Satuan",
    "Nilai Produksi (Rp.000)", "Nilai BB/BP (Rp.000)",
]  # fmt: skip


@dataclass(frozen=True)
class Trade:
    """What a business makes: first word of its name, product, sector, KBLI 2020, unit, and how common it is."""

    word: str
    product: str
    sector: str
    kbli: str
    unit: str
    weight: int


TRADES = (
    Trade("Rendang", "rendang daging", "Pangan", "10750", "kg", 6),
    Trade("Sanjai", "keripik sanjai", "Pangan", "10794", "kg", 9),
    Trade("Karak Kaliang", "karak kaliang", "Pangan", "10794", "kg", 7),
    Trade("Kerupuk", "kerupuk kulit", "Pangan", "10794", "kg", 7),
    Trade("Kue", "kue bolu dan bika", "Pangan", "10710", "buah", 10),
    Trade("Galamai", "galamai", "Pangan", "10796", "kg", 5),
    Trade("Kopi", "kopi bubuk", "Pangan", "10761", "bungkus", 6),
    Trade("Bumbu", "bumbu masak", "Pangan", "10772", "bungkus", 4),
    Trade("Tenun", "kain tenun", "Sandang dan Kulit", "13121", "helai", 5),
    Trade("Bordir", "kain bordir", "Sandang dan Kulit", "13912", "helai", 5),
    Trade("Rajut", "tas dan baju rajut", "Sandang dan Kulit", "14301", "buah", 3),
    Trade("Konveksi", "seragam dan kaos", "Sandang dan Kulit", "14111", "buah", 7),
    Trade("Jahit", "pakaian pesanan", "Sandang dan Kulit", "14120", "buah", 6),
    Trade("Mukena", "mukena dan jilbab", "Sandang dan Kulit", "14131", "buah", 4),
    Trade("Anyaman", "anyaman mansiang", "Kerajinan", "16292", "buah", 5),
    Trade("Ukiran", "ukiran kayu", "Kerajinan", "16293", "buah", 3),
    Trade("Perabot", "lemari dan kursi", "Kerajinan", "31001", "buah", 5),
    Trade("Suvenir", "suvenir Minang", "Kerajinan", "32903", "buah", 4),
    Trade("Pandai Besi", "parang dan cangkul", "Logam dan Elektronika", "25931", "buah", 2),
    Trade("Batu Bata", "batu bata", "Kimia dan Bahan Bangunan", "23921", "buah", 2),
)

WOMEN_TITLES = ("Uni", "Mak", "Etek", "Bundo", "Ibu", "Ni")
MEN_TITLES = ("Uda", "Pak", "Da", "Angku")
WOMEN = (
    "Erna", "Yeni", "Rosmaini", "Des", "Upik", "Lina", "Mery", "Fitri", "Yusnida", "Rina", "Nurhayati", "Wati", "Elvi",
    "Mila", "Santi", "Zubaidah", "Ratna", "Asni", "Gusni", "Yulia",
)  # fmt: skip
MEN = (
    "Amrizal", "Syafri", "Budi", "Hendri", "Zulkifli", "Rusdi", "Anwar", "Yusuf", "Fauzi", "Ramli", "Joni", "Edi",
    "Afrizal", "Masri", "Nasrul", "Bakhtiar",
)  # fmt: skip
FAMILIES = (
    "Sikumbang", "Piliang", "Koto", "Tanjung", "Chaniago", "Jambak", "Guci", "Malayu", "Bodi", "Simabua", "Pitopang",
    "Payobada", "Kutianyir", "Dalimo", "Salo", "Banuhampu",
)  # fmt: skip
QUALITIES = (
    "Saiyo", "Sakato", "Basamo", "Maju", "Lamak Bana", "Rancak", "Barokah", "Sepakat", "Harapan", "Bundo Kanduang",
    "Gonjong", "Ranah", "Sabar", "Mutiara", "Karya", "Usaha Jaya",
)  # fmt: skip
STREETS = ("Tan Malaka", "Sudirman", "Soekarno-Hatta", "Pahlawan", "Gajah Mada", "Diponegoro", "Veteran", "Ade Irma")
_WORDS = (
    "Ampek",
    "Limo",
    "Anam",
    "Tujuah",
    "Salapan",
    "Sambilan",
    "Baru",
    "Lamo",
    "Ateh",
    "Baruah",
    "Tangah",
    "Ujuang",
)


def kelurahan(city: str = "13.76") -> list[tuple[str, str]]:
    """(kelurahan, kecamatan) of a city; of Payakumbuh if none is named."""
    names = {place.code: place.name for place in list_places(city)}
    return [
        (name, names[code[:8]]) for code, name in names.items() if code.startswith(f"{city}.") and code.count(".") == 3
    ]


def rows(count: int, seed: int = 1) -> Iterator[list[str]]:
    """`count` rows under HEADINGS; NIB, and name with owner and kelurahan, are unique."""
    chance = random.Random(seed)
    places = kelurahan()
    weights = [trade.weight for trade in TRADES]
    for number in range(count):
        yield row(number, chance, chance.choices(TRADES, weights)[0], chance.choice(places))


def row(number: int, chance: random.Random, trade: Trade, place: tuple[str, str]) -> list[str]:
    """One business; `number` makes it unlike every other."""
    woman = chance.random() < 0.6
    owner = person(number, chance, woman)
    born = date(1955, 1, 1) + timedelta(days=chance.randrange(16_000))
    registered = date(2015, 1, 1) + timedelta(days=chance.randrange(2_450))
    workers = chance.choice((1, 1, 2, 2, 3, 4, 5, 8, 12, 24))
    men = chance.randint(0, workers)
    investment = chance.randint(2, 90) * chance.choice((1, 1, 1, 10)) * 1_000
    production = investment * chance.randint(2, 6)
    known = chance.random() > 0.04
    return [
        f"91{number:011d}" if chance.random() < 0.8 else "",
        name(chance, trade, owner, woman),
        f"{chance.choice(QUALITIES)} {trade.word}" if chance.random() < 0.3 else "",
        chance.choice(("Perorangan", "Perorangan", "Perorangan", "UD", "CV")),
        owner,
        "P" if woman else "L",
        nik(number, born, woman) if chance.random() < 0.7 else "",
        f"Jl. {chance.choice(STREETS)} No. {chance.randint(1, 180)}",
        place[0],
        place[1],
        f"0812-{number // 10_000 % 10_000:04d}-{number % 10_000:04d}",
        trade.sector,
        trade.product,
        trade.kbli,
        str(chance.randint(1985, registered.year)),
        registered.strftime("%d/%m/%Y"),
        "2020",
        str(men) if known else "",
        str(workers - men) if known else "",
        grouped(investment) if known else "",
        str(chance.randint(1, 90) * 10) if known else "",
        trade.unit if known else "",
        grouped(production) if known else "",
        grouped(production * 6 // 10) if known else "",
    ]


def person(number: int, chance: random.Random, woman: bool) -> str:
    """An invented name; beyond some hundreds a word made from the number keeps it apart from all others."""
    first = chance.choice(WOMEN if woman else MEN)
    family = FAMILIES[number % len(FAMILIES)]
    rest = number // len(FAMILIES)
    words = []
    while rest:
        rest, digit = divmod(rest, len(_WORDS))
        words.append(_WORDS[digit])
    return " ".join((first, family, *words))


def name(chance: random.Random, trade: Trade, owner: str, woman: bool) -> str:
    """A business's name: Rendang Uni Erna, Tenun Saiyo."""
    if chance.random() < 0.6:
        return f"{trade.word} {chance.choice(WOMEN_TITLES if woman else MEN_TITLES)} {owner.split()[0]}"
    return f"{trade.word} {chance.choice(QUALITIES)}"


def nik(number: int, born: date, woman: bool) -> str:
    """16 digits as on an identity card, of a kecamatan (13.76.99) that does not exist; the last is never 0."""
    day = born.day + 40 if woman else born.day
    return f"137699{day:02d}{born.month:02d}{born.year % 100:02d}{number // 9 % 1_000:03d}{number % 9 + 1}"


def grouped(amount: int) -> str:
    """28.000"""
    return f"{amount:,}".replace(",", ".")


VARIED_HEADINGS = [*HEADINGS, "NPWP", "Latitude", "Longitude"]
_PHONE, _REGISTERED = HEADINGS.index("No. HP"), HEADINGS.index("Tanggal Daftar")
_AMOUNTS = tuple(place for place, heading in enumerate(HEADINGS) if "(Rp.000)" in heading)
_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
_QUOTED_SHARE = 0.2


def varied_lines(count: int, seed: int = 1, unreadable: float = 0) -> Iterator[str]:
    """The lines of a CSV file under VARIED_HEADINGS, as many hands would have typed it; a fifth of its cells is quoted.

    Almost no phone, amount, NPWP, date or coordinate occurs twice, in one spelling or another. Of the rows this part,
    `unreadable`, has a cell that cannot be read.
    """
    chance = random.Random(seed)
    yield ",".join(VARIED_HEADINGS) + "\r\n"
    for number, cells in enumerate(rows(count, seed)):
        cells[_PHONE] = varied_phone(number, chance)
        cells[_REGISTERED] = varied_date(date(1990, 1, 1) + timedelta(days=chance.randrange(11_500)), chance)
        for place in _AMOUNTS:
            cells[place] = varied_amount(chance.randint(2_000, 9_000_000), chance)
        latitude, longitude = chance.uniform(-0.28, -0.17), chance.uniform(100.56, 100.69)
        if chance.random() < unreadable:
            spoil(cells, number, chance)
        cells += [varied_npwp(number, chance), varied_degrees(latitude, chance), varied_degrees(longitude, chance)]
        yield ",".join(_in_csv(cell, chance) for cell in cells) + "\r\n"


def unreadable_lines(count: int, part: float) -> Iterator[str]:
    """The lines of a CSV file of usual rows, of which this part has a cell that cannot be read."""
    chance = random.Random(1)
    yield ",".join(HEADINGS) + "\r\n"
    for number, cells in enumerate(rows(count)):
        if chance.random() < part:
            spoil(cells, number, chance)
        yield ",".join(_in_csv(cell, chance) for cell in cells) + "\r\n"


def spoil(cells: list[str], number: int, chance: random.Random) -> None:
    """Write a text that cannot be read into a phone, a date or an amount."""
    place = chance.choice((_PHONE, _REGISTERED, *_AMOUNTS))
    cells[place] = chance.choice((f"lihat no. {number}x", f"31/02/{2000 + number % 20}", f"kurang lebih {number}", "?"))


def varied_phone(number: int, chance: random.Random) -> str:
    """A mobile number that no other row has, in one of the ways in which people write them."""
    first, second = f"{number // 10_000 % 10_000:04d}", f"{number % 10_000:04d}"
    return chance.choice(
        (
            f"0812-{first}-{second}", f"0812{first}{second}", f"0812 {first} {second}", f"+62 812-{first}-{second}",
            f"62812{first}{second}", f"(0812) {first}{second}", f"0812.{first}.{second}", f"+62812{first}{second}",
        )
    )  # fmt: skip


def varied_date(day: date, chance: random.Random) -> str:
    """A day as people write it, day first unless it is ISO."""
    month = _MONTHS[day.month - 1]
    return chance.choice(
        (
            f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", f"{day:%d-%m-%Y}", f"{day:%d.%m.%Y}",
            day.isoformat(), f"{day.day} {month} {day.year}", f"{day.day} {month[:3]} {day.year}",
            f"{day.day}-{month[:3]}-{day.year}",
        )
    )  # fmt: skip


def varied_amount(thousands: int, chance: random.Random) -> str:
    """An amount in thousands of rupiah; a dot groups and a comma marks decimals, as Indonesian is written."""
    spelled = grouped(thousands)
    return chance.choice((spelled, str(thousands), f"Rp {spelled}", f"Rp. {spelled},-", f"{spelled},00", f" {spelled}"))


def varied_npwp(number: int, chance: random.Random) -> str:
    """A tax number of 15 digits that no other row has, with and without its signs."""
    body = f"{number % 100:02d}{number // 100 % 10**6:06d}7203000"
    signs = f"{body[:2]}.{body[2:5]}.{body[5:8]}.{body[8]}-{body[9:12]}.{body[12:]}"
    return chance.choice((signs, body, signs.replace(".", " "), signs.replace(".", "")))


def varied_degrees(degrees: float, chance: random.Random) -> str:
    """A coordinate with 5 to 12 decimals, behind a point or a comma."""
    text = f"{degrees:.{chance.randint(5, 12)}f}"
    return text.replace(".", ",") if chance.random() < 0.2 else text


def _in_csv(cell: str, chance: random.Random) -> str:
    return f'"{cell}"' if "," in cell or chance.random() < _QUOTED_SHARE else cell


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the rows to standard output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--varied", action="store_true", help="values spelled in many ways, a fifth of the cells quoted"
    )
    options = parser.parse_args(arguments)
    sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]  # a text stream here
    if options.varied:
        sys.stdout.writelines(varied_lines(options.count, options.seed))
        return
    writer = csv.writer(sys.stdout)
    writer.writerow(HEADINGS)
    writer.writerows(rows(options.count, options.seed))


if __name__ == "__main__":
    main()
