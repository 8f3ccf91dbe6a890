"""How many ways to spoil answers the contract tests find.

python -m tests.detection.spoilt [--only PATTERN] [--read-only | --writes] [--share 0.3] [--write]

A proxy stands before a sandbox and spoils its answers in one way. The scenarios are told through it, those that look at
answers as such first, until one fails: only reading, and with a control API.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from contract_tests import detection_page
from contract_tests.config import Behaviour
from contract_tests.target.local_sandbox import local_sandbox
from tests.detection.answers import Spoiling, chosen
from tests.detection.host import Host
from tests.detection.proxy import spoiling
from tests.detection.scenarios import Told, tell
from tests.detection.spoilings import ALL

PAGE: Final = Path(__file__).parents[2] / "docs" / "detection.md"
UNFIT: Final = ": the run"  # ended before its first scenario: what answers so is not taken for the API
BEHAVIOUR: Final[Behaviour] = "documented"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a way to spoil answers: in how many, and by what it was found."""

    spoiling: Spoiling
    writes: bool
    spoilt: int
    by: str

    @property
    def fate(self) -> str:
        """Found, missed, or never met."""
        return "found" if self.by else "missed" if self.spoilt else "not met"

    def __str__(self) -> str:
        how = "with a control API" if self.writes else "only reading"
        return f"{self.fate:8} {self.spoiling}, {how}: {self.spoilt} spoilt | {self.by}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it."""
    parser = argparse.ArgumentParser(
        prog="tests.detection.spoilt", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", metavar="PATTERN", help="only these, by what they are called")
    parser.add_argument("--read-only", action="store_true", help="only by reading")
    parser.add_argument("--writes", action="store_true", help="only with a control API")
    parser.add_argument("--share", type=float, default=1.0, metavar="SHARE", help="of the answers, by chance")
    parser.add_argument("--workers", type=int, default=2, metavar="N")
    parser.add_argument("--write", action="store_true", help="write the outcome to docs/detection.md")
    asked = parser.parse_args(arguments)
    tried = [each for each in ALL if re.search(asked.only, str(each))]
    ways = [
        writes for writes in (False, True) if not (asked.read_only and writes) and not (asked.writes and not writes)
    ]
    host = Host()
    with tempfile.TemporaryDirectory() as data, local_sandbox(Path(data)) as (url, token):

        def outcome(job: tuple[Spoiling, bool]) -> Outcome:
            found = judged(host, url, token, *job, asked.share)
            print(found, flush=True)
            return found

        with ThreadPoolExecutor(asked.workers) as pool:
            outcomes = list(pool.map(outcome, [(each, writes) for writes in ways for each in tried]))
    host.close()
    text = told(outcomes)
    print(text)
    if asked.write:
        detection_page.write(PAGE, "spoilings", text)
    return 0


def judged(host: Host, url: str, token: str, way: Spoiling, writes: bool, share: float) -> Outcome:
    """What comes of one way to spoil answers."""
    with spoiling(url, chosen(way, share, 1) if share < 1 else way) as proxy:
        results = tell(host, proxy.url, token, BEHAVIOUR, read_only=not writes)
        failed = next((each for each in results if each.outcome == "failed"), None)
        return Outcome(way, writes, proxy.spoilt, _by(failed) if failed else "")


def told(outcomes: Sequence[Outcome]) -> str:
    """The rates, and what was missed."""
    lines = []
    for writes in (False, True):
        met = [each for each in outcomes if each.writes == writes and each.fate != "not met"]
        found = [each for each in met if each.fate == "found"]
        if met:
            how = "With a control API" if writes else "Only reading"
            lines.append(f"{how}, {len(found)} of {len(met)} ways to spoil answers were found: ")
            lines.append(f"**{len(found) / len(met):.1%}**.")
            unfit = sum(each.by.endswith(UNFIT) for each in found)
            if unfit:
                lines.append(f"Of these {unfit} left nothing that could be tested, which is said at once (exit 2).")
    missed = [f"- {str(each).partition(': ')[0].split(maxsplit=1)[1]}" for each in outcomes if each.fate == "missed"]
    return "\n".join([*lines, "", *(["Missed:", "", *missed] if missed else [])])


def _by(failed: Told) -> str:
    return f"{failed.check}: {failed.id}"


if __name__ == "__main__":
    sys.exit(main())
