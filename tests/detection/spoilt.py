"""How many ways to spoil answers the contract tests find.

python -m tests.detection.spoilt [--edition register] [--only PATTERN] [--part 1/4] [--read-only] [--keep FILE]

A proxy stands before a sandbox and spoils its answers in one way. The scenarios that meet what is spoilt are told
through it, those that have found most so far first, until one fails: only reading; and, of what is not found so, with a
control API. `--keep` writes down what came of each, and what the file has already is not tried again.
"""

from __future__ import annotations

import argparse
import copy
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from contract_tests import detection_page
from contract_tests.config import Behaviour
from contract_tests.documents import ECF, EDITIONS
from contract_tests.target.local_sandbox import local_sandbox
from tests.detection.answers import Spoiling, chosen
from tests.detection.excuses import excuses
from tests.detection.host import Host
from tests.detection.outcomes import Outcome, Outcomes
from tests.detection.proxy import spoiling
from tests.detection.scenarios import Told, tell
from tests.detection.spoilings import ALL
from tests.detection.straight import Straight, straight

PAGE: Final = Path(__file__).parents[2] / "docs" / "detection.md"
PARTS: Final = {"ecf": "spoilings", "register": 'spoilings SPOILINGS="--edition register"'}
BEHAVIOURS: Final[Mapping[str, Behaviour]] = {"ecf": "documented", "register": "deployed"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it."""
    parser = argparse.ArgumentParser(
        prog="tests.detection.spoilt", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--edition", choices=EDITIONS, default=ECF, help="the edition that is tested")
    parser.add_argument("--only", default="", metavar="PATTERN", help="only these, by what they are called")
    parser.add_argument("--part", default="1/1", metavar="N/M", help="of these only every Mth, from the Nth on")
    parser.add_argument("--read-only", action="store_true", help="only by reading")
    parser.add_argument("--writes", action="store_true", help="only with a control API, found by reading or not")
    parser.add_argument("--share", type=float, default=1.0, metavar="SHARE", help="of the answers, by chance")
    parser.add_argument("--workers", type=int, default=2, metavar="N")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="where it is written down what came of each")
    parser.add_argument("--known", action="store_true", help="try nothing more: tell what the file has")
    parser.add_argument("--write", action="store_true", help="write the outcome to docs/detection.md")
    asked = parser.parse_args(arguments)
    first, step = map(int, asked.part.split("/"))
    tried = [each for each in ALL if re.search(asked.only, str(each))][first - 1 :: step]
    outcomes = Outcomes(asked.keep)
    left = [] if asked.known else [each for each in tried if _is_left(outcomes, each, asked)]
    if left:
        _try(left, outcomes, asked)
    names = list(map(str, tried))
    text = outcomes.told(names, excuses(asked.edition, names))
    print(text)
    if asked.write:
        detection_page.write(PAGE, PARTS[asked.edition], text)
    return 0


@dataclass
class Target:
    """A sandbox, and whoever tells scenarios of it in one of two ways: only reading, or with a control API."""

    host: Host
    url: str
    token: str
    behaviour: Behaviour
    writes: bool

    @cached_property
    def straight(self) -> Straight:
        """What is told when nothing is spoilt."""
        return straight(self.host, self.url, self.token, self.behaviour, read_only=not self.writes)

    def judged(self, way: Spoiling, share: float) -> Outcome:
        """What comes of one way to spoil answers, or such a share of them."""
        meeting, way = self.straight.meeting(way), copy.deepcopy(way)  # as some remember what they have seen
        if not meeting:
            return Outcome(str(way), self.writes, 0, "")
        with spoiling(self.url, chosen(way, share, 1) if share < 1 else way, way.heard) as proxy:
            results = tell(self.host, proxy.url, self.token, self.behaviour, meeting, read_only=not self.writes)
            failed = next((each for each in results if each.outcome == "failed"), None)
        if failed:
            self.straight.finds[failed.id] += 1
        return Outcome(str(way), self.writes, proxy.spoilt, _by(failed) if failed else "")


def _is_left(outcomes: Outcomes, way: Spoiling, asked: argparse.Namespace) -> bool:
    reading, writing = outcomes.of(str(way), writes=False), outcomes.of(str(way), writes=True)
    if asked.writes:
        return writing is None
    return reading is None or (reading.fate != "found" and writing is None and not asked.read_only)


def _try(left: Sequence[Spoiling], outcomes: Outcomes, asked: argparse.Namespace) -> None:
    host, behaviour = Host(asked.edition), BEHAVIOURS[asked.edition]
    with tempfile.TemporaryDirectory() as data, local_sandbox(Path(data), asked.edition) as (url, token):
        reading, writing = (Target(host, url, token, behaviour, writes) for writes in (False, True))

        def judge(way: Spoiling) -> None:
            for writes in (False, True):
                known = outcomes.of(str(way), writes=False)
                found = known is not None and known.fate == "found"
                is_wanted = (asked.writes or not (asked.read_only or found)) if writes else not (known or asked.writes)
                if is_wanted:
                    outcome = (writing if writes else reading).judged(way, asked.share)
                    print(outcome, flush=True)
                    outcomes.add(outcome)

        with ThreadPoolExecutor(asked.workers) as pool:
            list(pool.map(judge, left))
    host.close()


def _by(failed: Told) -> str:
    return f"{failed.check}: {failed.id}"


if __name__ == "__main__":
    sys.exit(main())
