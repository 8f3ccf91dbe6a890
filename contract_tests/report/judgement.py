"""The verdict: whether the contract is kept, and how far that can be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

EXIT_STATUS: Final = {"kept": 0, "broken": 1, "incomplete": 2}


def verdict(
    totals: Mapping[str, int],
    failures: Sequence[Mapping[str, Any]],
    unanswered: Sequence[str],
    stopped: Sequence[str],
    covered: Mapping[str, Mapping[str, int]],
) -> dict[str, Any]:
    """The result, the exit status, and one sentence for whoever reads no further."""
    result, sentence = _judged(totals, failures, unanswered, stopped, covered)
    return {"result": result, "exit_status": EXIT_STATUS[result], "sentence": sentence}


def _judged(
    totals: Mapping[str, int],
    failures: Sequence[Mapping[str, Any]],
    unanswered: Sequence[str],
    stopped: Sequence[str],
    covered: Mapping[str, Mapping[str, int]],
) -> tuple[str, str]:
    if failures:
        over = sorted({name for failure in failures for name in failure["rules"] or [failure["check"]]})
        named = ", ".join(over[:3]) + (f" and {len(over) - 3} more" if len(over) > 3 else "")
        early = "" if not stopped else " The run ended early, so there may be more."
        number, all_of_them = totals["failed"], totals["scenarios"]
        return "broken", f"The contract is broken: {number} of {all_of_them} scenarios failed, over {named}.{early}"
    if stopped:
        return "incomplete", f"There is no verdict, as the run ended early: {stopped[0]}"
    if not totals["passed"]:
        return "incomplete", "There is no verdict: nothing that was asked for could be tested."
    if unanswered:
        named = ", ".join(unanswered[:3]) + (f" and {len(unanswered) - 3} more" if len(unanswered) > 3 else "")
        return "incomplete", f"There is no verdict: nothing failed, but never answered with success {named}."
    refused, accepted = covered["refused"], covered["accepted"]
    return (
        "kept",
        f"The contract is kept: {totals['passed']} scenarios passed and none failed. Rules seen to refuse: "
        f"{refused['seen']} of {refused['of']}; to accept: {accepted['seen']} of {accepted['of']}.",
    )
