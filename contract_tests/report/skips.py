"""Why scenarios were skipped, in few sentences: what many have in common is said once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from contract_tests.errors import Unavailable

LACKING: Final = Unavailable("").reason  # how a reason begins that says what the target has not
LACKS: Final = "the target lacks what it needs"


def skips(scenarios: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each reason with how many scenarios it is of, the most frequent first; what was lacking, by itself."""
    found: dict[str, Counter[str]] = {}
    for scenario in scenarios:
        if scenario["outcome"] == "skipped":
            reason, detail = _told(scenario["reason"])
            found.setdefault(reason, Counter())[detail] += 1
    rows = [
        {
            "reason": reason,
            "scenarios": details.total(),
            "details": [{"detail": detail, "scenarios": each} for detail, each in details.most_common() if detail],
        }
        for reason, details in found.items()
    ]
    return sorted(rows, key=lambda row: -int(row["scenarios"]))


def _told(reason: str) -> tuple[str, str]:
    """A reason and what is particular about it. Which request it was, is in the scenario."""
    if reason.startswith(LACKING):
        return LACKS, reason.removeprefix(LACKING)
    return re.sub(r" \([A-Z]+ /\S*\)$", "", reason), ""
