"""What a process keeps in its own memory, of which others that serve the same world know nothing."""

from __future__ import annotations

from typing import Final

from sandbox.edge.control.request import Declined

_KEPT: Final = {
    "worlds.create_world": "Worlds other than main are",
    "worlds.import_world": "Worlds other than main are",
    "worlds.change_world": "Whether a world limits the rate, and what it does wrongly, is",
    "faults.create_fault": "Faults are",
    "requests.list_requests": "What a world was request is",
    "requests.get_request": "What a world was request is",
}


def refuse_what_one_process_keeps(operation: str) -> None:
    """Decline an operation that only the process it happens to reach would know of. Raises Declined."""
    if operation in _KEPT:
        raise Declined(
            422,
            (
                "Impossible",
                f"{_KEPT[operation]} kept in the memory of one process, and this sandbox has several. "
                "Ask one that was started without --workers.",
            ),
        )
