"""Everything that has happened in a world, and whatever of it moves a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from contract_tests.calendar import Milestone, milestones
from contract_tests.config import Behaviour
from contract_tests.model.records import (
    Declaration,
    IdChange,
    Partner,
    Partnership,
    Person,
    Placement,
    Provider,
    Schedule,
    School,
    Statement,
    Training,
    newest_first,
)


class Register:
    """What is known of a world whose clock stands at `now`, under one of the two behaviours."""

    def __init__(self, behaviour: Behaviour, now: datetime) -> None:
        self.behaviour: Behaviour = behaviour
        self.now = now
        self.providers: list[Provider] = []
        self.partners: list[Partner] = []
        self.schools: list[School] = []
        self.partnerships: list[Partnership] = []
        self.people: list[Person] = []
        self.trainings: list[Training] = []
        self.statements: list[Statement] = []
        self.declarations: list[Declaration] = []
        self.id_changes: list[IdChange] = []
        self.closed: dict[str, datetime] = {}

    @property
    def deployed(self) -> bool:
        """True where the service is followed, rather than its guidance."""
        return self.behaviour == "deployed"

    @property
    def today(self) -> date:
        """The day it is."""
        return self.now.date()

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """For as long as this lasts it is another time."""
        now, self.now = self.now, moment
        try:
            yield
        finally:
            self.now = now

    def milestones(self, schedule: Schedule) -> dict[str, Milestone]:
        """The milestones of a schedule."""
        return dict(milestones(schedule.identifier, schedule.cohort, self.behaviour))

    def is_closed(self, cohort: str) -> bool:
        """True once the DfE has closed a cohort for payments."""
        return cohort in self.closed and self.closed[cohort] <= self.now

    def trainings_of(self, person: Person) -> list[Training]:
        """All that somebody trains as, the first begun first."""
        theirs = [training for training in self.trainings if training.person is person]
        return sorted(theirs, key=lambda training: training.created)

    def declared_of(self, training: Training) -> list[Declaration]:
        """The live declarations of a person for a course, whoever made them."""
        return [
            each
            for each in self.declarations
            if each.person is training.person and each.course == training.course and each.live
        ]

    def standing(self, school: School, cohort: str) -> Partnership | None:
        """The partnership through which a school's new people of a cohort train."""
        there = (each for each in self.partnerships if each.school is school and each.cohort == cohort)
        return next((each for each in there if each.stands and not each.relationship), None)

    def current(self, id: str) -> str:
        """The id that somebody has now."""
        for change in self.id_changes:
            if change.retired == id.lower():
                return self.current(change.remaining)
        return id.lower()

    def person(self, id: str) -> Person | None:
        """Who is meant by an id, one that was retired or not."""
        return next((person for person in self.people if person.id == self.current(id)), None)

    def open_statement(self, provider: Provider, cohort: str, *, but: Statement | None = None) -> Statement | None:
        """The next output statement of a cohort that takes something still."""
        if not self.deployed and self.is_closed(cohort):
            return None
        theirs = (each for each in self.statements if each.provider is provider and each.cohort == cohort)
        takes = (each for each in theirs if each.output and self._is_open(each) and each.deadline >= self.today)
        return min((each for each in takes if each is not but), key=lambda each: each.deadline, default=None)

    def _is_open(self, statement: Statement) -> bool:
        """True until it is accepted or paid; by the guidance also as of a time before that."""
        return statement.state == "open" or (not self.deployed and statement.updated > self.now)

    # What moves which times.

    def touch(self, training: Training) -> None:
        """Something about a training changed, and with it whoever trains."""
        training.updated = training.person.updated = self.now

    def touch_placement(self, placement: Placement) -> None:
        """A placement changed, so its training did."""
        placement.updated = self.now
        self.touch(placement.training)

    def touch_partnership(self, partnership: Partnership) -> None:
        """A partnership changed: in the service everybody and everything at the school did, else who is part of it."""
        school = partnership.school
        if self.deployed:
            school.updated = self.now
            touched = [training for training in self.trainings if training.newest.school is school]
        else:
            school.programmes_updated[partnership.cohort] = self.now
            touched = [t for t in self.trainings if any(each.partnership is partnership for each in t.placements)]
        for training in touched:
            self.touch(training)

    def succeed(self, before: Placement, **changes: Any) -> Placement:
        """An act on a placement: it ends now, and the next begins. One still to begin is changed itself."""
        if before.starts_at > self.now:
            for name, value in changes.items():
                setattr(before, name, value)
            self.touch_placement(before)
            return before
        after = replace(before, **changes)
        if before.ends_at is None or before.ends_at > self.now:
            before.ends_on, before.ended_at = self.today, self.now
        before.view = "changed"
        after.starts_on, after.began_at, after.ended_at, after.created = self.today, self.now, None, self.now
        before.training.placements.append(after)
        self.touch_placement(before)
        self.touch_placement(after)
        return after

    # Who sees what.

    def shown(self, provider: Provider, training: Training) -> list[Placement]:
        """The placements of a training that a provider is shown, the newest first."""
        if not self.deployed and not training.validated:
            return []
        own = [each for each in training.placements if each.provider is provider]
        return newest_first([each for each in own if each.partnership and each.partnership.stands])

    def acted_on(self, provider: Provider, training: Training) -> list[Placement]:
        """The placements that a provider may report of: in the service a challenge takes none of them away."""
        if not self.deployed:
            return self.shown(provider, training)
        return newest_first([each for each in training.placements if each.provider is provider])
