"""Declarations, and the states they go through."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

import msgspec

from sandbox.model.record import Record

DeclarationState = Literal[
    "submitted",
    "eligible",
    "payable",
    "paid",
    "voided",
    "ineligible",
    "awaiting_clawback",
    "clawed_back",
]

BILLABLE: Final = frozenset({"eligible", "payable", "paid"})
LIVE: Final = BILLABLE | {"submitted"}


class DeclarationChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A state a declaration came to, when, and the statement that held it then."""

    state: DeclarationState
    at: datetime
    statement_id: str | None = None


class Declaration(Record, frozen=True, kw_only=True):
    """A provider's word that someone reached a milestone, and what has become of it.

    `training_period_id` is the training that it is about, in an edition that keeps such records.
    """

    participant_id: str
    training_record_id: str
    training_period_id: str | None = None
    lead_provider_id: str
    declaration_type: str
    declaration_date: datetime
    course_identifier: str
    cohort: str
    evidence_held: str | None = None
    delivery_partner_id: str | None = None
    mentor_id: str | None = None
    pupil_premium_uplift: bool = False
    sparsity_uplift: bool = False
    state: DeclarationState
    statement_id: str | None = None
    clawback_statement_id: str | None = None
    ineligible_for_funding_reason: str | None = None
    history: tuple[DeclarationChange, ...] = ()
    created_at: datetime
    updated_at: datetime

    @property
    def is_live(self) -> bool:
        """True while it stands in the way of another one for the same milestone."""
        return self.state in LIVE

    @property
    def is_billable(self) -> bool:
        """True while it is, or will be, paid for."""
        return self.state in BILLABLE
