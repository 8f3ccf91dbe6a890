"""What was asked and what came of it, told to those who watch: the log and the metrics."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.edge.arrival import arrived
from sandbox.logs import FACTS, REQUESTS
from sandbox.worlds.logged_request import LoggedRequest

_LOG: Final = logging.getLogger(REQUESTS)
_PROVIDER_API: Final = "api"


class Observation(NamedTuple):
    """A request that is over. `operation` is such as "v3.list_participants", or empty."""

    request: LoggedRequest
    operation: str
    seconds: float


Observer = Callable[[Observation], None]


class Observing:
    """Tells observers of every request that the application has seen the end of. `wall_clock` tells how long it took.

    Event loops have a clock as well, but theirs stands while something is worked out.
    """

    def __init__(self, app: ASGIApp, observers: Sequence[Observer], wall_clock: Callable[[], datetime]) -> None:
        self._app = app
        self._wall_clock = wall_clock
        self._observers = observers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One ASGI connection."""
        began = self._wall_clock()
        try:
            await self._app(scope, receive, send)
        finally:
            arrival = arrived(scope)
            if arrival is not None:
                observation = Observation(
                    arrival.logged, _operation(arrival.logged), (self._wall_clock() - began).total_seconds()
                )
                for observe in self._observers:
                    observe(observation)


class RequestLog:
    """Logs a line for each request. `wall_clock` tells the machine's time, in UTC."""

    def __init__(self, wall_clock: Callable[[], datetime]) -> None:
        self._wall_clock = wall_clock

    def __call__(self, observation: Observation) -> None:
        """Log one."""
        if not _LOG.isEnabledFor(logging.INFO):
            return
        request = observation.request
        facts = {
            "time": self._wall_clock().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "world": request.world,
            "provider": request.provider.name if request.provider else None,
            "operation": observation.operation or None,
            "status": request.status,
            "rules": list(dict.fromkeys(breach.rule_id for breach in request.breaches)),
            "milliseconds": round(observation.seconds * 1000, 2),
            "request_id": request.id,
        }
        _LOG.info("%s", request.id, extra={FACTS: facts})


def _operation(request: LoggedRequest) -> str:
    if request.operation is None:
        return ""
    _, first, version, *_ = [*request.path.split("/"), "", ""]
    return f"{version}.{request.operation}" if first == _PROVIDER_API else request.operation
