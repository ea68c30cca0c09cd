"""The spreadsheets of the demo, which tells the founding story with invented people: `python tools/make_demo.py`."""

import csv
import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tools.invent import HEADINGS, TRADES, Trade, grouped, kelurahan, row

DEMO = Path(__file__).parent.parent / "ikmctl" / "reference" / "demo"
SEED, BUSINESSES, VISITORS = 11, 300, 140
RENDANG, TENUN = "Sentra Rendang Payakumbuh", "Sentra Tenun Balai Panjang"
BORDIR = "Sentra Bordir Bukittinggi"
GROUP = "Kelompok Usaha Rajutan Fayari"
FAYARI_PLACE = ("Parik Muko Aia", "Lamposi Tigo Nagori")
RENDANG_PLACE = ("Koto Panjang", "Payakumbuh Timur")
TENUN_PLACE = ("Balai Panjang", "Payakumbuh Selatan")
AT = {heading: index for index, heading in enumerate([*HEADINGS, "Sentra", "Kelompok"])}
RECENT = ["2021-09"] * 6 + ["2021-10"] * 7 + ["2021-11"] * 4
RECENT_VISITORS = ["2021-02"] * 3 + ["2021-07"] * 4 + ["2021-10"] * 2
SEX = "Jenis Kelamin (L/P)"
MONEY = ["Nilai Investasi (Rp.000)", "Nilai Produksi (Rp.000)", "Nilai BB/BP (Rp.000)"]
CLOSED = ["2020-03", "2020-08", "2020-11", "2021-02", "2021-05", "2021-07", "2021-10", "2021-10", "2021-11"]

DELEGATES = (
    ("Hasnul Bahri", "L", "Kepala Dinas"),
    ("Wirda Ningsih", "P", "Kepala Bidang Perindustrian"),
    ("Rozalina Putri", "P", "Kepala Seksi Pembinaan IKM"),
    ("Taufik Simabua", "L", "Kepala Seksi Sarana Industri"),
    ("Meiriza Sari", "P", "Penyuluh Perindustrian"),
    ("Doni Saputra", "L", "Staf Bidang Perindustrian"),
)


def main() -> None:
    """Write every spreadsheet."""
    chance = random.Random(SEED)
    businesses = [fayari(chance), *knitting(chance), *sentra_members(chance)]
    businesses += others(chance, BUSINESSES - len(businesses))
    DEMO.mkdir(exist_ok=True)
    write_closures(businesses, chance)
    write("businesses.csv", [*HEADINGS, "Sentra", "Kelompok"], businesses)
    write_observations(businesses, chance)
    write_sentra()
    knitters = [each for each in businesses if each[AT["Nama Produk"]] == "tas dan baju rajut"][1:11]
    participants = [[each[AT[column]] for column in ("Nama Usaha", "Nama Pemilik", SEX)] for each in knitters]
    write("participants-workshop.csv", ["Nama Usaha", "Nama Pemilik", "Jenis Kelamin"], participants)
    write("businesses-bukittinggi.csv", [*HEADINGS, "Sentra", "Kelompok"], visitors(random.Random(SEED + 1)))
    office = "DPMPTSPPTK Kota Bukittinggi"
    write(
        "delegates-study-visit.csv",
        ["Nama Peserta", "Jenis Kelamin", "Jabatan", "Instansi"],
        [[*delegate, office] for delegate in DELEGATES],
    )


def business(number: int, chance: random.Random, trade: Trade, place: tuple[str, str]) -> list[str]:
    """An invented business with data of 2021."""
    made = [*row(number, chance, trade, place), "", ""]
    made[AT["Tahun Data"]] = "2021"
    return made


def fayari(chance: random.Random) -> list[str]:
    """The group that the visitors of October 2021 were shown."""
    made = business(0, chance, trade("Rajut"), FAYARI_PLACE)
    given = {
        "NIB": "", "Nama Usaha": GROUP, "Merek": "Payocraft", "Bentuk Usaha": "Kelompok", "NIK": "",
        "Tahun Berdiri": "2017", "Tanggal Daftar": "12/03/2018", "TK LK": "1", "TK PR": "8",
        "Nilai Investasi (Rp.000)": "45.000", "Kapasitas Produksi": "250", "Satuan": "buah",
        "Nilai Produksi (Rp.000)": "180.000", "Nilai BB/BP (Rp.000)": "95.000",
    }  # fmt: skip
    for heading, value in given.items():
        made[AT[heading]] = value
    return made


def knitting(chance: random.Random) -> list[list[str]]:
    """Ten knitting businesses: eight in the group, two on their own."""
    found = []
    for number in range(1, 11):
        made = business(number, chance, trade("Rajut"), FAYARI_PLACE)
        made[AT["Bentuk Usaha"]] = "Perorangan"
        made[AT["Tanggal Daftar"]] = f"{number:02d}/0{1 + number % 6}/2019"
        made[AT["Tahun Berdiri"]] = min(made[AT["Tahun Berdiri"]], "2019")
        keep_small(made)
        made[AT["Kelompok"]] = GROUP if number <= 8 else ""
        found.append(made)
    return found


