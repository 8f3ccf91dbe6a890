"""Lists are kept ready and brought up to date by what changed: they stay what the plainest way of making them gives."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from sandbox.actions.call import Call
from sandbox.actions.ledger import DeclarationFilter
from sandbox.actions.roster import ParticipantFilter
from sandbox.actors import dfe, school
from sandbox.actors.impossible import Impossible
from sandbox.edge.answer import encoded
from sandbox.editions.ecf.book import BOOKS
from sandbox.model import Behaviour, IdChange, Participant, Partnership, Statement
from sandbox.rules.reading import Page
from sandbox.worlds.world import new_id
from tests.api import Api, World
from tests.backstage import Backstage

from . import plain
from .mergers import moment, retire

CHANGES = 40
STATUSES = ("active", "deferred", "withdrawn")
SORTS = ("", "created_at", "-created_at", "updated_at", "-updated_at", "-updated_at,created_at", "-id", "nothing")


class Changes:
    """Anything that may change what is listed, done to whoever the dice pick."""

    def __init__(self, world: World, dice: Random) -> None:
        self.world, self.dice, self.backstage = world, dice, Backstage(world)
        self.people = [self.backstage.person(provider=self.provider()) for _ in range(4)]

    def provider(self) -> str:
        return self.dice.choice(("northgate", "northgate", "harbour"))

    def anybody(self) -> str:
        if self.dice.random() < 0.7:
            return self.dice.choice(self.people)
        return self.dice.choice([one.id for one in self.world.store.read().all(Participant)])

    def api(self) -> Api:
        return self.world.api("v3", self.provider())

    def one(self) -> None:
        deeds: list[Callable[[], Any]] = [
            lambda: self.api().defer(self.anybody()),
            lambda: self.api().resume(self.anybody()),
            lambda: self.api().withdraw(self.anybody()),
            lambda: self.api().change_schedule(self.anybody(), "ecf-extended-april"),
            lambda: self.api().declare(self.anybody(), "started", "2024-10-01T09:00:00Z"),
            lambda: self.api().void(self.dice.choice(self.api().get("/participant-declarations").ids)),
            lambda: self.people.append(self.backstage.person(provider=self.provider())),
            lambda: self.backstage.validate(self.dice.choice(self.people), "contacted_for_information"),
            lambda: self.backstage.withdraw_from_school(self.anybody()),
            lambda: self.backstage.transfer(self.anybody(), self.somewhere(), self.day()),
            lambda: self.backstage.leave(self.anybody(), self.day()),
            lambda: self.backstage.challenge(self.dice.choice(self.backstage.partnerships(self.provider(), "2024"))),
            lambda: self.backstage.change(self.somewhere(), urn=f"{self.dice.randrange(900000, 999999)}"),
            lambda: retire(self.world, self.people.pop(0), self.people[0]) if len(self.people) > 1 else None,
            self.pay,
        ]
        with suppress(Impossible, IndexError, ValueError, LookupError):
            self.dice.choice(deeds)()

    def somewhere(self) -> Any:
        provider = self.provider()
        return self.backstage.school(
            provider, number=self.dice.randrange(len(self.backstage.partnerships(provider, "2024")))
        )

    def day(self) -> Any:
        return self.world.clock().date() + timedelta(days=self.dice.randrange(40))

    def pay(self) -> None:
        due = [s for s in self.world.store.read().all(Statement) if s.state == "payable"]
        self.backstage.pay(self.dice.choice(due))


class Questions:
    """Asks for a list of whichever kind, and for the same made plainly."""

    def __init__(self, world: World, dice: Random) -> None:
        self.world, self.dice = world, dice

    def one(self) -> None:
        provider = self.dice.choice(("northgate", "harbour"))
        call = Call(
            now=self.world.clock(),
            rules=BOOKS[self.world.behaviour],
            new_id=new_id,
            provider=Backstage(self.world).provider(provider),
        )
        page = Page(page=self.dice.choice((1, 1, 2, 3)), per_page=self.dice.choice((5, 30, 100)))
        query = {"page[page]": str(page.page), "page[per_page]": str(page.per_page)}
        kind = self.dice.choice((self.people, self.enlisted, self.declarations, self.flat_declarations))
        path, version, asked, expected = kind(call, page)
        listed = self.world.api(version, provider).get(path, **query, **asked)
        assert listed.response.content == encoded({"data": expected}), (version, path, asked, query)

    def people(self, call: Call, page: Page) -> tuple[str, str, dict[str, str], Any]:
        cohort, since, status = self.cohort(), self.since(), self.dice.choice((None, *STATUSES))
        changes = [change.from_participant_id for change in self.world.store.read().all(IdChange)]
        retired = self.dice.choice([None, None, None, *changes[:3]] if self.dice.random() < 0.3 else [None])
        sort = self.dice.choice(SORTS)
        wanted = ParticipantFilter(
            cohorts=cohort and frozenset(cohort.split(",")),
            updated_since=since,
            training_status=status,
            from_participant_id=retired,
        )
        asked = filters(cohort=cohort, updated_since=since, training_status=status, from_participant_id=retired)
        found = plain.people(self.world.store.read(), call, wanted, sort, page)
        return "/participants/ecf", "v3", asked | {"sort": sort}, found

    def enlisted(self, call: Call, page: Page) -> tuple[str, str, dict[str, str], Any]:
        cohort, since = self.cohort(), self.since()
        wanted = ParticipantFilter(cohorts=cohort and frozenset(cohort.split(",")), updated_since=since)
        found = plain.enlisted(self.world.store.read(), call, wanted, page)
        return "/participants/ecf", "v1", filters(cohort=cohort, updated_since=since), found

    def declarations(self, call: Call, page: Page) -> tuple[str, str, dict[str, str], Any]:
        cohort, since, whose = self.cohort(), self.since(), self.whose()
        wanted = DeclarationFilter(
            cohorts=cohort and frozenset(cohort.split(",")),
            changed_since=since,
            participant_ids=whose and frozenset(whose.split(",")),
        )
        found = plain.declarations(self.world.store.read(), call, wanted, page, leavers=True)
        asked = filters(cohort=cohort, updated_since=since, participant_id=whose)
        return "/participant-declarations", "v3", asked, found

    def flat_declarations(self, call: Call, page: Page) -> tuple[str, str, dict[str, str], Any]:
        since = self.since()
        wanted = DeclarationFilter(changed_after=since)
        found = plain.declarations(self.world.store.read(), call, wanted, page, leavers=False)
        return "/participant-declarations", "v1", filters(updated_since=since), found

    def cohort(self) -> Any:
        return self.dice.choice((None, None, "2024", "2023,2021", "2019"))

    def since(self) -> datetime | None:
        times = sorted({one.updated_at.replace(microsecond=0) for one in self.world.store.read().all(Participant)})
        return self.dice.choice((None, None, times[-2], self.dice.choice(times), datetime(2021, 1, 1, tzinfo=UTC)))

    def whose(self) -> Any:
        ids = [one.id for one in self.world.store.read().all(Participant)]
        return self.dice.choice((None, None, ",".join(self.dice.sample(ids, 40))))


def filters(**members: Any) -> dict[str, str]:
    """Those that are given, as a query has them."""
    given = {name: value for name, value in members.items() if value is not None}
    times = {name: f"{v:%Y-%m-%dT%H:%M:%SZ}" for name, v in given.items() if isinstance(v, datetime)}
    return {f"filter[{name}]": value for name, value in (given | times).items()}


@pytest.mark.parametrize("behaviour", ["documented", "deployed"])
@pytest.mark.parametrize("seed", range(3))
def test_whatever_changes_a_kept_list_is_what_a_new_one_would_be(seed: int, behaviour: Behaviour) -> None:
    world, dice = World(behaviour=behaviour), Random(seed)
    changes, questions = Changes(world, dice), Questions(world, dice)
    for _ in range(CHANGES):
        world.clock.at += timedelta(seconds=dice.choice((1, 1, 90, 20 * 3600)))
        changes.one()
        for _ in range(4):
            questions.one()


def test_many_changes_at_once_are_not_too_many() -> None:
    world = World()
    api, backstage = world.api(), Backstage(world)
    before = api.get("/participants/ecf", **{"page[per_page]": "3000"}).ids
    with world.writing() as unit:
        place = backstage.school()
        for number in range(300):
            wanted = school.Registration(
                full_name=f"Ada {number}",
                email="ada@example.com",
                participant_type="ect",
                cohort="2024",
                trn=f"{number:07}",
            )
            record = school.register(unit, moment(world), place, wanted)
            dfe.validate(unit, moment(world), record, "eligible_to_start")
    assert len(api.get("/participants/ecf", **{"page[per_page]": "3000"}).ids) == len(before) + 300


def test_who_reads_has_what_was_written_just_before_and_another_world_has_not() -> None:
    one, other = World(), World(behaviour="deployed")
    backstage = Backstage(one)
    assert len(other.api().get("/participants/ecf", **{"page[per_page]": "3000"}).data) > 0
    newest = {"sort": "-created_at", "page[per_page]": "1"}
    one.clock.at += timedelta(minutes=1)
    someone = backstage.person()
    assert one.api().get("/participants/ecf", **newest).ids == [someone]
    assert other.api().get("/participants/ecf", **newest).ids != [someone]
    one.api().defer(someone)
    (enrolment,) = one.api().get("/participants/ecf", **newest).data[0]["attributes"]["ecf_enrolments"]
    assert enrolment["training_status"] == "deferred"
    (placement,) = [backstage.placement(someone)]
    partnership = one.store.read().get(Partnership, placement.partnership_id or "")
    assert partnership is not None
    backstage.challenge(partnership)
    assert one.api().get("/participants/ecf", **newest).ids != [someone]


def test_what_is_kept_of_someone_to_be_shown_is_good_for_its_day_only() -> None:
    world = World()
    backstage = Backstage(world)
    someone = backstage.person()
    backstage.leave(someone, world.clock().date() + timedelta(days=3))
    assert status_on(world, someone, days=0) == "leaving"
    assert status_on(world, someone, days=3) == "left"
    assert status_on(world, someone, days=0) == "leaving"


def status_on(world: World, someone: str, days: int) -> str:
    api = world.api().at(f"{world.clock() + timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}")
    (found,) = api.get("/participants/ecf", **{"sort": "-created_at", "page[per_page]": "1"}).data
    assert found["id"] == someone
    return str(found["attributes"]["ecf_enrolments"][0]["participant_status"])
