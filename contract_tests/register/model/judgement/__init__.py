"""What is refused: by which rules, and over which attributes, in which order."""

from contract_tests.register.model.judgement.declaring import TYPES, Claim, declaring, evidence_taken, voiding
from contract_tests.register.model.judgement.partnerships import changing_partner, partnering
from contract_tests.register.model.judgement.refusal import Refusal, not_there, role_of
from contract_tests.register.model.judgement.schedules import SCHEDULES, partnership_to_use, rescheduling
from contract_tests.register.model.judgement.training import DEFERRED_FOR, WITHDRAWN_FOR, pausing, resuming

__all__ = [
    "DEFERRED_FOR",
    "SCHEDULES",
    "TYPES",
    "WITHDRAWN_FOR",
    "Claim",
    "Refusal",
    "changing_partner",
    "declaring",
    "evidence_taken",
    "not_there",
    "partnering",
    "partnership_to_use",
    "pausing",
    "rescheduling",
    "resuming",
    "role_of",
    "voiding",
]
