"""What came of each way to spoil answers, kept in a file, so that a long run may be made in parts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from tests.detection.excuses import Excuse

UNFIT: Final = ": the run"  # ended before its first scenario: what answers so is not taken for the API


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a way to spoil answers: how many were, and by what it was found."""

    way: str
    writes: bool
    spoilt: int
    by: str

    @property
    def fate(self) -> str:
        """Found, missed, or never met."""
        return "found" if self.by else "missed" if self.spoilt else "not met"

    def __str__(self) -> str:
        how = "with a control API" if self.writes else "only reading"
        return f"{self.fate:8} {self.way}, {how}: {self.spoilt} spoilt | {self.by}"


class Outcomes:
    """All that are known: those of the file, if there is one, and those of this run."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        lines = file.read_text("utf-8").splitlines() if file and file.exists() else []
        self._known = {(each.way, each.writes): each for each in (Outcome(**json.loads(line)) for line in lines)}

    def add(self, outcome: Outcome) -> None:
        """One more, written down at once."""
        self._known[outcome.way, outcome.writes] = outcome
        if self._file:
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(outcome), ensure_ascii=False) + "\n")

    def of(self, way: str, *, writes: bool) -> Outcome | None:
        """What came of it, if it was tried so."""
        return self._known.get((way, writes))

    def told(self, ways: Iterable[str], excused: Mapping[str, Excuse]) -> str:
        """The rates, and what was missed by reading alone, or at all; and why, where that is known."""
        known_ways = list(ways)
        harmless = {way for way, excuse in excused.items() if excuse.is_no_fault}
        counted = [way for way in known_ways if way not in harmless]
        tried = [way for way in counted if self.of(way, writes=False) or self.of(way, writes=True)]
        reading = [each for way in tried if (each := self.of(way, writes=False))]
        met = [each for each in reading if each.fate != "not met"]
        lines = [] if len(tried) == len(counted) else [f"Tried were {len(tried)} of {len(counted)} ways."]
        lines += [_rate("Only reading", met)] if met else []
        readable = [each for each in met if each.fate == "found" or each.way not in excused]
        if len(readable) < len(met):
            what = f"Nothing else that is read tells of {len(met) - len(readable)} of those missed; without them"
            lines.append(_rate(what, readable))
        unmet = len(reading) - len(met)
        if unmet:
            lines.append(f"Of {unmet} others nothing that is read is spoilt.")
        unfit = sum(each.by.endswith(UNFIT) for each in met)
        if unfit:
            lines.append(f"Of those found {unfit} left nothing that could be tested, which is said at once (exit 2).")
        if harmless:
            lines.append(f"{len(harmless)} break no rule of this edition, and count neither way.")
        best = [self.of(way, writes=True) or self.of(way, writes=False) for way in tried]
        known = [each for each in best if each and each.fate != "not met"]
        if any(each.writes for each in known):
            lines += ["", _rate("With a control API as well, which was tried of the others", known)]
        rows = [row for way in tried if (row := self._row(way, excused.get(way)))]
        if rows:
            table = "| Missed only reading | With a control API | Why nobody reads it |\n|---|---|---|\n"
            lines += ["", table + "\n".join(rows)]
        return "\n".join(lines)

    def _row(self, way: str, excuse: Excuse | None) -> str:
        reading, writing = self.of(way, writes=False), self.of(way, writes=True)
        if (reading and reading.fate == "found") or not (writing or (reading and reading.spoilt)):
            return ""
        is_met = not reading or bool(reading.spoilt)
        if not is_met and not (writing and writing.fate == "missed"):
            return ""  # what is never read is not missed by reading
        by = f"found: `{writing.by.partition(':')[0]}`" if writing and writing.by else writing.fate if writing else ""
        name = way.replace("|", "\\|")
        return f"| `{name}`{'' if is_met else ', not met'} | {by} | {excuse.why if excuse and is_met else ''} |"


def _rate(how: str, met: Sequence[Outcome]) -> str:
    found = sum(each.fate == "found" for each in met)
    return f"{how}, {found} of {len(met)} ways to spoil answers were found: **{found / len(met):.1%}**."
