"""What scenarios need, found: in what the tested provider sees of a deployment."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from contract_tests.api import Api
from contract_tests.config import Behaviour
from contract_tests.errors import ContractBroken, LeftOut, ReadOnly, Unavailable
from contract_tests.forms import form
from contract_tests.lists import DECLARATIONS, LIVE, live
from contract_tests.target.backstage import STANDARD, Backstage, Person, Role
from contract_tests.target.clock import Clock

INEXACT = timedelta(seconds=2)  # how well the time there is known


class Training(NamedTuple):
    """What is looked at of a training when somebody is sought; whether it is paid for may not matter."""

    role: str
    cohort: str
    schedule: str
    status: str
    eligible: bool | None


class Found:
    """What the provider sees, read once for all scenarios; `taken` are those that a scenario has used up.

    `another` is a second provider, where the run was given its token, `clock` what is known of the time there.
    """

    def __init__(self, api: Api, another: Api | None = None, clock: Clock | None = None) -> None:
        self.api = api
        self.clock = clock or Clock()
        self.another = another
        self.taken: set[str] = set()

    @cached_property
    def enrolments(self) -> list[tuple[str, dict[str, Any]]]:
        """Everyone's trainings, with their ids; last of who is still to join a school, leaves it or has left."""
        found = [
            (person["id"], enrolment)
            for person in self.api.every(form().participants)
            for enrolment in person["attributes"].get("ecf_enrolments", [person["attributes"]])
        ]
        return sorted(found, key=lambda each: each[1].get("participant_status", "active") != "active")

    @cached_property
    def shared(self) -> set[str]:
        """The ids of those whom the second provider sees, too."""
        seen = self.another.every(form().participants) if self.another else []
        return {person["id"] for person in seen}

    @cached_property
    def declared(self) -> dict[tuple[str, str], set[str]]:
        """The types of live declarations, by participant and course."""
        found: dict[tuple[str, str], set[str]] = {}
        for declaration in self.api.every(DECLARATIONS):
            about = declaration["attributes"]
            if about["state"] in LIVE:
                key = about["participant_id"], about["course_identifier"]
                found.setdefault(key, set()).add(about["declaration_type"])
        return found

    def is_still(self, person: Person, training: Training, types: set[str]) -> bool:
        """Whether someone's training is as it was, with these types of live declarations alone.

        Nobody is who was told to change at a time to come: what is told of them next would not show.
        """
        if self._training(person) != training or {*self._live(person)} != types:
            return False
        shown = self.api.get(f"{form().participants}/{person.id}").attributes["updated_at"]
        return datetime.fromisoformat(shown) <= self.clock.now + INEXACT

    def puts_back(self, person: Person, training: Training, types: set[str]) -> bool:
        """Undo what has been done to someone besides these: a scenario may end before it does so itself.

        Whether they are as they were: what a provider cannot undo is refused, and stays.
        """
        if self.is_still(person, training, types):
            return True
        self._undo(person, training, types)
        return self.is_still(person, training, types)

    def _undo(self, person: Person, training: Training, types: set[str]) -> None:
        for type, id in self._live(person).items():
            if type not in types:
                self.api.void(id)
        now = self._training(person)
        match training.status:
            case now.status:
                pass
            case "deferred":
                self.api.defer(person.id, course=person.course)
            case "withdrawn":
                self.api.withdraw(person.id, course=person.course)
            case _:
                self.api.resume(person.id, person.course)
        if (now.schedule, now.cohort) != (training.schedule, training.cohort):
            self.api.change_schedule(person.id, training.schedule, person.course, cohort=training.cohort)

    def _training(self, person: Person) -> Training:
        return training_in(self.api.enrolment(person.id, person.course))

    def _live(self, person: Person) -> dict[str, str]:
        """The ids of someone's live declarations, by their types."""
        return {
            declaration["attributes"]["declaration_type"]: declaration["id"]
            for declaration in live(self.api, person.id)
            if declaration["attributes"]["course_identifier"] == person.course
        }


