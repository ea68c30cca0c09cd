"""The session of one run: settings, the terminal, and the registry."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ikmctl import errors
from ikmctl.document import Caution, Document, Text
from ikmctl.registry.file.database import Registry, open_registry
from ikmctl.settings import Settings, registry_path

if TYPE_CHECKING:
    from ikmctl.disk import OutputTarget


class Prompter(Protocol):
    """Questions to a person at a terminal; implemented in output/prompt.py."""

    def ask(self, question: str, check: Callable[[str], object], default: str = "") -> str:
        """The first answer that `check` accepts, which raises an IkmError otherwise; may be empty."""

    def confirm(self, question: str) -> bool:
        """Whether the person agrees."""

    def progress(self) -> AbstractContextManager[Callable[[int, int], None]]:
        """A progress display; call its value with the rows done and the approximate total."""


class Session:
    """One run: its settings, the person at the terminal if any, and the registry, opened when first needed."""

    def __init__(
        self,
        settings: Settings,
        environment: Mapping[str, str],
        terminal: Prompter | None,
        present: Callable[[Document], None],
    ) -> None:
        self.settings = settings
        self.environment = environment
        self.terminal = terminal
        self.opened: list[Registry] = []
        self._present = present

    @property
    def path(self) -> Path:
        """The path of the registry file."""
        return registry_path(self.settings, self.environment)

    def registry(self) -> Registry:
        """The open registry. Raises RegistryMissing and the other RegistryErrors."""
        if not self.opened:
            self.opened.append(open_registry(self.path, lambda text: self.show(Document("done", (Text(text),)))))
        return self.opened[0]

    def language(self) -> str | None:
        """The registry's language; None if no registry can be read: the error is raised when a command needs it."""
        try:
            return self.registry().setting("language")
        except errors.IkmError:
            return None

    def with_cautions(self, document: Document) -> Document:
        """The document with what the registry has to say beside the result, such as where a backup is."""
        cautions = [Caution(line) for registry in self.opened for line in registry.cautions]
        return document._replace(messages=(*document.messages, *cautions)) if cautions else document

    def show(self, document: Document) -> None:
        """Show what is about to be done; with --quiet only its cautions."""
        self._present(document)

    def progress(self) -> AbstractContextManager[Callable[[int, int], None] | None]:
        """A progress display for a long command; None without a terminal or with --quiet."""
        return nullcontext() if self.terminal is None or self.settings.quiet else self.terminal.progress()

    def agree(self, question: str) -> None:
        """Return if the officer agrees, by --yes or when asked. Raises NeedsConfirmation, Cancelled."""
        if self.settings.yes:
            return
        if self.terminal is None:
            raise errors.NeedsConfirmation
        if not self.terminal.confirm(question):
            raise errors.Cancelled

    def output_target(self, file: str) -> "OutputTarget":
        """A file to write: never the registry, and an existing file only after confirmation."""
        from ikmctl.disk import OutputTarget

        return OutputTarget(Path(file), self.path, self.settings.yes, self.terminal.confirm if self.terminal else None)

    def close(self) -> None:
        """Close the registry file, until it is needed again."""
        for registry in self.opened:
            registry.close()
        self.opened.clear()
