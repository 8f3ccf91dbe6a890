"""Who may not be deferred, resume, or be withdrawn."""

from __future__ import annotations

from typing import Final

from contract_tests.model.judgement.subjects import Refusal, Subject, refusal
from contract_tests.model.register import Register

DEFERRAL_REASONS: Final = ("bereavement", "long-term-sickness", "parental-leave", "career-break", "other")


WITHDRAWAL_REASONS: Final = (
    "left-teaching-profession",
    "moved-school",
    "mentor-no-longer-being-mentor",
    "switched-to-school-led",
    "other",
)


def deferring(whom: Subject, reason: str) -> Refusal | None:
    """Whether somebody cannot be deferred."""
    breaches = list(whom.breaches())
    if reason not in DEFERRAL_REASONS:
        breaches.append(("defer.reason", "reason"))
    said = whom.placement.said.status if whom.placement else "active"
    if said != "active":
        breaches.append((f"defer.not-{said}", "participant_profile"))
    return refusal(breaches)


def resuming(whom: Subject) -> Refusal | None:
    """Whether somebody cannot resume."""
    breaches = list(whom.breaches())
    if whom.placement is not None and whom.placement.said.status == "active":
        breaches.append(("resume.was-paused", "participant_profile"))
    return refusal(breaches)


def withdrawing(register: Register, whom: Subject, reason: str) -> Refusal | None:
    """Whether somebody cannot be withdrawn."""
    breaches = list(whom.breaches())
    allowed = WITHDRAWAL_REASONS if register.deployed else (*WITHDRAWAL_REASONS, "school-left-fip")
    if whom.training is not None and reason not in allowed:
        breaches.append(("withdraw.reason", "reason"))
    declared = register.declared_of(whom.placement.training) if whom.placement else []
    if not register.deployed and whom.placement and not any(each.type == "started" for each in declared):
        breaches.append(("withdraw.needs-started", "participant_id"))
    if whom.placement is not None and whom.placement.said.status == "withdrawn":
        breaches.append(("withdraw.not-withdrawn", "participant_profile"))
    return refusal(breaches)
