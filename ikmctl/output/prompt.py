"""Questions to a person at a terminal."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager

from ikmctl.errors import Cancelled, IkmError
from ikmctl.language import current_language
from ikmctl.output.text.format_value import clean
from ikmctl.output.text.wrap import terminal_width, wrap_line

_YES = {"id": ("y", "ya"), "en": ("y", "yes")}


class Terminal:
    """Asks questions on standard error and reads the answers from standard input."""

    def ask(self, question: str, check: Callable[[str], None], default: str = "") -> str:
        """The first answer for which `check` raises no IkmError; an empty answer means `default`.

        Raises Cancelled at the end of input.
        """
        hint = f" [{default}]" if default else ""
        while True:
            answer = self._line(f"{question}{hint}: ").strip() or default
            try:
                check(answer)
            except IkmError as error:
                sys.stderr.write(
                    wrap_line(f"  {clean(str(error))} {clean(error.way_out)}", terminal_width(sys.stderr)) + "\n"
                )
            else:
                return answer

    def confirm(self, question: str) -> bool:
        """Whether the person agrees; every answer except yes means no."""
        hint = "[y/T]" if current_language() == "id" else "[y/N]"
        return self._line(f"{question} {hint} ").strip().casefold() in _YES[current_language()]

    def progress(self) -> AbstractContextManager[Callable[[int, int], None]]:
        """A progress bar; see `progress.bar`."""
        from ikmctl.output.progress import progress_bar

        return progress_bar()

    def _line(self, prompt: str) -> str:
        sys.stderr.write(wrap_line(clean(prompt), terminal_width(sys.stderr)))
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            sys.stderr.write("\n")
            raise Cancelled
        return line


def find_terminal() -> Terminal | None:
    """The Terminal, or None if standard input or standard error is not a terminal."""
    if sys.stdin is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    return Terminal()
