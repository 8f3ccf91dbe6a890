"""The verdict: whether the contract is kept, and how far that can be said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

EXIT_STATUS: Final = {"kept": 0, "broken": 1, "incomplete": 2}
MOST_NAMED: Final = 3


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What a run came to.

    `stopped` says why it ended early, `left_out` counts the scenarios for which there was no time, `coverage` what was
    seen `of` what could be, and `wanted` the least share of that; `strict` when what is fragile is broken, too.
    """

    totals: Mapping[str, int]
    failures: Sequence[Mapping[str, Any]]
    unanswered: Sequence[str]
    stopped: Sequence[str]
    rules: Mapping[str, Mapping[str, int]]
    coverage: Mapping[str, Mapping[str, int]]
    wanted: Mapping[str, float] = field(default_factory=dict)
    left_out: int = 0
    strict: bool = False

    @property
    def breaks(self) -> list[Mapping[str, Any]]:
        """The failures that break the contract."""
        return [each for each in self.failures if self.strict or each["grade"] == "broken"]

    @property
    def fragile(self) -> list[Mapping[str, Any]]:
        """Those that do not."""
        return [each for each in self.failures if each["grade"] == "fragile" and not self.strict]


def verdict(found: Findings, exit_status: int | None = None) -> dict[str, Any]:
    """The result, the exit status, unless another is given, and one sentence or more for whoever reads no further."""
    result, sentence = _judged(found)
    status = EXIT_STATUS[result] if exit_status is None else exit_status
    return {"result": result, "exit_status": status, "sentence": sentence}


def _judged(found: Findings) -> tuple[str, str]:
    if found.breaks:
        return "broken", " ".join(_broken(found))
    if lacking := next(_lacking(found), ""):
        return "incomplete", f"There is no verdict{lacking}"
    return "kept", " ".join(_kept(found))


def _broken(found: Findings) -> Iterator[str]:
    number, all_of_them = len(found.breaks), found.totals["scenarios"]
    yield f"The contract is broken: {number} of {all_of_them} scenarios failed, over {_over(found.breaks)}."
    if found.fragile:
        yield f"{_are(len(found.fragile))} only fragile, over {_over(found.fragile)}."
    if found.stopped:
        yield "The run ended early, so there may be more."
    yield from _left_out(found)


def _lacking(found: Findings) -> Iterator[str]:
    """What keeps a run in which nothing is broken from a verdict."""
    if found.stopped:
        yield f", as the run ended early: {found.stopped[0]}"
    if not found.totals["passed"]:
        yield " ".join((": nothing that was asked for could be tested.", *_left_out(found)))
    if found.unanswered and not found.left_out:
        yield f": nothing failed, but never answered with success {_named(found.unanswered)}."
    for name, least in found.wanted.items():
        seen, of = found.coverage[name]["seen"], found.coverage[name]["of"]
        if seen < least * of:
            yield f": --min-coverage wants {least:.0%} of the {name} seen, and it was {seen} of {of}." + "".join(
                f" {sentence}" for sentence in _left_out(found)
            )


def _kept(found: Findings) -> Iterator[str]:
    refused, accepted = found.rules["refused"], found.rules["accepted"]
    but = "none failed" if not found.fragile else "nothing is broken"
    yield f"The contract is kept: {found.totals['passed']} scenarios passed and {but}."
    if found.fragile:
        yield f"{_are(len(found.fragile))} fragile, over {_over(found.fragile)}."
    yield (
        f"Rules seen to refuse: {refused['seen']} of {refused['of']}; "
        f"to accept: {accepted['seen']} of {accepted['of']}."
    )
    yield from _left_out(found)
    if found.left_out and found.unanswered:
        yield f"Not seen to answer with success: {_named(found.unanswered)}."


def _left_out(found: Findings) -> Iterator[str]:
    if found.left_out:
        planned = found.totals["scenarios"] + found.left_out
        yield f"{found.left_out} of {planned} scenarios were left out, as the time of --max-time was over."


def _over(failures: Sequence[Mapping[str, Any]]) -> str:
    return _named(sorted({name for failure in failures for name in failure["rules"] or [failure["check"]]}))


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more


def _are(number: int) -> str:
    return "1 is" if number == 1 else f"{number} are"
