"""Runs the tests with the newest or the oldest versions that pyproject.toml allows, on each Python of the machine.

python tools/try_versions.py oldest                       on every Python of the machine
python tools/try_versions.py newest --here tests/domain   on the Python that runs this, and only these tests

The environments are made anew in build/ each time; exit status 1 if a test failed or an environment could not be made.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
UV = str(Path(sys.executable).with_name("uv"))
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
HERE = ".".join(map(str, sys.version_info[:2]))
RESOLUTIONS = {"newest": "highest", "oldest": "lowest-direct"}


def interpreter(version: str) -> str | None:
    """The path of this Python: the one that runs, or from PATH, or from pyenv; None if the machine has none."""
    if version == HERE:
        return sys.executable
    name = f"python{version}"
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    found = (shutil.which(name), *map(str, pyenv.glob(f"versions/{version}*/bin/{name}")))
    return next((path for path in found if path and runs(path)), None)


def runs(python: str) -> bool:
    """Whether it is a Python and not only a name for one: pyenv puts names of all its versions into PATH."""
    return subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0


def passes(end: str, version: str, python: str, arguments: list[str]) -> bool:
    """Whether the tests pass with these versions on this Python; prints what is installed and what pytest says."""
    environment = ROOT / "build" / f"{end}-{version}"
    inside = str(environment / ("Scripts" if os.name == "nt" else "bin") / "python")
    steps = (
        [UV, "venv", "--no-config", "--quiet", "--clear", "--python", python, str(environment)],
        [UV, "pip", "install", "--no-config", "--quiet", "--python", inside, "--resolution", RESOLUTIONS[end],
         "--editable", ".[dev]"],
        [UV, "pip", "list", "--no-config", "--python", inside],
        [inside, "-m", "pytest", "--numprocesses", "auto", *arguments],
    )  # fmt: skip
    print(f"== The {end} versions, Python {version} ==", flush=True)
    return all(subprocess.run(step, cwd=ROOT, check=False).returncode == 0 for step in steps)


def main() -> int:
    """Try each Python that is asked for; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("end", choices=RESOLUTIONS)
    parser.add_argument("--here", action="store_true", help="only the Python that runs this")
    options, arguments = parser.parse_known_args()
    results = []
    for version in [HERE] if options.here else PYTHONS:
        python = interpreter(version)
        if python is None:
            results.append(f"Python {version}: not tried, this machine has none")
        else:
            passed = passes(options.end, version, python, arguments)
            results.append(f"Python {version}: {'passed' if passed else 'FAILED'}")
    print(f"== The {options.end} versions that pyproject.toml allows ==", *results, sep="\n")
    return 1 if any(result.endswith("FAILED") for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
