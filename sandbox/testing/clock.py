"""The clock of a world."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from .answers import Settled
from .control import Control


class Clock:
    """Tells the time of one world, and moves it. What falls due meanwhile has happened when a method returns."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def now(self) -> datetime:
        """The time there, in UTC."""
        return msgspec.convert(self._control.get("/time")["now"], datetime)

    def advance(self, *, to: datetime | date | str | None = None, **by: int) -> Sequence[Settled]:
        """Let time pass: `days=30`, or `to` a time or a day; what fell due, earliest first. Raises Refusal."""
        body: dict[str, Any] = by if to is None else {"to": to, **by}
        return _settled(self._control.send("POST", "/time/advance", body))

    def set(self, now: datetime | date | str) -> Sequence[Settled]:
        """Show another time; what was due by then, earliest first. Setting it back undoes nothing. Raises Refusal."""
        return _settled(self._control.send("PUT", "/time", {"now": now}))

    def freeze(self) -> None:
        """Stand still, until it is moved or runs again."""
        self._control.send("PUT", "/time", {"frozen": True})

    def run(self) -> None:
        """Run again."""
        self._control.send("PUT", "/time", {"frozen": False})


def _settled(answer: Any) -> Sequence[Settled]:
    return msgspec.convert(answer["settled"], list[Settled])