def keep_small(made: list[str]) -> None:
    """Divide the money of a business by ten where it is too much for a workshop at home."""
    if amount(made[AT["Nilai Investasi (Rp.000)"]]) > 100_000:
        for column in MONEY:
            made[AT[column]] = grouped(amount(made[AT[column]]) // 10)


def amount(text: str) -> int:
    """28.000 as a number; nothing is 0."""
    return int(text.replace(".", "") or 0)


def sentra_members(chance: random.Random) -> list[list[str]]:
    """Fourteen businesses of the rendang sentra, sixteen of the weaving one."""
    near = [place for place in kelurahan() if place[1] in ("Payakumbuh Timur", "Payakumbuh Utara")]
    found = []
    for number in range(11, 41):
        rendang = number < 25
        made = business(
            number, chance, trade("Rendang" if rendang else "Tenun"), chance.choice(near) if rendang else TENUN_PLACE
        )
        made[AT["Sentra"]] = RENDANG if rendang else TENUN
        found.append(made)
    return found


def others(chance: random.Random, count: int) -> list[list[str]]:
    """Businesses of every kecamatan, the latest of them registered in the autumn of 2021."""
    usual = [each for each in TRADES if each.word != "Rajut"]
    weights = [each.weight for each in usual]
    found = []
    for number in range(count):
        made = business(41 + number, chance, chance.choices(usual, weights)[0], chance.choice(kelurahan()))
        if number < len(RECENT):
            made[AT["Tanggal Daftar"]] = day_in(RECENT[number], chance)
            made[AT["Tahun Berdiri"]] = "2021"
        elif registered(made) > date(2021, 8, 31):
            made[AT["Tanggal Daftar"]] = "15/06/2021"
        found.append(made)
    return found


def visitors(chance: random.Random) -> list[list[str]]:
    """The businesses of Bukittinggi, whose officers came to learn: much embroidery, one sentra of it."""
    places = kelurahan("13.75")
    words = {"Bordir": 9, "Mukena": 6, "Konveksi": 6, "Sanjai": 6, "Kue": 4, "Ukiran": 3, "Suvenir": 3, "Perabot": 2}
    trades = [trade(word) for word in words]
    found: list[list[str]] = []
    for number in range(VISITORS):
        made = business(5_000 + number, chance, chance.choices(trades, list(words.values()))[0], chance.choice(places))
        if number < len(RECENT_VISITORS):
            made[AT["Tanggal Daftar"]] = day_in(RECENT_VISITORS[number], chance)
            made[AT["Tahun Berdiri"]] = "2021"
        if made[AT["Nama Produk"]] == "kain bordir" and len([each for each in found if each[AT["Sentra"]]]) < 7:
            made[AT["Sentra"]] = BORDIR
        keep_small(made)
        found.append(made)
    return found


def trade(word: str) -> Trade:
    """The trade of this name."""
    return next(each for each in TRADES if each.word == word)


def day_in(month: str, chance: random.Random) -> str:
    """A day of the month, day first."""
    year, number = month.split("-")
    return f"{chance.randint(1, 28):02d}/{number}/{year}"


def registered(made: Sequence[str]) -> date:
    """The day on which a business was registered."""
    day, month, year = made[AT["Tanggal Daftar"]].split("/")
    return date(int(year), int(month), int(day))


def write_observations(businesses: Sequence[Sequence[str]], chance: random.Random) -> None:
    """The figures of 2020: somewhat lower than those of 2021, for those that were there."""
    columns = ["NIB", "Nama Usaha", "Nama Pemilik", "Kelurahan", "Tahun Data", "TK LK", "TK PR", *MONEY]
    found = []
    for each in businesses:
        if registered(each) < date(2021, 1, 1) and each[AT["TK LK"]] and each[AT["Tahun Data"]] == "2021":
            values = {column: each[AT[column]] for column in columns} | {"Tahun Data": "2020"}
            for column in MONEY:
                values[column] = grouped(amount(values[column]) * chance.randint(80, 98) // 100)
            found.append([values[column] for column in columns])
    write("observations-2020.csv", columns, found)


def write_closures(businesses: Sequence[list[str]], chance: random.Random) -> None:
    """Nine that closed, none of the group, the knitters or a sentra; who closed in 2020 has no data of 2021."""
    old = [each for each in businesses[41 + len(RECENT) :] if registered(each) < date(2019, 1, 1)]
    columns = ["Nama Usaha", "Nama Pemilik", "Kelurahan"]
    chosen = list(zip(chance.sample(old, len(CLOSED)), CLOSED, strict=True))
    for each, month in chosen:
        each[AT["Tahun Data"]] = month[:4]
    rows = [[*(each[AT[column]] for column in columns), day_in(month, chance)] for each, month in chosen]
    write("closures.csv", [*columns, "Tanggal Tutup"], rows)


def write_sentra() -> None:
    """The two sentra through which Payakumbuh works."""
    columns = [
        "Nama Sentra", "Cabang Industri", "Produk", "Alamat", "Kelurahan", "Kecamatan", "Pengelola",
        "Jumlah Unit Usaha",
    ]  # fmt: skip
    rendang = [RENDANG, "Pangan", "rendang", "Jl. Padang Kaduduk", *RENDANG_PLACE, "UPTD Sentra Rendang", "20"]
    tenun = [TENUN, "Sandang dan Kulit", "kain tenun", "Balai Panjang", *TENUN_PLACE, "UPTD Sentra Tenun", "25"]
    write("sentra.csv", columns, [rendang, tenun])


def write(name: str, heading: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """One spreadsheet."""
    with open(DEMO / name, "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
