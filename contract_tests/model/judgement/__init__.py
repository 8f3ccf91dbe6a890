"""What a provider may not do: by which rules it is refused, over what, in which order."""

from contract_tests.model.judgement.declarations import declaring, evidence_allowed, rival, schedule_declared, voiding
from contract_tests.model.judgement.partnerships import changing_partner, confirming
from contract_tests.model.judgement.schedules import SCHEDULES, changing_schedule, partnership_in
from contract_tests.model.judgement.subjects import Ambiguous, Refusal, Subject, subject
from contract_tests.model.judgement.training import (
    DEFERRAL_REASONS,
    WITHDRAWAL_REASONS,
    deferring,
    resuming,
    withdrawing,
)

__all__ = [
    "DEFERRAL_REASONS",
    "SCHEDULES",
    "WITHDRAWAL_REASONS",
    "Ambiguous",
    "Refusal",
    "Subject",
    "changing_partner",
    "changing_schedule",
    "confirming",
    "declaring",
    "deferring",
    "evidence_allowed",
    "partnership_in",
    "resuming",
    "rival",
    "schedule_declared",
    "subject",
    "voiding",
    "withdrawing",
]
