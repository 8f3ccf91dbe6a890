"""What the rules of declaring look at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from sandbox.model import (
    Cohort,
    Declaration,
    Milestone,
    Participant,
    Placement,
    Schedule,
    Statement,
    TrainingRecord,
)
from sandbox.rules import evidence
from sandbox.rules.requests import DeclarationRequest


class DeclarationFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the rules of declaring look at.

    `declared_at` is the declaration date as a time, when it can be read as one, and `is_well_written`
    says whether it is written as one. `participant` is None when the provider
    knows none; `awaiting_validation` says that this is only because the DfE has not validated them yet. `record` is
    None when no training record fits the course; `placements` are that record's with the provider, newest first.
    `withdrawn_at` is when the provider withdrew them. `schedule`, its `milestones` and what follows from it are what
    the declaration is judged by.
    """

    now: datetime
    request: DeclarationRequest
    declared_at: datetime | None = None
    is_well_written: bool = False
    withdrawn_at: datetime | None = None
    participant: Participant | None = None
    awaiting_validation: bool = False
    record: TrainingRecord | None = None
    placements: Sequence[Placement] = ()
    schedule: Schedule | None = None
    milestones: Sequence[Milestone] = ()
    cohort: Cohort | None = None
    open_statement: Statement | None = None
    rival: Declaration | None = None
    same_person: Declaration | None = None

    @property
    def placement(self) -> Placement | None:
        """The newest placement with the provider."""
        return self.placements[0] if self.placements else None

    @property
    def milestone(self) -> Milestone | None:
        """The milestone of the participant's schedule that the declaration is for."""
        wanted = self.request.declaration_type
        return next((milestone for milestone in self.milestones if milestone.declaration_type == wanted), None)

    @property
    def allowed_evidence(self) -> tuple[str, ...]:
        """The evidence this declaration may name; none when none is called for."""
        if self.request.declaration_type is None or self.record is None or self.cohort is None:
            return ()
        return evidence.allowed(
            self.request.declaration_type,
            mentor=self.record.participant_type == "mentor",
            detailed=self.cohort.detailed_evidence,
        )

    @property
    def evidence_choices(self) -> str:
        """The allowed evidence as a message lists it."""
        return ", ".join(self.allowed_evidence)

    @property
    def evidence_kept(self) -> str | None:
        """The evidence as it is stored: dropped where none is called for, and empty where it was blank."""
        sent = self.request.evidence_held if self.allowed_evidence else None
        return "" if sent is not None and sent.isspace() else sent

    @property
    def declarable_types(self) -> str:
        """The types the participant's schedule has milestones for, as a message lists them."""
        return ", ".join(milestone.declaration_type for milestone in self.milestones)

    @property
    def trains_that_day(self) -> bool:
        """True when, at the declaration date, a placement lasts from which the provider has not withdrawn them."""
        at = self.declared_at
        return at is not None and any(p.lasts_at(at) and not self._is_withdrawn(p) for p in self.placements)

    def _is_withdrawn(self, placement: Placement) -> bool:
        """True for a placement from which the provider has withdrawn them, unless that is dated before any began."""
        withdrawn_at = placement.training.at
        if placement.training.status != "withdrawn" or withdrawn_at is None:
            return False
        return any(each.starts_at <= withdrawn_at for each in self.placements)
