"""What a provider must hold to show that a participant took part."""

from __future__ import annotations

from typing import Final

ATTENDED: Final = ("training-event-attended", "self-study-material-completed", "other")
DETAILED: Final = (
    "training-event-attended",
    "self-study-material-completed",
    "materials-engaged-with-offline",
    "other",
)
ENGAGED: Final = ("75-percent-engagement-met", "75-percent-engagement-met-reduced-induction")
COMPLETED: Final = (*ENGAGED, "one-term-induction")


def allowed(declaration_type: str, *, mentor: bool, detailed: bool) -> tuple[str, ...]:
    """The evidence a declaration may name; none when none is called for and what was sent is dropped.

    `detailed` is true of the cohorts with detailed evidence, 2025 on.
    """
    if not detailed:
        return () if declaration_type == "started" else ATTENDED
    if declaration_type == "completed":
        return ENGAGED if mentor else COMPLETED
    return ENGAGED if declaration_type == "retained-2" else DETAILED


def needed(declaration_type: str) -> bool:
    """Every declaration but `started` needs evidence."""
    return declaration_type != "started"
