"""What happens in a run, kept line by line for the report: one JSON object for each scenario, and one at the end."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from contract_tests.documents import operation_of
from contract_tests.errors import ANSWERED, ContractBroken
from contract_tests.exchange import Exchange
from contract_tests.grade import grade

MOST_KEPT: Final = 200  # exchanges of one scenario


class Recorder:
    """Counts every answer by operation and status; keeps the exchanges of the scenario that runs."""

    def __init__(self, file: Path | None) -> None:
        self._file = file.open("a", encoding="utf-8") if file else None
        self.answers: Counter[tuple[str, str, int]] = Counter()  # version, operationId, status
        self.exchanges: list[Exchange] = []
        self._recent: Counter[tuple[str, str, int]] = Counter()  # of the answers, what is not written down yet
        self._requests = 0

    def heard(self, exchange: Exchange) -> None:
        """Note an exchange."""
        self._requests += 1
        operation = operation_of(exchange.method, exchange.path)
        if operation is not None:
            self.answers[operation.version, operation.id, exchange.status] += 1
            self._recent[operation.version, operation.id, exchange.status] += 1
        if len(self.exchanges) < MOST_KEPT:
            self.exchanges.append(exchange)

    def plan(self, scenarios: int) -> None:
        """So many scenarios are going to run."""
        self._write({"kind": "plan", "scenarios": scenarios})

    def time_is_over(self) -> None:
        """There is no time for what has not run yet."""
        self._write({"kind": "time over"})

    def stop(self, reason: str) -> None:
        """The run ends early."""
        self._write({"kind": "stopped", "reason": reason})

    def begin(self) -> None:
        """A scenario begins."""
        self.exchanges = []

    def end(self, **scenario: Any) -> None:
        """A scenario has ended: write down how, with what was said in it."""
        said = [_written(each) for each in self.exchanges]
        self._write({"kind": "scenario", **scenario, "requests": self._requests, "exchanges": said})
        self._count()

    def close(self) -> None:
        """The run is over: write down what was answered since its last scenario."""
        self._count()
        if self._file:
            self._file.close()
            self._file = None

    def _count(self) -> None:
        """Write down what was answered since that was done last: a process may be ended at any time."""
        answers = [
            {"version": version, "operation": operation, "status": status, "answers": number}
            for (version, operation, status), number in sorted(self._recent.items())
        ]
        self._write({"kind": "answers", "requests": self._requests, "answers": answers})
        self._requests = 0
        self._recent.clear()

    def _write(self, line: dict[str, Any]) -> None:
        if self._file:
            self._file.write(json.dumps(line) + "\n")
            self._file.flush()


def failure(error: BaseException, exchanges: Sequence[Exchange], about: Sequence[str]) -> dict[str, Any]:
    """What went wrong, as it is written down: by which check, what was expected, what came, and how to ask again.

    `about` are the rules and checks of its scenario, by which it is graded, too.
    """
    broken = error if isinstance(error, ContractBroken) else None
    last = exchanges[-1] if exchanges and not (broken and broken.check == ANSWERED) else None
    exchange = (broken.exchange if broken else None) or last
    level, met_by = grade(error, exchange, about)
    return {
        "grade": level,
        "met_by": met_by,
        "check": broken.check if broken else type(error).__name__,
        "expected": broken.expected if broken else "",
        "received": broken.received if broken else str(error),
        "curl": exchange.curl() if exchange else "",
        "request": _written(exchange) if exchange else None,
    }


def _written(exchange: Exchange) -> dict[str, Any]:
    return {
        "at": f"{exchange.at:%Y-%m-%dT%H:%M:%S.%fZ}",
        "seconds": round(exchange.seconds, 4),
        "method": exchange.method,
        "url": exchange.url,
        "request_headers": dict(exchange.request_headers),
        "request_body": exchange.request_body.decode("utf-8", "replace"),
        "status": exchange.status,
        "headers": dict(exchange.headers),
        "content": exchange.content[:100_000].decode("utf-8", "replace"),
    }
