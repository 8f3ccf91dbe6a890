"""The player of seeds: has each event done by whoever does such a thing in earnest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec import structs
from msgspec.structs import replace

from sandbox.actions import declarations, participants, partnerships
from sandbox.actions.call import Call, Moment
from sandbox.actors import dfe, merging, school, settling
from sandbox.actors.impossible import Impossible
from sandbox.model import Participant, Placement, School, TrainingRecord
from sandbox.rules.book import ConsequenceRules, MarkingRules, RuleBook
from sandbox.rules.participants import told
from sandbox.rules.requests import ActionRequest, DeclarationRequest, PartnershipRequest, ScheduleRequest
from sandbox.seeding.events import (
    AgreePartnership,
    AssignMentor,
    Challenge,
    ChangeSchedule,
    ChooseProgramme,
    Declare,
    Defer,
    EndInduction,
    EndMentorFunding,
    Event,
    Leave,
    PersonEvent,
    ProviderEvent,
    Register,
    Resume,
    RetireId,
    SchoolEvent,
    TransferIn,
    Validate,
    Void,
    Withdraw,
    WithdrawFromSchool,
)
from sandbox.seeding.ids import Ids
from sandbox.seeding.lookup import SeedLookup
from sandbox.seeding.seeds import Person, ProvidersSeed
from sandbox.store.protocol import Unit


class SeedPlayer:
    """Plays the events of schools and people, one after the other, in one unit of work."""

    def __init__(self, unit: Unit, rules: RuleBook, organisations: ProvidersSeed) -> None:
        self._unit = unit
        self._rules = _as_told(rules)
        self._ids = Ids()
        self._lookup = SeedLookup(unit, organisations)

    def settle(self, at: datetime) -> None:
        """The DfE accepts and pays what has fallen due."""
        settling.settle(self._unit, Moment(now=at, rules=self._rules, new_id=self._ids.of("settle")))

    def finish(self) -> None:
        """Have everything about a person be as old as they are: seeds do not tell when which part of it changed."""
        unit = self._unit
        for person in list(unit.all(Participant)):
            unit.put(structs.replace(person, identity_updated_at=person.updated_at))
            for record in unit.find(TrainingRecord, participant_id=person.id):
                unit.put(structs.replace(record, updated_at=person.updated_at))
            for placement in unit.find(Placement, participant_id=person.id):
                unit.put(structs.replace(placement, updated_at=person.updated_at))

    def play_school(self, urn: str, event: SchoolEvent) -> None:
        """Something that a school decides. Raises Impossible, Refused."""
        unit, moment, lookup = self._unit, self._moment(event, urn), self._lookup
        place = lookup.school(urn)
        match event:
            case ChooseProgramme():
                school.choose_programme(unit, moment, place, event.cohort, event.programme)
            case AgreePartnership():
                self._agree(moment, place, event)
            case Challenge():
                self._challenge(moment, place, event)

    def play(self, person: Person, event: PersonEvent) -> None:
        """Something that happens in a person's life. Raises Impossible, Refused."""
        unit, moment, lookup = self._unit, self._moment(event, person.id), self._lookup
        match event:
            case ProviderEvent():
                self._play_provider(person, event)
            case Register():
                school.register(unit, moment, lookup.school(event.school), _registration(person, event))
            case TransferIn():
                self._transfer(moment, person, event)
            case Leave():
                placement = lookup.placement(person, event.role, event.school)
                school.report_leaving(unit, moment, placement, event.ends_on)
            case WithdrawFromSchool():
                school.withdraw(unit, moment, lookup.placement(person, event.role))
            case AssignMentor():
                school.assign_mentor(unit, moment, lookup.placement(person, event.role), event.mentor)
            case Validate():
                record = lookup.record(person, event.role)
                dfe.validate(unit, moment, record, event.status, trn_validated=event.trn_validated)
            case EndInduction():
                dfe.end_induction(unit, moment, lookup.record(person, "ect"), event.on)
            case EndMentorFunding():
                dfe.end_mentor_funding(unit, moment, lookup.record(person, "mentor"), event.on, event.reason)
            case RetireId():
                merging.retire_id(unit, moment, lookup.participant(event.id), lookup.participant(person.id))

    def _play_provider(self, person: Person, event: ProviderEvent) -> None:
        """What a lead provider asks of the API."""
        record = self._lookup.record(person, event.role)
        provider = self._lookup.trainer(self._lookup.placement(person, event.role), event.by)
        new_id = self._new_id(event, person.id)
        unit, call = self._unit, Call(now=event.at, rules=self._rules, new_id=new_id, provider=provider)
        course = record.course_identifier
        match event:
            case Declare():
                declarations.record(unit, call, _declaration(person, course, event))
            case Void():
                declarations.void(unit, call, self._lookup.declaration(record, provider, event.type).id)
            case Defer():
                request = ActionRequest(course_identifier=course, reason=event.reason)
                participants.defer(unit, call, person.id, request)
            case Resume():
                participants.resume(unit, call, person.id, ActionRequest(course_identifier=course))
            case Withdraw():
                request = ActionRequest(course_identifier=course, reason=event.reason)
                participants.withdraw(unit, call, person.id, request)
            case ChangeSchedule():
                change = ScheduleRequest(course_identifier=course, schedule_identifier=event.to, cohort=event.cohort)
                participants.change_schedule(unit, call, person.id, change)

    def _agree(self, moment: Moment, place: School, event: AgreePartnership) -> None:
        """The school chooses provider-led training, if it has not, and the provider confirms the partnership."""
        if place.programmes.get(event.cohort) != "provider_led":
            school.choose_programme(self._unit, moment, place, event.cohort, "provider_led")
        request = PartnershipRequest(
            cohort=event.cohort,
            school_id=place.id,
            delivery_partner_id=self._lookup.delivery_partner(event.delivery_partner).id,
        )
        provider = self._lookup.provider(event.provider)
        call = Call(now=moment.now, rules=moment.rules, new_id=moment.new_id, provider=provider)
        partnerships.confirm(self._unit, call, request)

    def _challenge(self, moment: Moment, place: School, event: Challenge) -> None:
        partnership = partnerships.live_partnership(self._unit, place.id, event.cohort)
        if partnership is None:
            raise Impossible(f"{place.name} has no partnership for {event.cohort} to challenge")
        school.challenge(self._unit, moment, partnership, event.reason)

    def _transfer(self, moment: Moment, person: Person, event: TransferIn) -> None:
        school.transfer_in(
            self._unit,
            moment,
            self._lookup.placement(person, event.role),
            self._lookup.school(event.school),
            event.starts_on,
            email=event.email,
            mentor_id=event.mentor,
            keeps_provider=event.keeps_provider,
        )

    def _moment(self, event: Event, whose: str) -> Moment:
        return Moment(now=event.at, rules=self._rules, new_id=self._new_id(event, whose))

    def _new_id(self, event: Event, whose: str) -> Callable[[], str]:
        """Where the ids of what the event brings about come from; a declaration's may be written down."""
        if isinstance(event, Declare) and event.id is not None:
            written: str = event.id
            return lambda: written
        return self._ids.of(f"{whose}/{event.at:%Y-%m-%dT%H:%M:%SZ}/{event.do}")


def _as_told(rules: RuleBook) -> RuleBook:
    """The rules by which seeds are played: they tell where people stand, not each step on the way there.

    Someone has one placement for each partnership, what is done to one of them is done to nobody else, and nothing
    follows from an event but what it says.
    """
    return replace(
        rules,
        training=replace(rules.training, succeeded=told),
        consequences=ConsequenceRules(),
        marking=MarkingRules(),
    )


def _registration(person: Person, event: Register) -> school.Registration:
    return school.Registration(
        full_name=person.name,
        email=event.email or person.email,
        trn=person.trn,
        participant_type=event.role,
        cohort=event.cohort,
        starts_on=event.starts_on or event.at.date(),
        mentor_id=event.mentor,
        participant_id=person.id,
        training_record_id=event.training_record,
    )


def _declaration(person: Person, course: str, event: Declare) -> DeclarationRequest:
    return DeclarationRequest(
        participant_id=person.id,
        declaration_type=event.type,
        declaration_date=event.dated,
        course_identifier=course,
        evidence_held=event.evidence,
    )
