"""Questions to a person at a terminal."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager

from ikmctl.errors import Cancelled, IkmError
from ikmctl.language import _, current_language
from ikmctl.output.text.format_value import clean
from ikmctl.output.text.wrap import terminal_width, wrap_line

#: Answers to a yes-or-no question, in either language of output; no answer means no.
_YES = ("y", "ya", "yes")
_NO = ("", "n", "no", "t", "tidak", "tdk")


class Terminal:
    """Asks questions on standard error and reads the answers from standard input."""

    def ask(self, question: str, check: Callable[[str], object], default: str = "") -> str:
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
        """Whether the person agrees; an empty answer means no, and one that is neither yes nor no is asked again.

        Raises Cancelled at the end of input.
        """
        hint = "[y/T]" if current_language() == "id" else "[y/N]"
        while True:
            answer = self._line(f"{question} {hint} ").strip().casefold()
            if answer in _YES or answer in _NO:
                return answer in _YES
            message = _("Answer y for yes, or n for no.")
            sys.stderr.write(wrap_line(f"  {message}", terminal_width(sys.stderr)) + "\n")

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
