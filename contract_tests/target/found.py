"""Whom a deployment has: what the tested provider sees of them, and how they are put back once they were acted on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, NamedTuple

from contract_tests.api import Api
from contract_tests.forms import form
from contract_tests.lists import DECLARATIONS, LIVE
from contract_tests.target.backstage import Person
from contract_tests.target.clock import Clock


class Training(NamedTuple):
    """What is looked at of a training when somebody is sought; `eligible` is None where the DfE has not said so yet."""

    role: str
    cohort: str
    schedule: str
    status: str
    eligible: bool | None


class Found:
    """What the provider sees, read once for all scenarios; `taken` are those that a scenario has, or has used up.

    `put_back` are those of them who are as they were again and whom nobody has: with a past, which may matter.
    `another` is a second provider, where the run was given its token, `clock` what is known of the time there.
    """

    def __init__(self, api: Api, another: Api | None = None, clock: Clock | None = None) -> None:
        self.api = api
        self.clock = clock or Clock()
        self.another = another
        self.taken: set[str] = set()
        self.put_back: set[str] = set()
        self._with_a_past: set[str] = set()

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

    def take(self, id: str) -> None:
        """A scenario has somebody."""
        self.taken.add(id)
        self.put_back.discard(id)

    @contextmanager
    def again(self) -> Iterator[None]:
        """Whoever was put back may be had meanwhile."""
        put_back = {*self.put_back}
        self.taken -= put_back
        try:
            yield
        finally:
            self.taken |= put_back

    def release(self, person: Person, training: Training, types: set[str]) -> None:
        """Have someone whom a scenario leaves as they were be had by the next.

        What has been declared besides these types is voided: a scenario may end before it does so itself. What else has
        changed is undone as far as a provider can, and they have a past then.
        """
        self._void(person, types)
        still = self.is_still(person, training, types)
        if not still:
            self._with_a_past.add(person.id)
            self._train(person, training)
            self._declare(person, types)
            still = self.is_still(person, training, types)
        if person.id not in self._with_a_past:
            self.taken.discard(person.id)
        elif still and not self._shows_a_named_time(person):
            self.put_back.add(person.id)

    def is_still(self, person: Person, training: Training, types: set[str]) -> bool:
        """Whether someone's training is as it was, with these types of live declarations alone."""
        return self._training(person) == training and {*self._live(person)} == types

    def _shows_a_named_time(self, person: Person) -> bool:
        """Whether someone shows a time of change that a request named: what is told of them next may not count."""
        return self.api.get(f"{form().participants}/{person.id}").attributes["updated_at"] in self.clock.named

    def _void(self, person: Person, types: set[str]) -> None:
        """Void what is live besides these types."""
        for type, id in self._live(person).items():
            if type not in types:
                self.api.void(id)

    def _train(self, person: Person, training: Training) -> None:
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

    def _declare(self, person: Person, types: set[str]) -> None:
        """Declare anew what was voided of these types."""
        said = {each["attributes"]["declaration_type"]: each["attributes"] for each in self._declared(person)}
        for type in types.difference(self._live(person)):
            dated, evidence = said[type]["declaration_date"], said[type].get("evidence_held")
            self.api.declare(person.id, type, dated, course_identifier=person.course, evidence_held=evidence)

    def _training(self, person: Person) -> Training:
        return training_in(self.api.enrolment(person.id, person.course))

    def _live(self, person: Person) -> dict[str, str]:
        """The ids of someone's live declarations, by their types."""
        return {
            each["attributes"]["declaration_type"]: each["id"]
            for each in self._declared(person)
            if each["attributes"]["state"] in LIVE
        }

    def _declared(self, person: Person) -> list[Any]:
        """What has been declared of someone's training, voided or not."""
        declared = self.api.every(DECLARATIONS, **{"filter[participant_id]": person.id})
        return [each for each in declared if each["attributes"]["course_identifier"] == person.course]


def training_in(enrolment: dict[str, Any]) -> Training:
    """What a training is, as it is shown."""
    names = ("participant_type", "cohort", "schedule_identifier", "training_status", "eligible_for_funding")
    return Training(*(enrolment[name] for name in names))
