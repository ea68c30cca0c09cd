"""Spreadsheets with some bytes changed: each is read or refused in a sentence."""

import io
import random
import traceback
import zipfile
from collections.abc import Iterator
from pathlib import Path

from ikmctl.actions.imports.kinds import KINDS
from ikmctl.actions.imports.options import Options
from ikmctl.actions.imports.plan import make_plan
from ikmctl.actions.imports.show.plan import describe
from ikmctl.errors import IkmError
from ikmctl.registry.file.database import Registry
from tests.sheets.offices import SHAPES, TABLE
from tests.sheets.test_fuzz import PIECES
from tests.sheets.writing import ods, xls, zipped

#: How many of a hundred inputs are of each format.
SHARES = {"csv": 55, "xlsx": 20, "ods": 15, "xls": 10}


def originals() -> dict[str, list[bytes]]:
    """The files that offices send, by format."""
    found = {ending: [each.data() for each in SHAPES if each.file.endswith(f".{ending}")] for ending in SHARES}
    found["xls"].append(xls({"IKM": TABLE}))
    found["ods"].append(ods({"IKM": TABLE}))
    return found


def problems(registry: Registry, folder: Path, count: int, chance: random.Random) -> Iterator[str]:
    """The tracebacks that come out of an import of many mutated files."""
    sources = originals()
    for number in range(count):
        ending = chance.choices(list(SHARES), list(SHARES.values()))[0]
        data = _mutated(chance.choice(sources[ending]), ending, chance)
        path = folder / f"file.{ending}"
        path.write_bytes(data)
        try:
            kind = KINDS[chance.choice(list(KINDS))]
            plan = make_plan(registry, kind, [str(path)], Options(), lambda: b"")
            describe(registry, plan, limit=20, dry_run=True, explain=True)
        except IkmError as error:
            if not str(error):
                yield f"input {number}: no sentence"
        except Exception:
            yield f"input {number} ({ending}):\n{traceback.format_exc(limit=-4)}"


def _mutated(data: bytes, ending: str, chance: random.Random) -> bytes:
    """The file with some bytes changed; half of the zipped ones in one of their parts, packed again."""
    if ending in ("xlsx", "ods") and chance.random() < 0.5:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        name = chance.choice([name for name in parts if name.endswith((".xml", ".rels"))])
        parts[name] = _changed(parts[name], chance)
        if chance.random() < 0.1:
            del parts[name]
        return zipped(parts)
    return _changed(data, chance)


def _changed(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _change in range(chance.randint(1, 8)):
        start = chance.randint(0, len(changed))
        end = min(len(changed), start + chance.randint(0, 30))
        piece = chance.choice(
            [chance.choice(PIECES), chance.randbytes(chance.randint(0, 4)), bytes(changed[start:end]) * 2]
        )
        changed[start:end] = piece
    return bytes(changed)
