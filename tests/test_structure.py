"""The grid of the package (docs/architecture.md): layers down, jobs across; which layer may import which.

The rules stand in the tables below. Imports count wherever they are made, at the top of a module or in a function.
"""

import ast
import subprocess
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

import ikmctl
from tests.conftest import Run

PACKAGE = Path(ikmctl.__file__).parent
TESTS = Path(__file__).parent

#: What an officer does. A package of this name, in any layer and in tests/, holds what that job needs of the layer.
JOBS = {"records", "imports", "reports", "exchange", "history"}

#: Modules beside the layers: what went wrong and how it is said, and files that are written.
SAID = {"errors", "language"}
COMMON = {*SAID, "disk"}


class Layer(NamedTuple):
    """What a layer may import beside itself, and the packages that it consists of."""

    imports: set[str]
    packages: frozenset[str] = frozenset()


#: Every package and module of the first level, the highest first.
LAYERS = {
    "main": Layer({"commands", "output", "document", "settings", *COMMON}),
    "commands": Layer(
        {"actions", "registry", "sheets", "domain", "reference", "document", "settings", *COMMON},
        frozenset({"imports"}),
    ),
    "output": Layer({"document", "domain", "settings", *COMMON}, frozenset({"formats", "text", "charts"})),
    "actions": Layer(
        {"registry", "sheets", "domain", "reference", "document", *COMMON},
        frozenset({*JOBS, "setup", "reports/blocks", "imports/participants", "imports/show", "records/events"}),
    ),
    "sheets": Layer({"domain", *COMMON}, frozenset({"formats", "table", "validation"})),
    "registry": Layer({"domain", *COMMON}, frozenset({*JOBS, "file", "records/events"})),
    "document": Layer({"domain", *SAID}),
    "reference": Layer({"domain"}),
    "domain": Layer(SAID, frozenset({"entities", "values"})),
    "settings": Layer(set()),
    "disk": Layer(SAID),
    "errors": Layer({"language"}),
    "language": Layer(set()),
}

#: The folders of tests/: the jobs, the layers whose parts serve every job, and what is tested across all of them.
TEST_FOLDERS = JOBS | {"setup", "file", "output", "sheets", "domain", "stories", "bad_input", "gallery", "torture"}

MODULES_IN_A_FOLDER = 15

#: Libraries that only these modules know, so that the others can be replaced or loaded without them.
LIBRARIES = {
    "rich": {"output/formats/terminal.py", "output/progress.py"},
    "xlsxwriter": {"output/formats/xlsx.py", "output/formats/xlsx_cells.py", "sheets/validation/rejected_file.py"},
    "python_calamine": {"sheets/formats/workbook.py"},
    "xlrd": {"sheets/formats/xls.py"},
    "jinja2": {"output/formats/html.py"},
    "pypdf": {"output/formats/pdf.py"},
    "typst": {"output/formats/pdf.py", "actions/reports/letterhead.py"},
    "babel": {"language.py"},
    "lokal": {"reference/places.py"},
}
#: Libraries that only these layers know.
LIBRARIES_OF_LAYERS = {"sqlite3": {"registry"}, "sqlite_utils": {"registry"}, "typer": {"main", "commands", "output"}}


def dotted(path: Path) -> str:
    """The name by which a file is imported."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {dotted(path): path for path in sorted(PACKAGE.rglob("*.py"))}
MODULES = [name for name in FILES if name not in ("ikmctl", "ikmctl.__main__")]


@cache
def imported(module: str) -> frozenset[str]:
    """The modules that a module imports, anywhere in it: ours by their whole name, libraries by their first."""
    found = set()
    for node in ast.walk(ast.parse(FILES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, f"{module} imports by a relative name"
            wholes = [f"{node.module}.{name.name}" for name in node.names]
            found |= {whole if whole in FILES else node.module for whole in wholes}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return frozenset(name if name in FILES else name.split(".")[0] for name in found)


def layer(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def test_every_module_is_in_a_layer() -> None:
    assert {layer(module) for module in MODULES} == set(LAYERS)


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_down(module: str) -> None:
    used = {layer(name) for name in imported(module) if name in FILES} - {layer(module), ""}
    too_high = used - LAYERS[layer(module)].imports
    assert not too_high, f"{module} imports {', '.join(sorted(too_high))}"


def test_no_module_imports_itself_through_others() -> None:
    graph = {module: imported(module) & set(MODULES) - {module} for module in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_consists_of_the_packages_that_it_may_have(name: str) -> None:
    folder = PACKAGE / name
    packages = {path.parent.relative_to(folder).as_posix() for path in folder.rglob("*.py")} - {"."}
    assert packages == LAYERS[name].packages


def test_the_tests_stand_in_the_folders_of_the_grid() -> None:
    assert {path.parent.relative_to(TESTS).as_posix() for path in TESTS.rglob("*.py")} == TEST_FOLDERS | {"."}


def test_no_folder_holds_more_modules_than_can_be_looked_over() -> None:
    count: dict[str, int] = {}
    for path in (path for root in (PACKAGE, TESTS) for path in root.rglob("*.py") if path.stem != "__init__"):
        folder = path.parent.relative_to(PACKAGE if PACKAGE in path.parents else TESTS.parent).as_posix()
        count[folder] = count.get(folder, 0) + 1
    too_many = {folder: number for folder, number in count.items() if number > MODULES_IN_A_FOLDER}
    assert too_many == {}


@pytest.mark.parametrize("module", MODULES)
def test_a_library_is_known_only_where_it_is_needed(module: str) -> None:
    path = FILES[module].relative_to(PACKAGE).as_posix()
    for library in imported(module):
        assert path in LIBRARIES.get(library, {path}), f"{path} knows {library}"
        assert layer(module) in LIBRARIES_OF_LAYERS.get(library, {layer(module)}), f"{path} knows {library}"


#: Runs a command in a new process, and prints which of the libraries it loaded.
LOADED = """
import sys
from ikmctl.main import run
libraries = sys.argv[1].split(",")
run(sys.argv[2:])
print()
print(*(name for name in libraries if name in sys.modules))
"""


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [("--version", ""), ("--help", ""), ("list-businesses --help", "typer"), ("list-businesses", "typer")],
)
def test_a_command_loads_only_the_libraries_that_it_needs(arguments: str, expected: str, ikmctl: Run, db: Path) -> None:
    libraries = sorted({*LIBRARIES, "sqlite_utils", "typer", "rapidfuzz", "platformdirs"})
    words = [*arguments.split(), *([] if arguments == "--version" else ["--db", str(db)])]
    command = [sys.executable, "-c", LOADED, ",".join(libraries), *words]
    output = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    assert output.splitlines()[-1] == expected
