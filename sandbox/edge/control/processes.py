"""What a process keeps in its own memory, of which others that serve the same world know nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from sandbox.edge.control.request import Declined

F = TypeVar("F", bound=Callable[..., Any])

_MARK: Final = "kept_in_memory"


def kept_in_memory(what: str) -> Callable[[F], F]:
    """Marks a handler of what is kept in the memory of one process: `what` is that, up to the verb ("Faults are")."""

    def mark(handler: F) -> F:
        setattr(handler, _MARK, what)
        return handler

    return mark


def refuse_what_one_process_keeps(handler: Callable[..., Any]) -> None:
    """Decline an operation that only the process it happens to reach would know of. Raises Declined."""
    what = getattr(handler, _MARK, None)
    if what is not None:
        raise Declined(
            422,
            (
                "Impossible",
                f"{what} kept in the memory of one process, and this sandbox has several. "
                "Ask one that was started without --workers.",
            ),
        )
