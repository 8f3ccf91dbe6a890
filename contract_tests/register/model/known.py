"""Everything that has happened in a world, and what moves the times that are shown of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from contract_tests.register.model.records import (
    DAY,
    Declaration,
    IdChange,
    Mentorship,
    Partner,
    Partnership,
    Person,
    Programme,
    Provider,
    Role,
    School,
    Standing,
    Statement,
    Stay,
    Training,
    begins,
    day_of,
)

YEARS: Final = ("2021", "2022", "2023", "2024", "2025", "2026")


def year_of(day: date) -> str:
    """The contract period in which a day lies: each begins with June."""
    return str(day.year if day.month >= 6 else day.year - 1)


class Known:
    """What is known of a world whose clock stands at `now`."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.providers: list[Provider] = []
        self.partners: list[Partner] = []
        self.schools: list[School] = []
        self.partnerships: list[Partnership] = []
        self.people: list[Person] = []
        self.stays: list[Stay] = []
        self.trainings: list[Training] = []
        self.mentorships: list[Mentorship] = []
        self.statements: list[Statement] = []
        self.declarations: list[Declaration] = []
        self.id_changes: list[IdChange] = []
        self.frozen_since: dict[str, datetime] = {}

    @property
    def today(self) -> date:
        """The day it is in London."""
        return day_of(self.now)

    @property
    def frozen(self) -> set[str]:
        """The cohorts that are frozen by now."""
        return {cohort for cohort, since in self.frozen_since.items() if since <= self.now}

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """For as long as this lasts it is another time."""
        now, self.now = self.now, moment
        try:
            yield
        finally:
            self.now = now

    # Who is where, and with whom.

    def stays_of(self, person: Person, role: Role | None = None) -> list[Stay]:
        """Somebody's times at schools, the earliest first."""
        theirs = (each for each in self.stays if each.person is person and role in (None, each.role))
        return sorted(theirs, key=lambda stay: (stay.starts, stay.created))

    def present(self, person: Person, role: Role) -> Stay | None:
        """Where somebody is now in a role, or was last."""
        stays = self.stays_of(person, role)
        now = [each for each in stays if each.starts <= self.today and each.goes_on_after(self.today)]
        return next(reversed(now or stays), None)

    def trainings_of(self, person: Person, role: Role | None = None) -> list[Training]:
        """Somebody's trainings, the earliest first."""
        return _in_time(each for each in self.trainings if each.person is person and role in (None, each.role))

    def trainings_in(self, stay: Stay) -> list[Training]:
        """The trainings in a time at a school, the earliest first."""
        return _in_time(each for each in self.trainings if each.stay is stay)

    def latest(self, provider: Provider, person: Person, role: Role) -> Training | None:
        """A provider's training of somebody in a role that begins last."""
        theirs = [each for each in self.trainings_of(person, role) if each.provider is provider]
        return theirs[-1] if theirs else None

    def sees(self, provider: Provider, person: Person) -> bool:
        """True of whoever trains, trained or will train with a provider."""
        return any(each.provider is provider for each in self.trainings_of(person))

    def mentorship_shown(self, stay: Stay) -> Mentorship | None:
        """Who mentors at a school now, or will next; what has ended goes at one in the morning."""
        day = day_of(self.now - timedelta(hours=1))
        lasting = [each for each in self.mentorships if each.ect is stay and (each.ends is None or each.ends >= day)]
        return min(lasting, key=lambda each: (each.starts, each.created), default=None)

    def partnership_with(self, school: School, cohort: str, provider: Provider) -> Partnership | None:
        """The first that a provider has with a school in a cohort."""
        return next(iter(self.partnerships_with(school, cohort, provider)), None)

    def partnerships_with(self, school: School, cohort: str, provider: Provider | None = None) -> list[Partnership]:
        """The partnerships of a school in a cohort, the oldest first."""
        return [
            each
            for each in self.partnerships
            if (each.school, each.cohort) == (school, cohort) and provider in (None, each.provider)
        ]

    # What was declared, and what pays for it.

    def declared_of(self, person: Person, role: Role) -> list[Declaration]:
        """What was declared of somebody in a role."""
        return [each for each in self.declarations if each.person is person and each.role == role]

    def next_due(self, provider: Provider, cohort: str, *states: str) -> Statement | None:
        """The next output statement whose deadline is not past, in one of these states if any are named."""
        due = [
            each
            for each in self.statements
            if each.provider is provider and each.cohort == cohort and each.output and each.deadline >= self.today
        ]
        kept = (each for each in due if not states or each.state in states)
        return min(kept, key=lambda each: each.deadline, default=None)

    # What moves which times.

    def touch(self, person: Person) -> None:
        """Something that is shown of somebody changed."""
        person.updated = max(person.updated, self.now)

    def changed(self, training: Training) -> None:
        """A training began, changed or went, and with it whoever trains and perhaps how the school stands."""
        self.touch(training.person)
        self.refresh(training.stay.school)

    def refresh(self, school: School) -> None:
        """Note how a school stands in each cohort, and what of that is new."""
        for cohort in YEARS:
            standing = self._standing(school, cohort)
            if standing != school.standings.get(cohort, Standing()):
                school.standings[cohort] = standing
                school.moved[cohort] = max(self.now, school.moved.get(cohort, self.now))

    def _standing(self, school: School, cohort: str) -> Standing:
        there = [each for each in self.trainings if each.stay.school is school]
        led = {each.stay for each in there if each.programme == "provider_led"}
        counted = {each.stay for each in there if (each.cohort or year_of(each.starts)) == cohort}
        programme: Programme = "provider_led" if led & counted else "school_led" if counted else "not_yet_known"
        named = (each.named or each.provider for each in there if each.cohort == cohort)
        partnered = bool(self.partnerships_with(school, cohort))
        return Standing(partnered, programme, frozenset(each.id for each in named if each))

    def pass_time(self, until: datetime, since: datetime | None = None) -> None:
        """The nights between happen."""
        before, self.now = since or self.now, until
        for statement in self.statements:
            at = _midnight(statement.deadline + DAY)
            if statement.state == "open" and at <= until:
                with self.at(at):
                    self.make_payable(statement)
        for training in self.trainings:
            days = [training.starts, *([training.ends + DAY] if training.ends else [])]
            noticed = [_midnight(day) + timedelta(minutes=1) for day in days]
            seen = [at for at in noticed if before < at <= until]
            if training.partnership and seen:
                training.partnership.updated = max(training.partnership.updated, *seen)
        for mentorship in self.mentorships:
            at = begins(mentorship.ends + DAY) + timedelta(hours=1) if mentorship.ends else before
            if before < at <= until:
                mentorship.ect.person.updated = max(mentorship.ect.person.updated, at)

    def make_payable(self, statement: Statement) -> None:
        """A statement is closed, with what it holds."""
        statement.state, statement.updated = "payable", self.now
        for declaration in self.declarations:
            if declaration.statement is statement and declaration.state == "eligible":
                declaration.state, declaration.updated = "payable", self.now


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _in_time(trainings: Iterator[Training]) -> list[Training]:
    return sorted(trainings, key=lambda training: (training.starts, training.created))
