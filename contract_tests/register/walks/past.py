"""Somebody's past, told act by act in the order that it hangs on, and looked at where it can be told from another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any, Final

from contract_tests.register.asking import DECLARATIONS, PARTICIPANTS, PARTNERSHIPS, SCHOOLS, TRANSFERS, UNFUNDED
from contract_tests.register.model.lists import Query
from contract_tests.register.model.records import COURSES, Role
from contract_tests.register.walks.chance import COHORTS, PARTNERS
from contract_tests.register.walks.looking import KEYS, Looker, Question
from contract_tests.register.walks.steps import Step
from contract_tests.register.walks.sweeping import Sweep
from contract_tests.register.walks.walk import Walk
from contract_tests.register.walks.world import World
from contract_tests.walking.walk import Asked

SECOND: Final = timedelta(seconds=1)
OF_PEOPLE: Final = (PARTICIPANTS, DECLARATIONS, TRANSFERS, UNFUNDED)
SINCE: Final = (*OF_PEOPLE, PARTNERSHIPS)


@dataclass
class Past:
    """Has schools, providers, the DfE and time do one thing after the other, each a second after the one before.

    What is said to be done `at` a time may lie in the past. Days are told in full, or as so many from today.
    """

    walk: Walk
    world: World
    asked: list[Asked[World]]

    def __post_init__(self) -> None:
        self._number = count(1)
        self._last = self.world.clock

    def does(self, act: str, at: str | None = None, **about: Any) -> None:
        """Something is done. Raises ValueError where it makes no sense."""
        self.asked.clear()
        self._last = _moment(at) if at else self.world.clock + SECOND
        step = Step(act, about, self._last)
        if not self.walk.take(step, self.world):
            raise ValueError(f"{step} makes no sense here")

    def does_now(self, act: str, **about: Any) -> None:
        """Something is done at the time of what was done before it."""
        self.does(act, f"{self.world.clock:%Y-%m-%dT%H:%M:%SZ}", **about)

    def registers(
        self, urn: str, by: int | None, starts: str | int = 0, role: Role = "ect", at: str | None = None, **others: Any
    ) -> str:
        """A school registers somebody, on the day on which they begin if that is past. Returns what they go by.

        Without a provider it trains them itself, or, as a mentor, nobody does.
        """
        number, day = next(self._number), self.day(starts)
        then = f"{day}T10:00:00Z" if day < self.day(0) else None
        told: dict[str, Any] = {
            "named": f"Q{number}",
            "full_name": f"Past {number}",
            "email": f"past{number}@school.example.com",
        }
        told |= {"trn": f"73{number:05}", "urn": urn, "provider": by or 0, "role": role, "starts": day}
        told |= {"programme": "school_led"} if by is None else {}
        self.does("register", at or then, **told | others)
        return str(told["named"])

    def declares(
        self, by: int, who: str, type: str, dated: str | int, role: Role = "ect", at: str | None = None, **others: Any
    ) -> str:
        """A provider declares something of a day, at noon. Returns what the declaration goes by."""
        named, evidence = (
            f"declared {next(self._number)}",
            "75-percent-engagement-met" if type == "completed" else "other",
        )
        told = {"by": by, "who": who, "course": COURSES[role], "type": type, "named": named, "evidence": evidence}
        told["dated"] = dated if isinstance(dated, str) and "T" in dated else f"{self.day(dated)}T12:00:00Z"
        self.does("declare", at, **told | others)
        return named

    def voids(self, by: int, which: str) -> None:
        """A provider takes a declaration back."""
        self.does("void", by=by, which=which)

    def pays(self, by: int, *which: str) -> None:
        """Days pass until these declarations are due, and the DfE pays until they are, or their money has come back."""
        settled = ("paid", "clawed-back")
        while waiting := [each for each in map(self.world.declaration, which) if each.state not in settled]:
            held = waiting[0].clawback or waiting[0].statement
            if held is not None and held.deadline >= self.world.known.today:
                self.waits((held.deadline - self.world.known.today).days + 1)
            self.does("pay", by=by, cohort=waiting[0].cohort)

    def pauses(self, by: int, who: str, how: str = "defer", role: Role = "ect", at: str | None = None) -> None:
        """A provider reports that somebody takes a break, or leaves training."""
        self.does("pause", at, by=by, who=who, how=how, course=COURSES[role], reason="other")

    def resumes(self, by: int, who: str, role: Role = "ect", at: str | None = None) -> None:
        """A provider reports that somebody is back."""
        self.does("resume", at, by=by, who=who, course=COURSES[role])

    def reschedules(
        self, by: int, who: str, to: str, cohort: str | None = None, role: Role = "ect", at: str | None = None
    ) -> None:
        """A provider puts somebody on another schedule."""
        self.does("change-schedule", at, by=by, who=who, course=COURSES[role], schedule=f"ecf-{to}", cohort=cohort)

    def leaves(
        self, who: str, on: str | int, role: Role = "ect", at: str | None = None, urn: str | None = None
    ) -> None:
        """A school reports a leaver: that of the URN, or else where they are, or were last."""
        self.does("leave", at, who=who, role=role, on=self.day(on), urn=urn)

    def joins(
        self,
        who: str,
        urn: str,
        on: str | int,
        by: int | None = None,
        role: Role = "ect",
        at: str | None = None,
        *,
        as_well: bool = False,
        led_by_school: bool = False,
    ) -> None:
        """A school reports a joiner, who may stay where they are as well, and whom it may train itself."""
        told = {"programme": "school_led"} if led_by_school else {}
        self.does("join", at, who=who, role=role, urn=urn, on=self.day(on), provider=by, as_well=as_well, **told)

    def has_mentor(self, who: str, mentor: str, at: str | None = None, urn: str | None = None) -> None:
        """A school says who mentors somebody there."""
        self.does("assign-mentor", at, who=who, mentor=mentor, urn=urn)

    def changes(self, who: str, at: str | None = None, **what: str) -> None:
        """A school corrects a `full_name`, an `email` or a `pattern`."""
        self.does("change-details", at, who=who, **{"full_name": None, "email": None, "pattern": None} | what)

    def claims(self, who: str, on: str | int = 0, at: str | None = None) -> None:
        """An appropriate body begins an induction."""
        self.does("claim", at, who=who, on=self.day(on))

    def ends_induction(self, who: str, outcome: str | None, on: int = 0) -> None:
        """An appropriate body says how an induction ended, or releases somebody."""
        self.does("close-induction", who=who, outcome=outcome, on=self.day(on))

    def partners_up(self, by: int, urn: str, cohort: str, partner: int) -> None:
        """The DfE knows of a partnership."""
        self.does("partner-up", by=by, urn=urn, cohort=cohort, partner=PARTNERS[partner])

    def waits(self, days: int) -> None:
        """Days pass."""
        self.does("wait", f"{self.world.clock + timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}")

    def day(self, told: str | int) -> str:
        """A day, or one so many after today."""
        return told if isinstance(told, str) else (self.world.known.today + timedelta(days=told)).isoformat()

    def looks(self, *paths: str) -> None:
        """Every provider looks at these lists, or at all of people; and at what has changed since the last act."""
        for path in paths or OF_PEOPLE:
            for by in (0, 1, 2):
                self.asks(Question(by, path))
        for path in SINCE if not paths else ():
            for by in (0, 1):
                self.asks(Question(by, path, Query(since=self._last)))

    def looks_at_schools(self) -> None:
        """The first two providers look at schools, as of each cohort."""
        for cohort in COHORTS:
            for by in (0, 1):
                self.asks(Question(by, SCHOOLS, Query(cohorts=frozenset({cohort}))))

    def in_every_order(self, path: str) -> None:
        """The first two providers look at a list of people in each order that it knows."""
        for sort in (sign + key for key in KEYS[path] for sign in ("", "-")):
            for by in (0, 1):
                self.asks(Question(by, path, Query(sort=sort)))

    def looks_everywhere(self, random: Random) -> None:
        """Everybody looks at everything, and asks for it in every way."""
        for question in (*Looker(random).everything(), *Sweep(self.world, random, in_turn=True).questions()):
            self.asks(question)

    def asks(self, question: Question) -> None:
        """Somebody asks something. Raises ContractBroken unless the answer is what is known."""
        self.asked.append(question)
        question.ask(self.world)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
