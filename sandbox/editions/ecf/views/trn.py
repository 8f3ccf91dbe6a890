"""The TRN of someone who trains."""

from __future__ import annotations

from sandbox.model import Participant, TrainingRecord


def shown_trn(person: Participant, record: TrainingRecord) -> str | None:
    """The verified TRN, else the one the person gave; None while they have still to give their details."""
    return None if record.validation_status == "contacted_for_information" else person.trn


def is_validated(person: Participant, record: TrainingRecord) -> bool | None:
    """True once the TRN is verified; None while there is none."""
    return None if shown_trn(person, record) is None else record.trn_validated
