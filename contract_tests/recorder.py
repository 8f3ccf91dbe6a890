"""What happens in a run, kept line by line for the report: one JSON object for each scenario, and one at the end.

What was said is kept once, however often: a line has the names of the texts, which lines before it hold. Nothing is
written down that may not be shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any, Final

from contract_tests.documents import operation_of
from contract_tests.errors import ANSWERED, ContractBroken
from contract_tests.exchange import Exchange
from contract_tests.grade import grade
from contract_tests.json_text import to_json
from contract_tests.masking import Mask

MOST_KEPT: Final = 200  # exchanges of one scenario
LONGEST: Final = 100_000  # characters of a text
ENOUGH: Final = 20_000_000  # characters of all texts: then of each only its beginning, unless something failed
BEGINNING: Final = 1_000
SENTENCE: Final = 2_000  # characters of what is said of a failure: all of it is in the evidence


class Recorder:
    """Counts every answer by operation and status; keeps the exchanges of the scenario that runs."""

    def __init__(self, file: Path | None, mask: Mask | None = None) -> None:
        self._file = file.open("a", encoding="utf-8") if file else None
        self._mask = mask or Mask()
        self.answers: Counter[tuple[str, str, int]] = Counter()  # version, operationId, status
        self.exchanges: list[Exchange] = []
        self._recent: Counter[tuple[str, str, int]] = Counter()  # of the answers, what is not written down yet
        self._requests = 0
        self._names: dict[tuple[bytes, bool], str] = {}  # of texts as they came
        self._written: set[str] = set()
        self._characters = 0

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
        self._write({"kind": "stopped", "reason": self._mask.text(reason)})

    def begin(self) -> None:
        """A scenario begins."""
        self.exchanges = []

    def end(self, *, error: BaseException | None = None, reason: str = "", **scenario: Any) -> None:
        """A scenario has ended: write down how, with what was said in it. `error` is what it failed with."""
        if self._file is None:
            return
        said = [self._line(each, whole=error is not None) for each in self.exchanges]
        about = [name for side in ("refuses", "accepts", "checks") for name in scenario[side]]
        failed = self._failure(error, about) if error is not None else None
        told = {**scenario, "reason": self._mask.text(reason), "requests": self._requests, "failure": failed}
        self._write({"kind": "scenario", **told, "exchanges": said})
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

    def _failure(self, error: BaseException, about: Sequence[str]) -> dict[str, Any]:
        """What went wrong: by which check, what was expected, what came, and how to ask again.

        `about` are the rules and checks of its scenario, by which it is graded, too.
        """
        broken = error if isinstance(error, ContractBroken) else None
        last = self.exchanges[-1] if self.exchanges and not (broken and broken.check == ANSWERED) else None
        exchange = (broken.exchange if broken else None) or last
        level, met_by = grade(error, exchange, about)
        return {
            "grade": level,
            "met_by": self._mask.text(met_by),
            "check": broken.check if broken else type(error).__name__,
            "expected": _cut(self._mask.text(broken.expected), SENTENCE) if broken else "",
            "received": _cut(self._mask.text(broken.received if broken else str(error)), SENTENCE),
            "curl": _cut(self._mask.exchange(exchange).curl(), SENTENCE) if exchange else "",
            "at": _time(exchange) if exchange else "",
        }

    def _line(self, exchange: Exchange, *, whole: bool) -> dict[str, Any]:
        return {
            "at": _time(exchange),
            "seconds": round(exchange.seconds, 4),
            "method": exchange.method,
            "url": self._mask.url(exchange.url),
            "request_headers": self._mask.headers(exchange.request_headers),
            "request_body": self._named(exchange.request_body, free=True, whole=whole),
            "status": exchange.status,
            "headers": self._mask.headers(exchange.headers),
            "content": self._named(exchange.content, free=exchange.status >= 400, whole=whole),
            "rules": exchange.rules,
        }

    def _named(self, content: bytes, *, free: bool, whole: bool) -> str:
        """The name of a text, which is written down unless it has been before."""
        if not content:
            return ""
        key = blake2b(content, digest_size=16, key=b"free" if free else b"").digest(), whole
        name = self._names.get(key)
        if name is None:
            longest = LONGEST if whole or self._characters < ENOUGH else BEGINNING
            text = _cut(self._mask.body(content, free=free), longest)
            name = self._names[key] = sha256(text.encode()).hexdigest()[:12]
            if name not in self._written:
                self._written.add(name)
                self._characters += len(text)
                self._write({"kind": "text", "name": name, "text": text})
        return name

    def _write(self, line: dict[str, Any]) -> None:
        if self._file:
            self._file.write(to_json(line) + "\n")
            if line["kind"] != "text":  # they come with the line that names them
                self._file.flush()


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"


def _time(exchange: Exchange) -> str:
    return f"{exchange.at:%Y-%m-%dT%H:%M:%S.%fZ}"
