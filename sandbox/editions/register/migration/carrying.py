"""Everything of a world of ECF's records, carried into the records of Register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from sandbox.edition import CarriedOver
from sandbox.editions.register.actions.call import Moment
from sandbox.editions.register.actions.marking import refresh_school
from sandbox.editions.register.migration import calendar, organisations
from sandbox.editions.register.migration.account import Account
from sandbox.editions.register.migration.declarations import declarations
from sandbox.editions.register.migration.mentorships import mentorships
from sandbox.editions.register.migration.people import ROLES, Records, induction, teacher
from sandbox.editions.register.migration.stays import Stay, stays
from sandbox.editions.register.migration.trainings import trainings
from sandbox.editions.register.rules.book import RegisterBook
from sandbox.model import (
    Declaration,
    IdChange,
    Participant,
    ParticipantType,
    Partnership,
    Placement,
    School,
    Statement,
    Teacher,
    TrainingPeriod,
    TrainingRecord,
    World,
)
from sandbox.seeding.ids import named
from sandbox.store.protocol import Reader, Unit

NEVER_PLACED: Final = "nobody registered them at a school"
SCHOOL_WITHDREW: Final = "the school had withdrawn them, and nothing was declared of them"
SECOND_RECORD: Final = "the person has another training record of the same role, which has its training now"
RETIRED_FOR_NOBODY: Final = "whoever it was retired in favour of is not carried over"


def carry_over(reader: Reader, unit: Unit, rules: RegisterBook, now: datetime) -> CarriedOver:
    """Put into a unit of work what Register has of a world of ECF's records at a moment; the account of it."""
    account, moment = Account(), Moment(now=now, rules=rules, new_id=lambda: named("migration", str(now)))
    cohorts = {period.id: period for period in calendar.contract_periods(reader, now, account)}
    schedules = {each.id: each for each in calendar.calendar(reader, _world(reader).behaviour, cohorts)}
    partnerships = organisations.partnerships(reader, cohorts, account)
    standing = {each.id: each for each in partnerships.values()}
    for record in (
        *cohorts.values(),
        *schedules.values(),
        *organisations.organisations(reader),
        *organisations.links(reader, cohorts, standing.values(), account),
        *organisations.schools(reader, account),
        *organisations.funding(reader, cohorts),
        *organisations.statements(reader, cohorts, account),
        *standing.values(),
    ):
        unit.put(record)
    _carry_people(reader, unit, moment, partnerships, schedules, account)
    for school in list(unit.all(School)):
        refresh_school(unit, moment, school.id)
    return CarriedOver(left_out=account.left_out, altered=account.altered)


def _carry_people(
    reader: Reader,
    unit: Unit,
    moment: Moment,
    partnerships: Mapping[str, Partnership],
    schedules: Mapping[str, object],
    account: Account,
) -> None:
    teachers: dict[str, Teacher] = {}
    trained: dict[str, list[TrainingPeriod]] = defaultdict(list)
    of_ects: list[Stay] = []
    of_mentors: dict[tuple[str, str], list[Stay]] = defaultdict(list)
    mentors: dict[str, Stay] = {}
    for person in reader.all(Participant):
        records = _records(reader, person, account)
        theirs = list(_stays(reader, moment, person, account))
        if not theirs:
            if not reader.find(Placement, participant_id=person.id):
                account.leave("participants", person.id, NEVER_PLACED)
            else:
                account.leave("participants", person.id, SCHOOL_WITHDREW)
            continue
        teachers[person.id] = teacher(reader, person, records)
        passed = induction(records.get("ect"), [stay for stay in theirs if stay.role == "ect"])
        if passed is not None:
            unit.put(passed)
        for stay in theirs:
            unit.put(stay.period)
            trained[person.id] += trainings(stay, partnerships, schedules, moment.today, account)
            if stay.role == "ect":
                of_ects.append(stay)
            else:
                of_mentors[person.id, stay.school_id].append(stay)
                mentors[person.id] = stay
    for record in (*teachers.values(), *(each for theirs in trained.values() for each in theirs)):
        unit.put(record)
    for record in (each for found in mentorships(of_ects, of_mentors, mentors, account) for each in found):
        unit.put(record)
    changes = _id_changes(reader, teachers, account)
    for record in changes:
        unit.put(record)
    known = {*teachers, *(change.from_participant_id for change in changes)}
    known |= {statement.id for statement in unit.all(Statement)}
    standing = {each.id: each for each in partnerships.values()}
    for record in declarations(reader.all(Declaration), trained, standing, teachers, known, account):
        unit.put(record)


def _records(reader: Reader, person: Participant, account: Account) -> Records:
    """Somebody's training record of each role; of several, which come of merged ids, the one they had themselves."""
    found: dict[ParticipantType, TrainingRecord] = {}
    ordered = sorted(
        reader.find(TrainingRecord, participant_id=person.id),
        key=lambda record: (record.retired_id is not None, record.created_at, record.id),
    )
    for record in ordered:
        if found.setdefault(record.participant_type, record) is not record:
            account.leave("training records", record.id, SECOND_RECORD)
    return found


def _stays(reader: Reader, moment: Moment, person: Participant, account: Account) -> Iterator[Stay]:
    """Somebody's times at schools; without those from which the school withdrew them with nothing declared."""
    records = {record.id: record for record in reader.find(TrainingRecord, participant_id=person.id)}
    placements = reader.find(Placement, participant_id=person.id)
    declared = _declared(reader, person)
    for role in ROLES:
        theirs = [each for each in placements if records[each.training_record_id].participant_type == role]
        for stay in stays(theirs, role, moment.today):
            if stay.is_withdrawn and not declared & {(role, each.lead_provider_id) for each in stay.placements}:
                account.leave("school periods", stay.period.id, SCHOOL_WITHDREW)
            else:
                yield stay


def _declared(reader: Reader, person: Participant) -> set[tuple[ParticipantType, str | None]]:
    """As what, and by whom, something was declared of somebody that is carried over."""
    made = reader.find(Declaration, participant_id=person.id)
    records = {record.id: record for record in reader.find(TrainingRecord, participant_id=person.id)}
    return {
        (records[each.training_record_id].participant_type, each.lead_provider_id)
        for each in made
        if each.state != "ineligible" and each.training_record_id in records
    }


def _id_changes(reader: Reader, teachers: Mapping[str, Teacher], account: Account) -> Sequence[IdChange]:
    """The ids that were retired in favour of somebody who is there."""
    changes = list(reader.all(IdChange))
    successors = {change.from_participant_id: change.to_participant_id for change in changes}
    carried = []
    for change in changes:
        id = change.to_participant_id
        while id in successors:
            id = successors[id]
        if id in teachers:
            carried.append(change)
        else:
            account.leave("id changes", change.id, RETIRED_FOR_NOBODY)
    return carried


def _world(reader: Reader) -> World:
    world = reader.get(World, "world")
    assert world is not None
    return world
