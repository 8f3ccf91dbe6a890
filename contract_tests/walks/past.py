"""Somebody's past, told act by act in the order that it hangs on, and looked at where it can be told from another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any, Final

from contract_tests.model import lists
from contract_tests.model.lists import Query
from contract_tests.model.records import Training
from contract_tests.model.shown import time
from contract_tests.walking.walk import Asked
from contract_tests.walks.finding import school_of
from contract_tests.walks.looking import Question
from contract_tests.walks.steps import Step
from contract_tests.walks.sweeping import Sweep, partnered
from contract_tests.walks.walk import Walk
from contract_tests.walks.world import World

SECOND: Final = timedelta(seconds=1)
FLAT: Final = (lists.PARTICIPANTS, lists.DECLARATIONS)
NESTED: Final = (*FLAT, lists.TRANSFERS, lists.UNFUNDED, lists.PARTNERSHIPS)


@dataclass
class Past:
    """Has schools, providers, the DfE and time do one thing after the other, a second apart unless `pace` is none."""

    walk: Walk
    world: World
    asked: list[Asked[World]]
    pace: timedelta = SECOND
    told: datetime | None = None
    _named: Iterator[int] = field(default_factory=lambda: count(1))

    def does(self, act: str, at: datetime | None = None, **about: Any) -> None:
        """Something is done, as much later as the pace is or at a time; a provider may say that it is another."""
        self.asked.clear()
        self.walk.take(Step(act, about, at or self.world.register.now + self.pace, self.told), self.world)

    @contextmanager
    def as_of(self, moment: datetime) -> Iterator[None]:
        """What providers do meanwhile they do as of this time."""
        self.told = moment
        try:
            yield
        finally:
            self.told = None

    def confirms(self, by: int, urn: str, cohort: str, partner: int) -> None:
        """A provider confirms a partnership, once the school has decided."""
        if cohort not in school_of(self.world, urn).programmes:
            self.decides(urn, cohort, "provider_led")
        self.does("confirm", by=by, urn=urn, cohort=cohort, partner=partner)

    def registers(self, urn: str, cohort: str = "2024", role: str = "ect", **others: Any) -> str:
        """A school registers somebody, eligible unless more is said. Returns what their training goes by."""
        number = next(self._named)
        told = {"named": f"P{number}", "full_name": f"Past {number}", "email": f"past.{number}@first.example"}
        told |= {"trn": f"3456{number:03}", "validation": "eligible_to_start"}
        self.does("register", **(told | {"urn": urn, "cohort": cohort, "role": role} | others))
        return str(told["named"])

    def mentors_as_well(self, who: str, urn: str, cohort: str = "2024", validation: str = "eligible_to_start") -> str:
        """A school registers an ECT as a mentor, whom the DfE looks at afterwards. Returns what that goes by."""
        mentor = self.registers(urn, cohort, "mentor", also=who, validation="none")
        self.validates(mentor, validation)
        return mentor

    def declares(
        self, by: int, who: str, type: str, dated: datetime | str, *, evidence: str = "other", id: str = "now"
    ) -> str:
        """A provider declares something. Returns what the declaration goes by."""
        named = f"declared {next(self._named)}"
        at = dated if isinstance(dated, str) else time(dated)
        held = None if type == "started" else evidence
        self.does("declare", by=by, who=who, type=type, dated=at, evidence=held, id=id, named=named)
        return named

    def voids(self, by: int, which: str) -> None:
        """A provider takes a declaration back."""
        self.does("void", by=by, which=which)

    def defers(self, by: int, who: str, id: str = "now") -> None:
        """A provider reports a break."""
        self.does("defer", by=by, who=who, reason="career-break", id=id)

    def reschedules(self, by: int, who: str, cohort: str | None, to: str = "ecf-standard-september") -> None:
        """A provider puts somebody on another schedule."""
        self.does("change-schedule", by=by, who=who, to=to, cohort=cohort, id="now")

    def leaves(self, who: str, days: int) -> None:
        """A school reports a leaver, so many days from now."""
        self.does("leave", who=who, on=self.day(days))

    def joins(self, who: str, urn: str, days: int, *, keeps: bool = False, mentor: str | None = None) -> None:
        """A school reports a joiner, so many days from now."""
        self.does("join", who=who, urn=urn, on=self.day(days), keeps=keeps, mentor=mentor, email=None)

    def has_mentor(self, who: str, mentor: str | None) -> None:
        """A school says who mentors somebody."""
        self.does("assign-mentor", who=who, mentor=mentor)

    def validates(self, who: str, status: str = "eligible_to_start") -> None:
        """The DfE has come so far with somebody's details."""
        self.does("validate", who=who, status=status, trn_validated=None)

    def challenges(self, of: int, urn: str, cohort: str, reason: str = "mistake") -> None:
        """A school challenges a partnership."""
        self.does("challenge", of=of, urn=urn, cohort=cohort, reason=reason)

    def pays(self, of: int, cohort: str, how: str = "pay") -> None:
        """The DfE pays a statement, or accepts it (`payable`)."""
        self.does("pay", of=of, cohort=cohort, how=how)

    def withdraws(self, by: int, who: str) -> None:
        """A provider reports that somebody leaves training."""
        self.does("withdraw", by=by, who=who, reason="other", id="now")

    def decides(self, urn: str, cohort: str, programme: str) -> None:
        """A school chooses how it trains a cohort."""
        self.does("choose-programme", urn=urn, cohort=cohort, programme=programme)

    def waits(self, days: int) -> None:
        """Days pass."""
        self.does("wait", self.world.register.now + timedelta(days=days))

    def day(self, days: int) -> str:
        """A day, so many after today."""
        return (self.world.register.today + timedelta(days=days)).isoformat()

    def training(self, who: str) -> Training:
        """What somebody's training has come to."""
        return self.world.trainings[who]

    def place(self, who: str) -> int:
        """The place of somebody in the list of participants that the first provider is shown."""
        register, provider = self.world.register, self.world.register.providers[0]
        rows, _ = lists.listed(register, provider, self.world.version, lists.PARTICIPANTS, Query())
        return next(place for place, row in enumerate(rows) if row.id == self.training(who).person.id)

    def looks(self, *paths: str) -> None:
        """Whoever has had a partnership looks at these lists that the version has, or at all that show people."""
        register, known = self.world.register, NESTED if self.world.version == "v3" else FLAT
        for by in partnered(self.world):
            for path in [each for each in paths or known if each in known]:
                self.asks(Question(by, path))
            if not paths:
                self.asks(Question(by, lists.PARTICIPANTS, Query(since=register.now)))

    def looks_at_schools(self, *cohorts: str) -> None:
        """Somebody looks at all schools, as of these cohorts."""
        for cohort in cohorts if self.world.version == "v3" else ():
            self.asks(Question(0, lists.SCHOOLS, Query(cohorts=frozenset({cohort}))))

    def looks_at_partners(self) -> None:
        """Everybody looks at whom they work with."""
        for by in range(len(self.world.apis)) if self.world.version == "v3" else ():
            self.asks(Question(by, lists.PARTNERS))

    def looks_everywhere(self) -> None:
        """Every list is asked for in every way, each time by another provider."""
        for question in Sweep(self.world, Random(0)).questions():
            self.asks(question)

    def challenges_all(self) -> None:
        """One partnership after the other is challenged: whoever is placed through it vanishes, and nobody else.

        The newest first, as whoever moved did so from an older one.
        """
        register = self.world.register
        standing = [each for each in register.partnerships if each.stands and not each.relationship]
        for each in [each for each in reversed(standing) if each.provider in register.providers]:
            of = register.providers.index(each.provider)
            self.challenges(of, each.school.urn, each.cohort, "another_provider")
            self.asks(Question(of, lists.PARTICIPANTS))
            self.looks_at_schools(each.cohort)

    def asks(self, question: Question) -> None:
        """Somebody asks something. Raises ContractBroken unless the answer is what is known."""
        self.asked.append(question)
        question.ask(self.world)
