"""The tables, and the indexes each is searched by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from sandbox.model import (
    ApiToken,
    Cohort,
    Conduct,
    ContractPeriod,
    Declaration,
    DeliveryPartner,
    IdChange,
    InductionPeriod,
    LeadProvider,
    Mentorship,
    Participant,
    Partnership,
    Placement,
    ProviderRelationship,
    Record,
    Schedule,
    School,
    SchoolCohort,
    SchoolFunding,
    SchoolPeriod,
    Statement,
    Teacher,
    TrainingPeriod,
    TrainingRecord,
    World,
)


@dataclass(frozen=True, slots=True, init=False)
class Index:
    """Fields a table is searched by; `unique` allows one record per combination, of those `where` holds for."""

    fields: tuple[str, ...]
    unique: bool
    where: Callable[[Any], bool] | None

    def __init__(self, *fields: str, unique: bool = False, where: Callable[[Any], bool] | None = None) -> None:
        object.__setattr__(self, "fields", fields)
        object.__setattr__(self, "unique", unique)
        object.__setattr__(self, "where", where)


class Table(msgspec.Struct, frozen=True):
    """Where records of one kind are kept. `name` is the table's name in the TinyDB file."""

    name: str
    kind: type[Record]
    indexes: tuple[Index, ...] = ()


TABLES: Final = (
    Table("world", World),
    Table("conduct", Conduct),
    Table("lead_providers", LeadProvider),
    Table("api_tokens", ApiToken, (Index("lead_provider_id"),)),
    Table("delivery_partners", DeliveryPartner),
    Table(
        "provider_relationships",
        ProviderRelationship,
        (Index("lead_provider_id"), Index("lead_provider_id", "delivery_partner_id", "cohort", unique=True)),
    ),
    Table("cohorts", Cohort),
    Table("schedules", Schedule, (Index("cohort"),)),
    Table("statements", Statement, (Index("lead_provider_id", "cohort"), Index("lead_provider_id"))),
    Table("schools", School, (Index("urn", unique=True),)),
    Table(
        "partnerships",
        Partnership,
        (Index("lead_provider_id"), Index("school_id", "cohort"), Index("delivery_partner_id")),
    ),
    Table("participants", Participant, (Index("trn"),)),
    Table("id_changes", IdChange, (Index("from_participant_id", unique=True), Index("to_participant_id"))),
    Table("training_records", TrainingRecord, (Index("participant_id"),)),
    Table(
        "placements",
        Placement,
        (
            Index("participant_id"),
            Index("training_record_id"),
            Index("lead_provider_id"),
            Index("partnership_id"),
            Index("mentor_id"),
            Index("school_id"),
        ),
    ),
    Table(
        "declarations",
        Declaration,
        (
            Index("participant_id"),
            Index("lead_provider_id"),
            Index("training_period_id"),
            Index("statement_id"),
            Index("clawback_statement_id"),
            Index(
                "participant_id",
                "course_identifier",
                "declaration_type",
                unique=True,
                where=lambda declaration: declaration.is_live,
            ),
        ),
    ),
    Table("contract_periods", ContractPeriod),
    Table("school_fundings", SchoolFunding),
    Table("school_cohorts", SchoolCohort, (Index("school_id"), Index("cohort"))),
    Table("teachers", Teacher, (Index("trn"),)),
    Table("school_periods", SchoolPeriod, (Index("teacher_id"), Index("school_id"))),
    Table(
        "training_periods",
        TrainingPeriod,
        (
            Index("teacher_id"),
            Index("school_period_id"),
            Index("school_id"),
            Index("lead_provider_id"),
            Index("partnership_id"),
        ),
    ),
    Table(
        "mentorships",
        Mentorship,
        (Index("ect_period_id"), Index("mentor_period_id"), Index("ect_id"), Index("mentor_id")),
    ),
    Table("induction_periods", InductionPeriod, (Index("teacher_id"),)),
)
