"""The events that lives are made of in Register, as the seed files write them: `{at: …, do: register, …}`."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from sandbox.model import ParticipantType
from sandbox.model.register import Programme, WorkingPattern
from sandbox.seeding.events import Event, check_utc


class RoleEvent(Event, frozen=True, kw_only=True):
    """An event about someone as an ECT or as a mentor. `as` says which, for a person who has been both."""

    role: ParticipantType | None = msgspec.field(default=None, name="as")


class ProviderEvent(RoleEvent, frozen=True, kw_only=True):
    """What a lead provider reports. `by` says which, where it is not the one that trains the person."""

    by: str | None = None


class Register(Event, frozen=True, kw_only=True, tag="register"):
    """A school registers the person, who is there from a day: at once unless said. `with` nobody, no provider."""

    role: ParticipantType = msgspec.field(name="as")
    school: str
    starts_on: date | None = msgspec.field(default=None, name="from")
    provider: str | None = msgspec.field(default=None, name="with")
    programme: Programme = "provider_led"
    pattern: WorkingPattern = "full_time"
    email: str | None = None
    mentor: str | None = None
    as_well: bool = False


class AssignMentor(Event, frozen=True, kw_only=True, tag="assign-mentor"):
    """The school says who mentors the person from now on."""

    mentor: str


class Leave(RoleEvent, frozen=True, kw_only=True, tag="leave"):
    """The school reports the person's last day there."""

    on: date


class ChangeProvider(RoleEvent, frozen=True, kw_only=True, tag="change-provider"):
    """The school names another provider."""

    provider: str = msgspec.field(name="with")


class ChangeProgramme(Event, frozen=True, kw_only=True, tag="change-programme"):
    """The school switches an ECT between training of its own and a provider's."""

    programme: Programme = msgspec.field(name="to")
    provider: str | None = msgspec.field(default=None, name="with")


class Undo(RoleEvent, frozen=True, kw_only=True, tag="undo"):
    """The school registered the person in error."""


class Correct(Event, frozen=True, kw_only=True, tag="correct"):
    """The school corrects the person's name, or an ECT's working pattern."""

    name: str | None = None
    pattern: WorkingPattern | None = None


class Claim(Event, frozen=True, kw_only=True, tag="claim"):
    """An appropriate body claims an ECT, from a day on."""

    on: date


class CloseInduction(Event, frozen=True, kw_only=True, tag="close-induction"):
    """An appropriate body ends an induction: with an outcome, or releasing the ECT."""

    on: date
    outcome: str


class NotFunded(RoleEvent, frozen=True, kw_only=True, tag="not-funded"):
    """An ECT is exempt, or a mentor is not funded for a reason, from a day on."""

    on: date
    reason: str | None = None


class RetireId(Event, frozen=True, kw_only=True, tag="retire-id"):
    """The DfE merges another person into this one."""

    id: str


class Declare(ProviderEvent, frozen=True, kw_only=True, tag="declare"):
    """A provider declares that the person reached a milestone."""

    type: str
    dated: datetime
    evidence: str | None = None

    def __post_init__(self) -> None:
        check_utc(self.at)
        check_utc(self.dated)


class Void(ProviderEvent, frozen=True, kw_only=True, tag="void"):
    """A provider takes back its newest declaration of a type."""

    type: str


class Withdraw(ProviderEvent, frozen=True, kw_only=True, tag="withdraw"):
    """A provider reports that the person stops."""

    reason: str


class Defer(ProviderEvent, frozen=True, kw_only=True, tag="defer"):
    """A provider reports that the person takes a break."""

    reason: str


class Resume(ProviderEvent, frozen=True, kw_only=True, tag="resume"):
    """A provider reports that the person is back."""


class ChangeSchedule(ProviderEvent, frozen=True, kw_only=True, tag="change-schedule"):
    """A provider puts the person on another schedule, perhaps of another cohort."""

    to: str
    cohort: str | None = None


PersonEvent = (
    Register
    | AssignMentor
    | Leave
    | ChangeProvider
    | ChangeProgramme
    | Undo
    | Correct
    | Claim
    | CloseInduction
    | NotFunded
    | RetireId
    | Declare
    | Void
    | Withdraw
    | Defer
    | Resume
    | ChangeSchedule
)
