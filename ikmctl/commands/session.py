"""What a command is given beside its own options."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ikmctl import errors
from ikmctl.document import Document
from ikmctl.registry.file.database import Registry, open_registry
from ikmctl.settings import Settings, registry_path

if TYPE_CHECKING:
    from ikmctl.disk import OutputTarget


class Conversation(Protocol):
    """A person at a terminal."""

    def ask(self, question: str, check: Callable[[str], None], default: str = "") -> str:
        """An answer that `check` does not refuse by raising IkmError; empty if nothing is typed and that is allowed."""

    def confirm(self, question: str) -> bool:
        """Whether the person agrees."""

    def progress(self) -> AbstractContextManager[Callable[[int, int], None]]:
        """Told how many rows are done of about how many, shows it."""


class Session:
    """One run: its settings, the person to ask if there is one, and the registry, opened when first needed."""

    def __init__(
        self,
        settings: Settings,
        environment: Mapping[str, str],
        talk: Conversation | None,
        present: Callable[[Document], None],
    ) -> None:
        self.settings = settings
        self.environment = environment
        self.talk = talk
        self.opened: list[Registry] = []
        self._present = present

    @property
    def path(self) -> Path:
        """Where the registry is."""
        return registry_path(self.settings, self.environment)

    def registry(self) -> Registry:
        """The registry. Raises RegistryMissing and the other RegistryErrors."""
        if not self.opened:
            self.opened.append(open_registry(self.path))
        return self.opened[0]

    def language(self) -> str | None:
        """The registry's language; None where no registry can be read, which is said once something needs it."""
        try:
            return self.registry().setting("language")
        except errors.IkmError:
            return None

    def show(self, describe: Callable[[], Document]) -> None:
        """Show what is about to be done, if there is anybody to see it."""
        if not self.settings.quiet:
            self._present(describe())

    def progress(self) -> AbstractContextManager[Callable[[int, int], None] | None]:
        """What to tell how far a long command has come; nothing where nobody watches."""
        return nullcontext() if self.talk is None or self.settings.quiet else self.talk.progress()

    def agree(self, question: str) -> None:
        """Go on if the officer agrees, by --yes or when asked. Raises NeedsConfirmation, Cancelled."""
        if self.settings.yes:
            return
        if self.talk is None:
            raise errors.NeedsConfirmation
        if not self.talk.confirm(question):
            raise errors.Cancelled

    def goal(self, file: str) -> "OutputTarget":
        """A file to write: never the registry, and never over another one without the officer's word."""
        from ikmctl.disk import OutputTarget

        return OutputTarget(Path(file), self.path, self.settings.yes, self.talk.confirm if self.talk else None)

    def close(self) -> None:
        """Let go of the registry file."""
        for registry in self.opened:
            registry.close()
