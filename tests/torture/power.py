"""What a disk would hold after a power cut: made from the operations that a command did, as faults.c has logged them.

A disk holds for certain what was synced: the bytes of a file that was synced, and the names in a folder that was synced.
Of all that came later it may hold anything: any of the writes, whole or torn at a sector, in any order, and any of the new,
moved and deleted names. That is harsher than the file systems in use, and as harsh as a stick.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

SECTOR = 512


@dataclass(frozen=True)
class Operation:
    """One line of the log, with the bytes of a write."""

    kind: str
    #: A descriptor, and numbers; or paths.
    facts: tuple[str, ...]
    data: bytes = b""


def read_log(path: Path) -> Iterator[Operation]:
    """The operations in a log."""
    with path.open("rb") as stream:
        while line := stream.readline():
            kind, _, rest = line.decode("utf-8", "surrogateescape").rstrip("\n").partition(" ")
            if kind in ("rename", "link", "unlink", "mkdir"):
                yield Operation(kind, tuple(rest.split("\t")))
            elif kind == "open":
                yield Operation(kind, tuple(rest.split(" ", 3)))
            else:
                facts = tuple(rest.split(" "))
                yield Operation(kind, facts, stream.read(int(facts[2])) if kind == "write" else b"")


@dataclass
class Inode:
    """A file: its bytes that were synced, and what was done to it since."""

    synced: bytearray = field(default_factory=bytearray)
    since: list[tuple[int, bytes | None]] = field(
        default_factory=list
    )  # offset and bytes; None cuts the file off there

    def after(self, kept: Iterable[tuple[int, bytes | None]]) -> bytes:
        """The bytes after some of what was done since."""
        data = bytearray(self.synced)
        for offset, written in kept:
            if written is None:
                data = data[:offset].ljust(offset, b"\0")
            else:
                data.extend(bytes(max(0, offset - len(data))))
                data[offset : offset + len(written)] = written
        return bytes(data)


#: Names that appear (with their file; None for a folder) or go, in one step.
Names = dict[PurePosixPath, "Inode | str | None"]
GONE = "gone"


@dataclass
class Disk:
    """The files under one folder, as they are for programs, and what of them is on the disk for certain."""

    folder: Path
    names: Names = field(default_factory=dict)
    synced: Names = field(default_factory=dict)
    since: list[Names] = field(default_factory=list)
    opened: dict[str, PurePosixPath] = field(default_factory=dict)
    inodes: dict[str, Inode] = field(default_factory=dict)

    @classmethod
    def holding(cls, folder: Path) -> "Disk":
        """A disk that holds these files for certain."""
        disk = cls(folder)
        for path in folder.rglob("*"):
            name = PurePosixPath(path.relative_to(folder))
            disk.names[name] = None if path.is_dir() else Inode(bytearray(path.read_bytes()))
        disk.synced = dict(disk.names)
        return disk

    def _name(self, path: str) -> PurePosixPath:
        return PurePosixPath(Path(path).relative_to(self.folder).as_posix())

    def _change(self, names: Names) -> None:
        self.since.append(names)
        for name, goal in names.items():
            if goal == GONE:
                self.names.pop(name, None)
            else:
                self.names[name] = goal

    def do(self, operation: Operation) -> None:
        """Do one operation."""
        facts = operation.facts
        match operation.kind:
            case "open":
                self._open(facts[0], facts[1] == "1", self._name(facts[3]))
            case "write":
                self.inodes[facts[0]].since.append((int(facts[1]), operation.data))
            case "truncate":
                self.inodes[facts[0]].since.append((int(facts[1]), None))
            case "sync":
                self._sync(facts[0])
            case "rename":
                old, new = map(self._name, facts)
                moved = {old: GONE, new: self.names[old]}
                inside = [name for name in self.names if old in name.parents]
                self._change(
                    moved
                    | {new / each.relative_to(old): self.names[each] for each in inside}
                    | dict.fromkeys(inside, GONE)
                )
            case "link":
                old, new = map(self._name, facts)
                self._change({new: self.names[old]})
            case "unlink":
                self._change({self._name(facts[0]): GONE})
            case "mkdir":
                self._change({self._name(facts[0]): None})

    def _open(self, descriptor: str, cut: bool, name: PurePosixPath) -> None:
        self.opened[descriptor] = name
        self.inodes.pop(descriptor, None)
        if name == PurePosixPath("."):
            return
        if name not in self.names:
            self._change({name: Inode()})
        found = self.names[name]
        if isinstance(found, Inode):
            self.inodes[descriptor] = found
            if cut:
                found.since.append((0, None))

    def _sync(self, descriptor: str) -> None:
        if descriptor in self.inodes:
            inode = self.inodes[descriptor]
            inode.synced, inode.since = bytearray(inode.after(inode.since)), []
            return
        folder, later = self.opened[descriptor], []
        for names in self.since:
            if any(name.parent == folder for name in names):
                self._keep(self.synced, names)
            else:
                later.append(names)
        self.since = later

    @staticmethod
    def _keep(names: Names, change: Names) -> None:
        for name, goal in change.items():
            if goal == GONE:
                names.pop(name, None)
            else:
                names[name] = goal

    def write_what_is_left(self, goal: Path, chance: random.Random) -> None:
        """Write to a folder what a power cut at this moment may leave."""
        how = chance.choice(["nothing", "everything", "some", "some", "torn"])
        names = dict(self.synced)
        for change in self.since:
            if how == "everything" or (how != "nothing" and chance.random() < 0.5):
                self._keep(names, change)
        for name, inode in names.items():
            if inode is None and name.as_posix() != ".":
                (goal / name).mkdir(parents=True, exist_ok=True)
        for name, inode in names.items():
            if isinstance(inode, Inode):
                (goal / name).parent.mkdir(parents=True, exist_ok=True)
                (goal / name).write_bytes(inode.after(_some(inode.since, how, chance)))


def _some(since: list[tuple[int, bytes | None]], how: str, chance: random.Random) -> Iterator[tuple[int, bytes | None]]:
    """Some of what was done to a file since it was synced: a part of a write in whole sectors where it is torn."""
    for offset, written in since:
        if how == "everything" or (how == "some" and chance.random() < 0.5):
            yield offset, written
        elif how == "torn" and written:
            first = chance.randint(0, max(0, len(written) // SECTOR))
            last = chance.randint(first, len(written) // SECTOR + 1)
            if part := written[first * SECTOR : last * SECTOR]:
                yield offset + first * SECTOR, part
        elif how == "torn" and chance.random() < 0.5:
            yield offset, written


@dataclass(frozen=True)
class Told:
    """A command of a sequence: its operations, and the contents of the registry before and after it."""

    command: str
    operations: list[Operation]
    before: str
    after: str
