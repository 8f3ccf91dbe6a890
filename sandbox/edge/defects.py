"""Wrong behaviours that a world can be given, as the edge knows them: it is handed them, and has none of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Protocol


class Known(Protocol):
    """A wrong behaviour: what it does, and which rule, or which check of answers, it breaks."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def about(self) -> str:
        """What goes wrong, in a sentence."""

    @property
    def breaks(self) -> str:
        """The rule or check that it breaks."""


class Defects(Protocol):
    """All there are."""

    @property
    def known(self) -> Mapping[str, Known]:
        """Each by its name."""

    def in_force(self, names: Iterable[str]) -> AbstractContextManager[None]:
        """A block of code in which these are what happens. Nothing may be waited for within it."""
