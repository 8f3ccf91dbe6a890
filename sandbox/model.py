"""The records: what has to be remembered for the API to answer as the service does.

Every record is frozen: a change is a new record put in place of the old one. Dates are UTC calendar days,
times are timezone-aware UTC. Cohorts are named by their start year, as text ("2021"), as on the wire.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, Literal

import msgspec

Behaviour = Literal["documented", "deployed"]
ParticipantType = Literal["ect", "mentor"]
TrainingStatus = Literal["active", "deferred", "withdrawn"]
InductionStatus = Literal["active", "leaving", "withdrawn", "changed", "completed"]
ValidationStatus = Literal[
    "contacted_for_information",
    "dfe_checking_eligibility",
    "checking_qts",
    "not_eligible_for_funded_training",
    "eligible_to_start",
]
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
StatementState = Literal["open", "payable", "paid"]

BILLABLE: Final = frozenset({"eligible", "payable", "paid"})
LIVE: Final = BILLABLE | {"submitted"}
UNVALIDATED: Final = frozenset({"contacted_for_information", "dfe_checking_eligibility"})
COURSES: Final[dict[ParticipantType, str]] = {"ect": "ecf-induction", "mentor": "ecf-mentor"}


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Anything the store keeps, found by its id."""

    id: str


class World(Record, frozen=True, kw_only=True):
    """What one world was made of: the only record of its kind, with the id "world".

    Its clock stood at `starts_at` when the wall clock stood at `began_at`, and has run with it since.
    """

    scenario: str
    behaviour: Behaviour
    starts_at: datetime
    began_at: datetime


class LeadProvider(Record, frozen=True, kw_only=True):
    """An organisation paid to train teachers; each bearer token belongs to one."""

    name: str


class ApiToken(Record, frozen=True, kw_only=True):
    """A lead provider's bearer token. Its id is the SHA-256 of the token: the token itself is not kept."""

    lead_provider_id: str
    revoked_at: datetime | None = None


class DeliveryPartner(Record, frozen=True, kw_only=True):
    """An organisation that delivers training for a lead provider."""

    name: str
    created_at: datetime
    updated_at: datetime


class ProviderRelationship(Record, frozen=True, kw_only=True):
    """A lead provider works with a delivery partner in one cohort."""

    lead_provider_id: str
    delivery_partner_id: str
    cohort: str


class Cohort(Record, frozen=True, kw_only=True):
    """The people who begin in one academic year; its id is the start year."""

    registration_opens: date
    academic_year_starts: date
    payments_frozen_at: datetime | None = None
    mentor_funding: bool = False
    detailed_evidence: bool = False

    def frozen_at(self, now: datetime) -> bool:
        """True once the DfE has closed this cohort for payments."""
        return self.payments_frozen_at is not None and self.payments_frozen_at <= now


class Milestone(msgspec.Struct, frozen=True, kw_only=True):
    """When a declaration of one type may be dated. Without `ends` there is no last day."""

    declaration_type: str
    starts: date
    ends: date | None = None
    payment: date | None = None
    behaviour: Behaviour | None = None


class Schedule(Record, frozen=True, kw_only=True):
    """A training calendar of one cohort. Its id is "2021/ecf-standard-september"."""

    identifier: str
    cohort: str
    courses: tuple[str, ...]
    milestones: tuple[Milestone, ...]

    @property
    def is_standard(self) -> bool:
        """Only schedules named "standard" have a last day for their milestones."""
        return "standard" in self.identifier

    def milestone(self, declaration_type: str | None, behaviour: Behaviour) -> Milestone | None:
        """The milestone a declaration of this type belongs to, if the schedule has one."""
        for milestone in self.milestones:
            if milestone.declaration_type == declaration_type and milestone.behaviour in (None, behaviour):
                return milestone
        return None


