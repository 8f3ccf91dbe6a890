"""A world of Register's organisations in which nobody is but whom a walk brings, so that everything is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from contract_tests.api import Api
from contract_tests.register.asking import ELSEWHERE, PARTNERS, SCHOOLS
from contract_tests.register.backstage import ASHDOWN, RIVERBANK, RegisterBackstage
from contract_tests.register.model.known import YEARS, Known
from contract_tests.register.model.records import (
    Declaration,
    Partner,
    Partnership,
    Person,
    Provider,
    Role,
    School,
    Standing,
    Statement,
    Stay,
    Training,
    begins,
)
from contract_tests.walking.rows import Row
from contract_tests.walking.walk import Impossible

CASTLE_HILL: Final = "900103"
PREMIUM: Final = "900102"
# The schools that walks lead to, and what the API shows of none as such: the uplifts of pupil premium and of sparsity.
UPLIFTS: Final = {
    RIVERBANK: (True, True),
    ASHDOWN: (False, False),
    CASTLE_HILL: (False, True),
    ELSEWHERE: (True, True),
    PREMIUM: (True, False),
}
URNS: Final = tuple(UPLIFTS)[:4]  # where chance leads
FROZEN: Final = {"2021": date(2024, 6, 18), "2022": date(2025, 6, 16)}  # since when, which the API does not show


@dataclass
class World:
    """What is known, and the ways to ask and to act. `clock` is the world's, while `known.now` may lie before it."""

    stage: RegisterBackstage
    known: Known
    clock: datetime
    apis: list[Api] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    declarations: dict[str, Declaration] = field(default_factory=dict)
    others: dict[str, list[Row]] = field(default_factory=dict)

    @classmethod
    def made(cls, stage: RegisterBackstage, version: str) -> World:
        """A world as it begins."""
        now = stage.now
        world = cls(stage, Known(now), now)
        known = world.known
        known.frozen_since = {cohort: begins(day) for cohort, day in FROZEN.items()}
        for number, each in enumerate(stage.world["providers"]):
            provider = Provider(each["id"], each["name"])
            known.providers.append(provider)
            world.apis.append(stage.provider(number).in_version(version))
            world._note_partners(provider, world.apis[number])
            for told in stage.act("GET", f"/statements?provider={provider.id}")["statements"]:
                if told["cohort"] >= "2024":
                    known.statements.append(_statement(told, provider))
        for cohort in YEARS:
            world._note_schools(cohort)
        world._note_times_of_statements()
        return world

    def _note_partners(self, provider: Provider, api: Api) -> None:
        for each in api.every(PARTNERS):
            partner = next((known for known in self.known.partners if known.id == each["id"]), None)
            if partner is None:
                partner = Partner(each["id"], each["attributes"]["name"], *_times(each))
                self.known.partners.append(partner)
            partner.works_with[provider] = set(each["attributes"]["cohort"])

    def _note_schools(self, cohort: str) -> None:
        """Schools that no walk leads to stay as they are."""
        for each in self.apis[0].every(SCHOOLS, **{"filter[cohort]": cohort}):
            shown, (created, updated) = each["attributes"], _times(each)
            urn = shown["urn"]
            if urn not in UPLIFTS:
                keys = {"created_at": created, "updated_at": updated, "urn": urn}
                self.others.setdefault(cohort, []).append(Row(each["id"], shown, created, updated, keys))
                continue
            if all(known.urn != urn for known in self.known.schools):
                school = School(each["id"], urn, shown["name"], created, updated, uplifts=UPLIFTS[urn])
                school.standings = dict.fromkeys(YEARS, Standing())
                self.known.schools.append(school)

    def _note_times_of_statements(self) -> None:
        """When each was made and changed last, which the control API does not tell."""
        for api in self.apis:
            for each in api.every("/statements"):
                statement = next((known for known in self.known.statements if known.id == each["id"]), None)
                if statement is not None:
                    statement.created, statement.updated = _times(each)

    def wait_until(self, at: datetime) -> None:
        """It is another time: of a later one the world is told, and the nights between happen."""
        if at > self.clock:
            self.known.now = self.clock
            self.known.pass_time(at)
            self.clock = at
            self.stage.act("POST", "/time/advance", to=f"{at:%Y-%m-%dT%H:%M:%SZ}")
        self.known.now = at

    def catch_up(self, *, at_night: bool) -> None:
        """It is now again; the nights since have noticed what happened in the past, unless a provider said so."""
        if at_night:
            self.known.pass_time(self.clock, since=self.known.now)
        self.known.now = self.clock

    def act(self, method: str, path: str, **body: Any) -> Any:
        """Have somebody do something, now or in the past."""
        at = self.known.now if self.known.now < self.clock else None
        return self.stage.act(method, path, at=at, **body)

    def api(self, by: int) -> Api:
        """What a provider asks with, now or in the past."""
        return self.apis[by].at(self.known.now) if self.known.now < self.clock else self.apis[by]

    # What acts are about, found by what it goes by. Each raises Impossible.

    def person(self, name: str) -> Person:
        """Somebody who is still there."""
        found = self.people.get(name)
        if found is None or found not in self.known.people:
            raise Impossible
        return found

    def stay(self, name: str, role: Role, urn: str | None = None) -> Stay:
        """Where somebody is in a role, or was last; or their last time at the school that is named."""
        person = self.person(name)
        there = [each for each in self.known.stays_of(person, role) if each.school.urn == urn]
        found = next(reversed(there), None) if urn else self.known.present(person, role)
        if found is None:
            raise Impossible
        return found

    def training(self, name: str, role: Role) -> Training:
        """The last training where somebody is."""
        found = self.known.trainings_in(self.stay(name, role))
        if not found:
            raise Impossible
        return found[-1]

    def school(self, urn: str) -> School:
        """The school with a URN."""
        return next(each for each in self.known.schools if each.urn == urn)

    def partner(self, name: str | None) -> Partner | None:
        """The delivery partner with a name, if there is one."""
        return next((each for each in self.known.partners if each.name == name), None)

    def partnership(self, by: int, urn: str, cohort: str, which: int = 0) -> Partnership:
        """The first partnership of a provider with a school in a cohort, or a later one."""
        found = self.known.partnerships_with(self.school(urn), cohort, self.known.providers[by])
        if which >= len(found):
            raise Impossible
        return found[which]

    def declaration(self, name: str) -> Declaration:
        """What goes by a name and is still there."""
        found = self.declarations.get(name)
        if found is None or found not in self.known.declarations:
            raise Impossible
        return found


def _times(record: Any) -> tuple[datetime, datetime]:
    created, updated = (record["attributes"][name] for name in ("created_at", "updated_at"))
    return datetime.fromisoformat(created), datetime.fromisoformat(updated)


def _statement(told: Any, provider: Provider) -> Statement:
    nobody_knows = datetime.fromisoformat("2000-01-01T00:00:00Z")
    return Statement(
        id=told["id"],
        provider=provider,
        cohort=told["cohort"],
        month=told["month"],
        year=told["year"],
        deadline=date.fromisoformat(told["deadline"]),
        payment=date.fromisoformat(told["payment_date"]),
        output=told["output"],
        state=told["state"],
        created=nobody_knows,
        updated=nobody_knows,
    )
