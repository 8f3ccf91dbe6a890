"""What scenarios need, found: in what the tested provider sees of a deployment."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, ClassVar

from contract_tests.api import Api
from contract_tests.config import Behaviour
from contract_tests.errors import ContractBroken, LeftOut, ReadOnly, Unavailable
from contract_tests.target.backstage import STANDARD, Backstage, Person, Role
from contract_tests.target.found import Found, Training, training_in


class DeploymentBackstage(Backstage):
    """A deployment without a control API: people are those it has, and nobody else acts."""

    inexact = timedelta(seconds=2)
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
                self._found.take(id)
                self._had.append((person, wanted, types))
                return person
        if status != "active":
            training = self.person(role, cohort=cohort, schedule=schedule, declared=declared, validation=validation)
            return self._paused_as(status, training)
        who = {"ect": "ECT"}.get(role, role)
        what = f"{who} of cohort {cohort} on {schedule}, {status}, with {' and '.join(declared) or 'nothing'} declared"
        raise Unavailable(f"no unused {what}")

    def anyone(self, **about: Any) -> Person:
        """The same; where nobody else is left, somebody to whom something has been done before."""
        try:
            return self.person(**about)
        except Unavailable:
            with self._found.again():
                return self.person(**about)

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
                self._found.release(person, training, types)

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
