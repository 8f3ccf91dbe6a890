"""What each scenario asks and is answered when nothing is spoilt: so it is known who meets which way to spoil answers.

A way that spoils nothing of it need not be tried, and one that a few scenarios meet is told to those alone.
"""

from __future__ import annotations

import copy
import re
import socketserver
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Thread
from typing import Final

from contract_tests.config import Behaviour
from tests.detection.answers import Answer, Question, Spoiling
from tests.detection.host import Host
from tests.detection.proxy import spoiling
from tests.detection.scenarios import Told, tell

OVERHEAD: Final = 0.02  # seconds of any scenario, however little it asks
BEFORE: Final = ""  # whoever asks before the first scenario: whatever is told, that is asked


@dataclass
class Straight:
    """The scenarios that were told, what passed in each, and how many ways each has found so far."""

    told: Sequence[Told]
    in_one_world: bool
    passed: dict[str, list[Question | Answer]]
    finds: Counter[str] = field(default_factory=Counter)

    def meeting(self, way: Spoiling) -> list[str]:
        """Who is answered what can be spoilt so: those first that have found most in the time that they take.

        Of a way that remembers, where they share a world, whoever asks for its like, in the order of the scenarios.
        """
        other = copy.deepcopy(way)  # as some remember what they have seen
        met = {name for name, passed in self.passed.items() if any(_is_spoilt(other, each) for each in passed)}
        if met and other != way and self.in_one_world:  # to them it matters who asked what before
            met = {name for name, passed in self.passed.items() if any(re.search(way.where, e.path) for e in passed)}
            return [each.id for each in self.told if each.outcome == "passed" and each.id in met]
        fit = [each for each in self.told if each.outcome == "passed" and (each.id in met or BEFORE in met)]
        return [each.id for each in sorted(fit, key=self._cost)]

    def _cost(self, scenario: Told) -> float:
        """How long one finding has taken, about."""
        return (scenario.seconds + OVERHEAD) / (self.finds[scenario.id] + 1)


def straight(host: Host, url: str, token: str, behaviour: Behaviour, *, read_only: bool) -> Straight:
    """Tell everything once with nothing spoilt, and keep what passes."""
    passed: dict[str, list[Question | Answer]] = {BEFORE: []}
    bodies: dict[bytes, bytes] = {}
    current = passed[BEFORE]

    def begin(name: str) -> None:
        nonlocal current
        current = passed.setdefault(name, [])

    def ask(question: Question) -> None:
        current.append(question)

    def answer(answer: Answer) -> None:
        current.append(replace(answer, body=bodies.setdefault(answer.body, answer.body)))

    with _listening(begin) as listener, spoiling(url, answer, ask) as proxy:
        told = tell(host, proxy.url, token, behaviour, read_only=read_only, stop=False, listener=listener)
    return Straight(told, read_only, passed)


def _is_spoilt(way: Spoiling, passed: Question | Answer) -> bool:
    return (way.heard(passed) if isinstance(passed, Question) else way(passed)) is not None


@contextmanager
def _listening(begin: Callable[[str], object]) -> Iterator[str]:
    """A socket on which it is said which scenario begins."""

    class Said(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            for line in self.rfile:
                begin(line.decode().strip())
                self.wfile.write(b"\n")

    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder, "listener"))
        with socketserver.ThreadingUnixStreamServer(place, Said) as server:
            server.daemon_threads = True
            Thread(target=server.serve_forever, daemon=True).start()
            try:
                yield place
            finally:
                server.shutdown()
