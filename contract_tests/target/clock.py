"""What time it is at a deployment: told by the times that its answers bear, as nobody can ask it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from contract_tests.errors import LeftOut
from contract_tests.exchange import Exchange


class Clock:
    """Knows how far a deployment's time is from ours once something has been declared there.

    `named` are times of change that requests brought about which named a time.
    """

    def __init__(self) -> None:
        self._ahead: timedelta | None = None
        self.named: set[str] = set()

    def heard(self, exchange: Exchange) -> None:
        """Learn from an answer. One to a request that names a time says nothing of any clock."""
        match exchange.json if exchange.method != "GET" and exchange.status == 200 else None:
            case {"data": {"attributes": {"updated_at": str(made)}}}:
                self._written(exchange, made)

    def _written(self, exchange: Exchange, made: str) -> None:
        if "x-with-server-date" in {name.lower() for name in exchange.request_headers}:
            self.named.add(made)
        elif exchange.method == "POST" and exchange.path.endswith("/participant-declarations"):
            ahead = datetime.fromisoformat(made) - exchange.at
            # What was declared before is answered with its own, earlier time.
            self._ahead = ahead if self._ahead is None else max(self._ahead, ahead)

    @property
    def now(self) -> datetime:
        """The time there. Raises LeftOut while it is not known."""
        if self._ahead is None:
            raise LeftOut("it goes by the target's clock, of which nothing is known yet")
        return datetime.now(UTC) + self._ahead
