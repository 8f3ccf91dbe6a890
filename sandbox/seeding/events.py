"""The events that lives are made of, as the seed files write them: `{at: …, do: register, …}`.

Unknown fields are refused, so that a slip of the pen is an error and not a silence.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from sandbox.model import ParticipantType, ValidationStatus


def check_utc(at: datetime) -> None:
    """Times in the seed files are UTC, and say so. Raises ValueError."""
    if at.utcoffset() != timedelta(0):
        raise ValueError("times are written in UTC, such as 2024-11-15T09:00:00Z")


class Event(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="do"):
    """Something that happens at a time. `do` says what."""

    at: datetime

    def __post_init__(self) -> None:
        check_utc(self.at)

    @property
    def do(self) -> str:
        """What happens, as the seed files call it."""
        return str(type(self).__struct_config__.tag)


class TrainingEvent(Event, frozen=True, kw_only=True):
    """An event about one training record. `as` says which, for a person who has two."""

    role: ParticipantType | None = msgspec.field(default=None, name="as")


class ProviderEvent(TrainingEvent, frozen=True, kw_only=True):
    """What a lead provider reports. `by` says which, where it is not the one the person is newest with."""

    by: str | None = None


# What schools do


class Register(Event, frozen=True, kw_only=True, tag="register"):
    """The school registers the person as an ECT or a mentor, there from a day: at once unless said."""

    role: ParticipantType = msgspec.field(name="as")
    school: str
    cohort: str
    starts_on: date | None = msgspec.field(default=None, name="from")
    mentor: str | None = None
    email: str | None = None
    training_record: str | None = None


class TransferIn(TrainingEvent, frozen=True, kw_only=True, tag="transfer-in"):
    """Another school reports that the person joins it."""

    school: str
    starts_on: date = msgspec.field(name="from")
    mentor: str | None = None
    email: str | None = None
    keeps_provider: bool = False


class Leave(TrainingEvent, frozen=True, kw_only=True, tag="leave"):
    """The person's school reports that they leave. `school` says which one, if it is not the newest."""

    ends_on: date = msgspec.field(name="on")
    school: str | None = None


class WithdrawFromSchool(TrainingEvent, frozen=True, kw_only=True, tag="withdraw-from-school"):
    """The school reports that the person no longer trains there."""


class AssignMentor(TrainingEvent, frozen=True, kw_only=True, tag="assign-mentor"):
    """The school says who mentors the person; nobody, without `mentor`."""

    mentor: str | None = None


class ChooseProgramme(Event, frozen=True, kw_only=True, tag="choose-programme"):
    """A school tells the DfE which programme it has for a cohort."""

    cohort: str
    programme: str


class AgreePartnership(Event, frozen=True, kw_only=True, tag="agree-partnership"):
    """A school that chose a provider-led programme is partnered, and the provider confirms it."""

    cohort: str
    provider: str = msgspec.field(name="with")
    delivery_partner: str = msgspec.field(name="through")


class Challenge(Event, frozen=True, kw_only=True, tag="challenge"):
    """A school challenges its partnership for a cohort."""

    cohort: str
    reason: str


# What the DfE does


class Validate(TrainingEvent, frozen=True, kw_only=True, tag="validate"):
    """The DfE says how far it has come with the person's details, and whether the TRN is right."""

    status: ValidationStatus = msgspec.field(name="found")
    trn_validated: bool | None = None


class EndInduction(Event, frozen=True, kw_only=True, tag="end-induction"):
    """The ECT's induction ended on a day."""

    on: date


class EndMentorFunding(Event, frozen=True, kw_only=True, tag="end-mentor-funding"):
    """The mentor's training is no longer paid for from a day."""

    on: date
    reason: str


class RetireId(Event, frozen=True, kw_only=True, tag="retire-id"):
    """The DfE finds that another id is this same person's, and retires it."""

    id: str


# What lead providers do


class Declare(ProviderEvent, frozen=True, kw_only=True, tag="declare"):
    """A provider declares that the person reached a milestone. `id` is for a declaration others have to know."""

    type: str
    dated: str
    evidence: str | None = None
    id: str | None = None


class Void(ProviderEvent, frozen=True, kw_only=True, tag="void"):
    """A provider takes its newest declaration of a type back."""

    type: str


class Defer(ProviderEvent, frozen=True, kw_only=True, tag="defer"):
    """A provider reports that the person takes a break."""

    reason: str


class Resume(ProviderEvent, frozen=True, kw_only=True, tag="resume"):
    """A provider reports that the person is back."""


class Withdraw(ProviderEvent, frozen=True, kw_only=True, tag="withdraw"):
    """A provider reports that the person left its training."""

    reason: str


class ChangeSchedule(ProviderEvent, frozen=True, kw_only=True, tag="change-schedule"):
    """A provider moves the person to another schedule, perhaps of another cohort."""

    to: str
    cohort: str | None = None


PersonEvent = (
    Register
    | TransferIn
    | Leave
    | WithdrawFromSchool
    | AssignMentor
    | Validate
    | EndInduction
    | EndMentorFunding
    | RetireId
    | Declare
    | Void
    | Defer
    | Resume
    | Withdraw
    | ChangeSchedule
)
SchoolEvent = ChooseProgramme | AgreePartnership | Challenge
