"""Worlds beside each other: what each is made of, and that they share nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from sandbox.actors.impossible import Impossible
from sandbox.editions import ALL, ecf
from sandbox.model import ApiToken, LeadProvider, Participant, World
from sandbox.seeding.creation import Creation, exported
from sandbox.store.engine import MemoryStore
from sandbox.store.protocol import StoreProblem
from sandbox.worlds.shelf import MOST
from sandbox.worlds.world import ServedWorld, hashed
from sandbox.worlds.worlds import Worlds
from tests.api import JANE, SetClock, at_once, played


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def worlds(clock: SetClock) -> Worlds:
    return Worlds(played("main", "documented").fork(), Creation(ALL), clock, longest_idle=timedelta(days=30))


def door(worlds: Worlds, id: str) -> ServedWorld:
    found = at_once(worlds.reach(id))
    assert found is not None
    return found


def name(at: ServedWorld) -> str | None:
    jane = at.reading().get(Participant, JANE)
    return jane.full_name if jane else None


def rename(at: ServedWorld, to: str) -> None:
    with at.writing() as unit:
        jane = unit.get(Participant, JANE)
        assert jane is not None
        unit.put(msgspec.structs.replace(jane, full_name=to))


def test_what_happens_in_one_world_happens_in_no_other(worlds: Worlds) -> None:
    at_once(worlds.make("one", "main", "documented"))
    at_once(worlds.make("two", "main", "documented"))
    rename(door(worlds, "one"), "Jane Jones")
    assert [name(door(worlds, id)) for id in ("main", "one", "two")] == ["Jane Smith", "Jane Jones", "Jane Smith"]


def test_a_world_has_a_token_for_each_provider_and_knows_no_other_world_s(worlds: Worlds) -> None:
    _, one = at_once(worlds.make("one", "main", "documented"))
    _, two = at_once(worlds.make("two", "main", "documented"))
    assert one.keys() == {provider.id for provider in worlds.main.reading().all(LeadProvider)}
    for whose, token in one.items():
        assert at_once(worlds.reach_behind(f"Bearer {token}")) is door(worlds, "one")
        provider = door(worlds, "one").provider(token)
        assert provider is not None
        assert provider.id == whose
        assert worlds.main.provider(token) is None
        assert door(worlds, "two").provider(token) is None
    assert not set(one.values()) & set(two.values())
    assert door(worlds, "one").provider("northgate-sandbox-token") is None
    assert worlds.main.provider("northgate-sandbox-token") is not None


def test_a_token_of_no_world_leads_to_the_main_one(worlds: Worlds) -> None:
    at_once(worlds.make("one", "main", "documented"))
    for authorization in (None, "", "Bearer x", "Bearer one", "Bearer two.x", "Basic one.x"):
        assert at_once(worlds.reach_behind(authorization)) is worlds.main


def test_each_world_has_a_clock_of_its_own_that_runs_from_its_making(worlds: Worlds, clock: SetClock) -> None:
    clock.at += timedelta(days=1)
    at_once(worlds.make("one", "first-cohort", "deployed"))
    clock.at += timedelta(hours=1)
    one = door(worlds, "one")
    assert one.now() == datetime(2021, 11, 22, 10, tzinfo=UTC)
    assert one.record.behaviour == "deployed"
    assert one.moment({}).now == one.now()
    assert one.moment({"x-with-server-date": "2021-12-01T00:00:00Z"}).now == datetime(2021, 12, 1, tzinfo=UTC)


def test_a_reset_brings_back_what_the_world_began_with_and_its_tokens(worlds: Worlds, clock: SetClock) -> None:
    _, tokens = at_once(worlds.make("one", "main", "documented"))
    one = door(worlds, "one")
    began = one.now()
    with one.writing() as unit:
        unit.put(ApiToken(id=hashed("one.issued"), lead_provider_id=next(iter(tokens))))
        known = unit.get(ApiToken, hashed(next(iter(tokens.values()))))
        assert known is not None
        unit.put(msgspec.structs.replace(known, revoked_at=began))
    rename(one, "Jane Jones")
    clock.at += timedelta(days=3)
    at_once(worlds.reset("one"))
    assert (name(one), one.now()) == ("Jane Smith", began)
    assert one.provider("one.issued") is None
    assert all(one.provider(token) for token in tokens.values())


def test_a_reset_has_the_main_world_be_as_it_was_started(worlds: Worlds) -> None:
    main = worlds.main
    first, *others = main.edition.defects
    main.begin(rate_limit=True, defects=[first])
    main.limit_rate(False)
    main.give_defects(others[:2])
    with main.writing() as unit:
        unit.put(ApiToken(id=hashed("issued"), lead_provider_id=next(iter(unit.all(LeadProvider))).id))
        unit.delete(ApiToken, hashed("northgate-sandbox-token"))
    at_once(worlds.reset("main"))
    assert (main.rate_limit is not None, [defect.name for defect in main.defects]) == (True, [first])
    assert main.provider("northgate-sandbox-token") is not None
    assert main.provider("issued") is None


def test_a_world_that_nobody_asks_for_ends_the_longest_idle_first(clock: SetClock) -> None:
    worlds = Worlds(played("main", "documented").fork(), Creation(ALL), clock, longest_idle=timedelta(hours=2))
    tokens = {
        id: next(iter(at_once(worlds.make(id, "main", "documented"))[1].values())) for id in ("one", "two", "three")
    }
    clock.at += timedelta(hours=1)
    assert at_once(worlds.reach_behind(f"Bearer {tokens['one']}")) is at_once(worlds.reach("one"))
    clock.at += timedelta(hours=1)
    assert at_once(worlds.reach("two")) is not None
    clock.at += timedelta(minutes=30)
    assert [glimpse.id for glimpse in at_once(worlds.glimpses()) if glimpse.id in tokens] == ["one", "two"]
    clock.at += timedelta(hours=1)
    assert at_once(worlds.reach_behind(f"Bearer {tokens['one']}")) is worlds.main
    assert at_once(worlds.has_ended("one"))
    assert not at_once(worlds.has_ended("two"))
    at_once(worlds.make("one", "main", "documented"))
    assert not at_once(worlds.has_ended("one"))
    clock.at += timedelta(days=400)
    assert [glimpse.id for glimpse in at_once(worlds.glimpses())] == ["main"]


def test_a_reset_of_the_main_world_leaves_the_others_alone(worlds: Worlds) -> None:
    at_once(worlds.make("one", "main", "documented"))
    for each in ("main", "one"):
        rename(door(worlds, each), "Jane Jones")
    at_once(worlds.reset("main"))
    assert [name(door(worlds, id)) for id in ("main", "one")] == ["Jane Smith", "Jane Jones"]
    assert worlds.main.provider("northgate-sandbox-token") is not None


def test_what_is_exported_can_be_brought_in_again_and_reset_to(worlds: Worlds, clock: SetClock) -> None:
    rename(worlds.main, "Jane Jones")
    clock.at += timedelta(days=2)
    left_at = worlds.main.now()
    content = exported(worlds.main.store, left_at)
    clock.at += timedelta(days=2)
    at_once(worlds.bring_in("copy", content))
    copy = door(worlds, "copy")
    assert (name(copy), copy.now()) == ("Jane Jones", left_at)
    assert copy.provider("northgate-sandbox-token") is None
    rename(copy, "Jane Brown")
    at_once(worlds.reset("copy"))
    assert (name(copy), copy.now()) == ("Jane Jones", left_at)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"[]", "does not hold tables"),
        (b"{", "This is no world"),
        (b"{}", 'does not say "format"'),
        (b'{"_store": {"1": {"format": 1, "revision": 1}}}', "which scenario"),
        (b'{"_store": {"1": {"format": 1, "revision": 1}}, "schools": {"x": {}}}', "invalid literal"),
        (b'{"_store": {"1": {"format": 1, "revision": 1}}, "schools": {"1": {"id": 3}}}', "in schools, document 1"),
        (b'{"_store": {"1": {"format": 1, "revision": 1}}, "pupils": {"1": {}}}', 'a table "pupils"'),
    ],
)
def test_what_is_no_world_is_not_brought_in(worlds: Worlds, content: bytes, problem: str) -> None:
    with pytest.raises(StoreProblem, match=problem):
        at_once(worlds.bring_in("copy", content))
    assert at_once(worlds.reach("copy")) is None


def test_a_world_that_lacks_something_it_refers_to_is_not_brought_in(worlds: Worlds) -> None:
    lacking = worlds.main.store.fork()
    with lacking.write() as unit:
        unit.delete(Participant, JANE)
    with pytest.raises(StoreProblem, match=f"names the participant_id {JANE}, which is not in the file"):
        at_once(worlds.bring_in("copy", lacking.dumped()))


def test_a_world_that_is_ended_is_no_more_and_its_tokens_open_nothing(worlds: Worlds) -> None:
    _, tokens = at_once(worlds.make("one", "main", "documented"))
    at_once(worlds.end("one"))
    assert at_once(worlds.reach("one")) is None
    token = next(iter(tokens.values()))
    assert at_once(worlds.reach_behind(f"Bearer {token}")).provider(token) is None


def test_the_main_world_cannot_be_ended_and_no_two_have_one_id(worlds: Worlds) -> None:
    with pytest.raises(Impossible, match="always there"):
        at_once(worlds.end("main"))
    for taken in ("main", "one"):
        at_once(worlds.make(None if taken == "main" else taken, "main", "documented"))
        with pytest.raises(Impossible, match=f"a world {taken} already"):
            at_once(worlds.make(taken, "main", "documented"))


def test_there_is_an_end_to_how_many_there_can_be(worlds: Worlds, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST >= 1000
    monkeypatch.setattr("sandbox.worlds.shelf.MOST", 2)
    at_once(worlds.make(None, "main", "documented"))
    at_once(worlds.make(None, "main", "documented"))
    with pytest.raises(Impossible, match="delete those"):
        at_once(worlds.make(None, "main", "documented"))


def test_a_frozen_clock_stands(clock: SetClock) -> None:
    world = World(
        id="world", scenario="main", behaviour="documented", starts_at=clock.at, began_at=clock.at, frozen=True
    )
    assert world.time(clock.at + timedelta(days=1)) == clock.at
    assert msgspec.structs.replace(world, frozen=False).time(clock.at + timedelta(days=1)) == clock.at + timedelta(1)


def test_an_empty_store_is_no_world() -> None:
    with pytest.raises(StoreProblem, match="ecf-sandbox reset"):
        ServedWorld("main", MemoryStore(), ecf.EDITION, lambda: datetime(2026, 1, 1, tzinfo=UTC)).now()
