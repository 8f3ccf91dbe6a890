"""When what may be declared of whom, and with what evidence: as far as there is anybody of whom it may."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

Window = tuple[date, date | None]  # the first day and the last, if there is one

TYPES: Final = ("started", "retained-1", "retained-2", "retained-3", "retained-4", "completed")
EXTENDED: Final = (*TYPES, "extended-1", "extended-2", "extended-3")
SCHEDULES: Final[Mapping[tuple[str, str], Mapping[str, Window]]] = {
    ("2024", "ecf-standard-september"): {
        "started": (date(2024, 6, 1), date(2024, 12, 31)),
        "retained-1": (date(2025, 1, 1), date(2025, 3, 31)),
        "retained-2": (date(2025, 4, 1), date(2025, 7, 31)),
        "retained-3": (date(2025, 8, 1), date(2025, 12, 31)),
        "retained-4": (date(2026, 1, 1), date(2026, 3, 31)),
        "completed": (date(2026, 4, 1), date(2026, 7, 31)),
    },
    ("2024", "ecf-reduced-september"): dict.fromkeys(TYPES, (date(2024, 9, 1), None)),
    ("2024", "ecf-extended-september"): dict.fromkeys(EXTENDED, (date(2024, 9, 1), None)),
    ("2025", "ecf-standard-september"): dict.fromkeys(TYPES, (date(2025, 7, 1), None)),
    ("2025", "ecf-extended-september"): dict.fromkeys(EXTENDED, (date(2025, 9, 1), None)),
}
LAST_DEADLINE: Final = date(2029, 6, 30)

ATTENDED: Final = frozenset({"training-event-attended", "self-study-material-completed", "other"})
DETAILED: Final = ATTENDED | {"materials-engaged-with-offline"}
ENGAGED: Final = frozenset({"75-percent-engagement-met", "75-percent-engagement-met-reduced-induction"})
COMPLETED: Final = ENGAGED | {"one-term-induction"}


def evidence_of(cohort: str, role: str, type: str) -> Collection[str | None]:
    """The evidence that will do; None is none."""
    if cohort < "2025":
        return (None,) if type == "started" else ATTENDED
    if type == "started":
        return (None, *DETAILED)
    if type == "completed":
        return COMPLETED if role == "ect" else ENGAGED
    return ENGAGED if type == "retained-2" else DETAILED