class DeploymentBackstage(Backstage):
    """A deployment without a control API: people are those it has, and nobody else acts."""

    inexact = INEXACT
    known_as: ClassVar[type[Person]] = Person

    def __init__(self, found: Found, behaviour: Behaviour, *, writes: bool) -> None:
        self.behaviour = behaviour
        self._found = found
        self._writes = writes
        self._had: list[tuple[Person, Training, set[str]]] = []
        self._paused: list[Person] = []

    @property
    def now(self) -> datetime:
        """The time there."""
        return self._found.clock.now

    def provider(self, number: int = 0) -> Api:
        """The provider that is tested, or the second. Raises LeftOut for one whose token is not known."""
        if number == 0:
            return self._found.api
        if number == 1 and self._found.another is not None:
            return self._found.another
        raise LeftOut("it needs a second provider: give its token as --token-of-another")

    def person(
        self,
        role: Role = "ect",
        *,
        cohort: str = "2024",
        schedule: str = STANDARD,
        declared: Sequence[str] = (),
        status: str = "active",
        validation: str = "eligible_to_start",
    ) -> Person:
        """Someone who is as asked. Raises Unavailable when there is nobody, or when nobody may be written about."""
        self.may_write()
        eligible = {"eligible_to_start": True, "not_eligible_for_funded_training": False}.get(validation)
        wanted = Training(role, cohort, schedule, status, eligible)
        unavailable = self._found.taken | self._found.shared
        for id, enrolment in self._found.enrolments:
            person = self.known_as(id=id, role=role, cohort=cohort, schedule=schedule, behaviour=self.behaviour)
            types = self._found.declared.get((id, person.course), set())
            if training_in(enrolment) == wanted and types == set(declared) and id not in unavailable:
                self._found.taken.add(id)
                self._had.append((person, wanted, types))
                return person
        if status != "active":
            training = self.person(role, cohort=cohort, schedule=schedule, declared=declared, validation=validation)
            return self._paused_as(status, training)
        who = {"ect": "ECT"}.get(role, role)
        what = f"{who} of cohort {cohort} on {schedule}, {status}, with {' and '.join(declared) or 'nothing'} declared"
        raise Unavailable(f"no unused {what}")

    def act(self, *_: Any, **__: Any) -> Any:
        """Raises Unavailable."""
        self.may_act()

    def may_act(self) -> None:
        """Raises Unavailable."""
        raise LeftOut("schools, the DfE or time act in it: that takes a sandbox, and leave to write")

    def done(self) -> None:
        """Whoever is as they were found, once what is left is put back, may be had by the next scenario."""
        for person in self._paused:
            with suppress(ContractBroken, Unavailable):
                self._found.api.resume(person.id, person.course)
        for person, training, types in self._had:
            with suppress(ContractBroken, Unavailable):
                if self._found.puts_back(person, training, types):
                    self._found.taken.discard(person.id)

    def may_write(self) -> None:
        """Raises Unavailable unless the run was given leave to."""
        if not self._writes:
            raise ReadOnly

    def name_of(self, number: int) -> str:
        """Raises Unavailable: there is no control API to tell it to."""
        raise LeftOut(f"it tells a control API of provider {number}, and only a sandbox has one")

    def limit_requests(self) -> None:
        """Raises Unavailable: what others need is not used up for a test."""
        raise LeftOut("it uses up the requests that a limit allows, which others may need")

    def _paused_as(self, status: str, person: Person) -> Person:
        """Someone in training, who is deferred or withdrawn until the scenario is over."""
        api = self._pausing()
        self._paused.append(person)
        pause = api.defer if status == "deferred" else api.withdraw
        pause(person.id, course=person.course).is_accepted()
        return person

    def _pausing(self) -> Api:
        """Who pauses somebody, and as of when."""
        return self._found.api


def training_in(enrolment: dict[str, Any]) -> Training:
    """What a training is, as it is shown."""
    names = ("participant_type", "cohort", "schedule_identifier", "training_status", "eligible_for_funding")
    return Training(*(enrolment[name] for name in names))
