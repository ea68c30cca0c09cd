"""What a shape of spreadsheet is, and how a list of shapes is filled."""

from collections.abc import Callable
from dataclasses import dataclass

Make = Callable[[], bytes]


@dataclass(frozen=True)
class Shape:
    """A file of an office, with the options it is imported with."""

    id: str
    about: str
    file: str
    data: Make
    options: tuple[str, ...] = ()


def adding_to(shapes: list[Shape]) -> Callable[..., Callable[[Make], Make]]:
    """The decorator `shape(about, ending, *options)`, which adds what a function makes to `shapes`, under its name."""

    def shape(about: str, ending: str = "csv", *options: str) -> Callable[[Make], Make]:
        def add(make: Make) -> Make:
            name = make.__name__.replace("_", "-")
            shapes.append(Shape(name, about, f"{name}.{ending}", make, options))
            return make

        return add

    return shape