class Statement(Record, frozen=True, kw_only=True):
    """What the DfE pays one provider for one cohort in one month."""

    lead_provider_id: str
    cohort: str
    year: int
    month: int
    deadline: date
    payment_date: date
    output: bool
    state: StatementState = "open"
    created_at: datetime
    updated_at: datetime


class School(Record, frozen=True, kw_only=True):
    """A school; `programmes` holds what it chose for each cohort it has decided on."""

    urn: str
    name: str
    eligible_for_funding: bool = True
    school_led_only: bool = False
    pupil_premium: bool = False
    sparsity: bool = False
    induction_tutor_name: str | None = None
    induction_tutor_email: str | None = None
    programmes: dict[str, str] = {}
    created_at: datetime
    updated_at: datetime


class Partnership(Record, frozen=True, kw_only=True):
    """A school and a lead provider, with a delivery partner, for one cohort.

    `relationship` marks the extra partnership made for one person's transfer; it is never listed.
    """

    school_id: str
    cohort: str
    lead_provider_id: str
    delivery_partner_id: str
    relationship: bool = False
    challenged_reason: str | None = None
    challenged_at: datetime | None = None
    created_at: datetime
    updated_at: datetime


class Participant(Record, frozen=True, kw_only=True):
    """A person in training. `updated_at` moves with everything that is shown of them."""

    full_name: str
    email: str
    trn: str | None = None
    created_at: datetime
    updated_at: datetime


class IdChange(Record, frozen=True, kw_only=True):
    """The DfE retired one participant id in favour of another: the same person, registered twice."""

    from_participant_id: str
    to_participant_id: str
    changed_at: datetime


class TrainingRecord(Record, frozen=True, kw_only=True):
    """One person's training as an ECT or as a mentor; a person may have one of each."""

    participant_id: str
    participant_type: ParticipantType
    validation_status: ValidationStatus = "dfe_checking_eligibility"
    trn_validated: bool = False
    pupil_premium_uplift: bool = False
    sparsity_uplift: bool = False
    induction_end_date: date | None = None
    mentor_funding_end_date: date | None = None
    mentor_ineligible_for_funding_reason: str | None = None
    cohort_changed_after_payments_frozen: bool = False
    created_at: datetime

    @property
    def course_identifier(self) -> str:
        """The course this record is for."""
        return COURSES[self.participant_type]

    @property
    def is_validated(self) -> bool:
        """False while the DfE still waits for, or checks, the person's details."""
        return self.validation_status not in UNVALIDATED

    @property
    def eligible_for_funding(self) -> bool | None:
        """True, False, or None while the DfE does not know."""
        return {"eligible_to_start": True, "not_eligible_for_funded_training": False}.get(self.validation_status)


class TrainingState(msgspec.Struct, frozen=True, kw_only=True):
    """What the provider last said of the training: deferred and withdrawn have a reason."""

    status: TrainingStatus = "active"
    reason: str | None = None
    at: datetime | None = None


class Placement(Record, frozen=True, kw_only=True):
    """A training record at a school, through a partnership if a lead provider trains there.

    `cohort` is the cohort of the school's programme; the schedule has its own. `induction_status` is the
    school's view, `training` the provider's: neither changes the other (status.independent).
    """

    training_record_id: str
    participant_id: str
    school_id: str
    partnership_id: str | None = None
    lead_provider_id: str | None = None
    cohort: str
    schedule_id: str
    starts_on: date
    ends_on: date | None = None
    induction_status: InductionStatus = "active"
    training: TrainingState = TrainingState()
    mentor_id: str | None = None
    email: str
    transfer: bool = False
    created_at: datetime


class DeclarationChange(msgspec.Struct, frozen=True, kw_only=True):
    """A state a declaration came to, when, and the statement that held it then."""

    state: DeclarationState
    at: datetime
    statement_id: str | None = None


class Declaration(Record, frozen=True, kw_only=True):
    """A provider's word that someone reached a milestone, and what has become of it."""

    participant_id: str
    training_record_id: str
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
