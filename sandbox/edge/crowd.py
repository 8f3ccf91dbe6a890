"""How many connections there is room for."""

from __future__ import annotations

import logging
from typing import Final

_LOG: Final = logging.getLogger(__name__)
_AGAIN_AFTER: Final = 60.0  # seconds


class Crowd:
    """Lets in as many connections as there are files to open for them, and says so when there are no more."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._said_at: float | None = None

    def has_room_for(self, connections: int, now: float) -> bool:
        """False when these are too many. It is logged once a minute; `now` is in seconds."""
        if connections <= self._most:
            return True
        if self._said_at is None or now - self._said_at >= _AGAIN_AFTER:
            self._said_at = now
            _LOG.warning(
                "%d connections are open, as many as the limit of open files leaves room for (ulimit -n): "
                "further ones are ended at once",
                self._most,
            )
        return False
