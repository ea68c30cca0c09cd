"""The registry holds what a model in Python says, programs at once lose nothing: the short forms of `make torture`."""

import random
from pathlib import Path

from tests.conftest import Run, examples
from tests.torture import model
from tests.torture.writers import write_at_once


def test_random_commands_do_what_the_model_says(ikmctl: Run, db: Path, tmp_path: Path) -> None:
    for number in range(examples(10)):
        assert model.problem_of_sequence(db, tmp_path / "run.db", random.Random(number)) == ""


def test_programs_that_write_at_once_lose_nothing(ikmctl: Run, db: Path, tmp_path: Path) -> None:
    told, problems = write_at_once(tmp_path, db, 3, 2)
    assert problems == []
    assert all(each.added for each in told)
