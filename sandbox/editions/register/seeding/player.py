"""Plays the events of Register's seeds through the actions and actors that serve its API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sandbox.actors.impossible import Impossible
from sandbox.editions.register.actions import declarations, schedules, training
from sandbox.editions.register.actions.call import Call, Moment
from sandbox.editions.register.actions.people import school_periods_of, teacher_of, trainings_of
from sandbox.editions.register.actors import appropriate_body, dfe, eligibility, partnerships, school
from sandbox.editions.register.actors.leaving import end_school_period
from sandbox.editions.register.actors.school import present_period
from sandbox.editions.register.rules.book import RegisterBook
from sandbox.editions.register.rules.placing import earlier
from sandbox.editions.register.seeding.events import (
    AssignMentor,
    ChangeProgramme,
    ChangeProvider,
    ChangeSchedule,
    Claim,
    CloseInduction,
    Correct,
    Declare,
    Defer,
    Leave,
    NotFunded,
    PersonEvent,
    ProviderEvent,
    Register,
    Resume,
    RetireId,
    Undo,
    Void,
    Withdraw,
)
from sandbox.editions.register.seeding.seeds import PartnershipEvent, Person, Seeds
from sandbox.model import Declaration, LeadProvider, ParticipantType, School, SchoolPeriod, Teacher
from sandbox.rules.requests import ActionRequest, DeclarationRequest, ScheduleRequest
from sandbox.seeding.ids import Ids, named, school_id
from sandbox.store.protocol import Unit

COURSES: Mapping[ParticipantType, str] = {"ect": "ecf-induction", "mentor": "ecf-mentor"}


class SeedPlayer:
    """Plays one event after the other, in one unit of work."""

    def __init__(self, unit: Unit, rules: RegisterBook, seeds: Seeds) -> None:
        self._unit = unit
        self._rules = rules
        self._ids = Ids()
        self._providers = {seed.key: seed.id for seed in seeds.organisations.providers}
        self._partners = {seed.key: seed.id for seed in seeds.organisations.delivery_partners}

    def add_partnership(self, event: PartnershipEvent) -> None:
        """A partnership is confirmed. Raises Impossible."""
        moment = self._moment(event.at, f"{event.school}/{event.cohort}/{event.provider}/{event.partner}")
        partner = self._partners[event.partner]
        provider = self._provider(event.provider)
        partnerships.add(self._unit, moment, provider, self._school(event.school), event.cohort, partner)

    def play(self, person: Person, event: PersonEvent) -> None:
        """Something that happens in a person's life. Raises Impossible, Refused."""
        unit, moment = self._unit, self._moment(event.at, f"{person.id}/{event.at:%Y-%m-%dT%H:%M:%SZ}/{event.do}")
        match event:
            case ProviderEvent():
                self._play_provider(moment, person, event)
            case Register():
                self._register(moment, person, event)
            case AssignMentor():
                self._assign(moment, self._period(moment, person, "ect"), event.mentor)
            case Leave():
                end_school_period(unit, moment, self._period(moment, person, event.role), event.on)
            case ChangeProvider():
                period = self._period(moment, person, event.role)
                last = trainings_of(unit, person.id, period.role)[-1]
                school.change_provider(unit, moment, last, self._provider(event.provider))
            case ChangeProgramme():
                provider = self._provider(event.provider) if event.provider else None
                period = self._period(moment, person, "ect")
                school.change_programme(unit, moment, period, event.programme, provider)
            case Undo():
                school.undo_registration(unit, moment, self._period(moment, person, event.role))
            case Correct():
                teacher = teacher_of(unit, person.id)
                school.change_details(unit, moment, teacher, full_name=event.name, working_pattern=event.pattern)
            case _:
                self._play_dfe(moment, person, event)

    def _play_dfe(self, moment: Moment, person: Person, event: PersonEvent) -> None:
        """What appropriate bodies and the DfE find out."""
        unit, teacher = self._unit, teacher_of(self._unit, person.id)
        match event:
            case Claim():
                appropriate_body.claim(unit, moment, teacher, event.on)
            case CloseInduction():
                outcome = None if event.outcome == "release" else event.outcome
                appropriate_body.close(unit, moment, teacher, event.on, outcome)  # type: ignore[arg-type]
            case NotFunded():
                role: ParticipantType = event.role or "ect"
                eligibility.become_ineligible(unit, moment, teacher, role, event.on, event.reason)
            case RetireId():
                dfe.merge(unit, moment, teacher_of(unit, event.id), teacher)

    def _play_provider(self, moment: Moment, person: Person, event: ProviderEvent) -> None:
        """What a lead provider asks of the API."""
        unit = self._unit
        period = self._period(moment, person, event.role)
        last = earlier(trainings_of(unit, person.id, period.role))
        whose = self._providers[event.by] if event.by else last.lead_provider_id if last else None
        provider = unit.get(LeadProvider, whose) if whose else None
        if provider is None:
            raise Impossible("no lead provider trains them: say which one acts with `by`")
        call = Call(now=moment.now, rules=moment.rules, new_id=moment.new_id, provider=provider)
        course, teacher = COURSES[period.role], teacher_of(unit, person.id)
        match event:
            case Declare():
                sent = f"{event.dated:%Y-%m-%dT%H:%M:%SZ}"
                request = DeclarationRequest(
                    participant_id=person.id,
                    declaration_type=event.type,
                    declaration_date=sent,
                    course_identifier=course,
                    evidence_held=event.evidence,
                )
                declarations.record(unit, call, request, sent)
            case Void():
                declarations.void(unit, call, self._declaration(person, course, provider, event.type))
            case Withdraw():
                asked = ActionRequest(course_identifier=course, reason=event.reason)
                training.withdraw(unit, call, teacher, asked)
            case Defer():
                training.defer(unit, call, teacher, ActionRequest(course_identifier=course, reason=event.reason))
            case Resume():
                training.resume(unit, call, teacher, ActionRequest(course_identifier=course))
            case ChangeSchedule():
                change = ScheduleRequest(course_identifier=course, schedule_identifier=event.to, cohort=event.cohort)
                schedules.change_schedule(unit, call, teacher, change)

    def _register(self, moment: Moment, person: Person, event: Register) -> None:
        teacher = self._unit.get(Teacher, person.id)
        if teacher is None:
            ids = (person.id, named("register", "ect", person.id), named("register", "mentor", person.id))
            teacher = school.new_teacher(self._unit, moment, person.name, person.trn, *ids)
        registration = school.Registration(
            role=event.role,
            starts_on=event.starts_on or moment.today,
            email=event.email or person.email,
            provider=self._provider(event.provider) if event.provider else None,
            programme=event.programme,
            working_pattern=event.pattern,
            as_well=event.as_well,
        )
        period = school.register(self._unit, moment, teacher, self._school(event.school), registration)
        if event.mentor is not None:
            self._assign(moment, period, event.mentor)

    def _assign(self, moment: Moment, ect: SchoolPeriod, mentor_id: str) -> None:
        there = school_periods_of(self._unit, mentor_id, "mentor")
        theirs = [period for period in there if period.school_id == ect.school_id]
        if not theirs:
            raise Impossible(f"{mentor_id} is no mentor at the ECT's school")
        school.assign_mentor(self._unit, moment, ect, theirs[-1])
        school.train_first_time(self._unit, moment, ect, theirs[-1])

    def _period(self, moment: Moment, person: Person, role: ParticipantType | None) -> SchoolPeriod:
        """Where somebody is, or was last: as an ECT, unless it is said otherwise or they have not been one."""
        teacher = teacher_of(self._unit, person.id)
        roles: tuple[ParticipantType, ...] = (role,) if role else ("ect", "mentor")
        found = (present_period(self._unit, moment, teacher, each) for each in roles)
        period = next((each for each in found if each is not None), None)
        if period is None:
            raise Impossible(f"{person.name} has not been at any school")
        return period

    def _declaration(self, person: Person, course: str, provider: LeadProvider, type: str) -> str:
        """The newest declaration of a type that a provider made of someone and has not taken back."""
        for each in reversed(self._unit.find(Declaration, participant_id=person.id)):
            about = (each.course_identifier, each.lead_provider_id, each.declaration_type)
            if about == (course, provider.id, type) and each.state != "voided":
                return each.id
        raise Impossible(f"{provider.name} has declared no {type}")

    def _provider(self, key: str) -> LeadProvider:
        found = self._unit.get(LeadProvider, self._providers.get(key, ""))
        if found is None:
            raise Impossible(f"there is no lead provider {key!r}: there are {', '.join(self._providers)}")
        return found

    def _school(self, urn: str) -> School:
        found = self._unit.get(School, school_id(urn))
        if found is None:
            raise Impossible(f"there is no school {urn}: schools.yaml has those there are")
        return found

    def _moment(self, at: datetime, whose: str) -> Moment:
        return Moment(now=at, rules=self._rules, new_id=self._new_id(whose))

    def _new_id(self, whose: str) -> Callable[[], str]:
        return self._ids.of(f"register/{whose}")
