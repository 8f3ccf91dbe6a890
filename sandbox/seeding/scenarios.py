"""The scenarios of the seed data, played: every life's events in order of time, as far as a scenario goes.

Nothing is loaded that the rules would not have let happen: each event goes through the very actions and actors that
serve the API, and one that they refuse stops the loading. Scenarios are the same lives, cut off at different moments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from sandbox.actors import settling
from sandbox.actors.impossible import Impossible
from sandbox.edition import Edition
from sandbox.model import Behaviour, Statement, World
from sandbox.rules.book import RuleBook
from sandbox.rules.rule import Refused
from sandbox.seeding import crowd
from sandbox.seeding.events import PersonEvent, SchoolEvent
from sandbox.seeding.files import SEEDS, SeedProblem, read, read_scenarios
from sandbox.seeding.player import SeedPlayer
from sandbox.seeding.records import seed_records
from sandbox.seeding.seeds import Person, Scenario, SchoolSeed, Seeds
from sandbox.store.engine import MemoryStore
from sandbox.store.protocol import Conflict, Unit


class SeedEvent(NamedTuple):
    """An event with the file it stands in, whose it is, what it does and how it is played."""

    at: datetime
    file: str
    whose: str
    does: str
    play: Callable[[SeedPlayer], None]


def scenarios(folder: Path = SEEDS) -> Mapping[str, Scenario]:
    """The scenarios there are, by name. Raises SeedProblem."""
    return read_scenarios(folder)


def play(
    scenario: str, edition: Edition, behaviour: Behaviour, *, began_at: datetime, folder: Path = SEEDS
) -> MemoryStore:
    """A store, in memory, with a scenario as it is when the world's clock starts. Raises SeedProblem."""
    known = scenarios(folder)
    if scenario not in known:
        raise SeedProblem(f"There is no scenario {scenario!r}. There are: {', '.join(known)}.")
    starts_at = known[scenario].starts_at
    store = MemoryStore()
    with store.write() as unit:
        unit.put(
            World(
                id="world",
                scenario=scenario,
                edition=edition.name,
                behaviour=behaviour,
                starts_at=starts_at,
                began_at=began_at,
            )
        )
        if edition.own is not None:
            edition.own.begin(unit, scenario, edition.rules[behaviour], starts_at)
        else:
            _begin(unit, edition.rules[behaviour], starts_at, folder)
    return store


def _begin(unit: Unit, rules: Any, starts_at: datetime, folder: Path) -> None:
    seeds = read(folder)
    for record in seed_records(seeds):
        unit.put(record)
    _play(unit, seeds, rules, starts_at)


def _play(unit: Unit, seeds: Seeds, rules: RuleBook, until: datetime) -> None:
    player = SeedPlayer(unit, rules, seeds.organisations)
    settlements = sorted({due.at for statement in unit.all(Statement) for due in settling.due(statement)}, reverse=True)
    for event in sorted(_events(seeds), key=lambda event: event.at):
        if event.at > until:
            break
        while settlements and settlements[-1] <= event.at:
            player.settle(settlements.pop())
        _play_one(player, event)
    player.settle(until)
    player.finish()


def _events(seeds: Seeds) -> Iterator[SeedEvent]:
    """Every event there is. Of those at the same moment, schools' come first, then people's as they are written."""
    for school in seeds.schools.schools:
        for decision in school.life:
            yield _of_school(school, decision)
    for file, people in seeds.people.items():
        for person in people:
            yield from (_of_person(file, person, event) for event in person.life)
    for person in crowd.people(seeds):
        yield from (_of_person("crowd.yaml", person, event) for event in person.life)


def _of_school(school: SchoolSeed, event: SchoolEvent) -> SeedEvent:
    whose = f"{school.name} ({school.urn})"
    return SeedEvent(event.at, "schools.yaml", whose, event.do, lambda player: player.play_school(school.urn, event))


def _of_person(file: str, person: Person, event: PersonEvent) -> SeedEvent:
    return SeedEvent(
        event.at, file, f"{person.name} ({person.id})", event.do, lambda player: player.play(person, event)
    )


def _play_one(player: SeedPlayer, event: SeedEvent) -> None:
    try:
        event.play(player)
    except Refused as refusal:
        rules = ", ".join(dict.fromkeys(breach.rule_id for breach in refusal.breaches))
        raise SeedProblem(
            f"{_place(event)} is against {rules}. openapi/ecf/rules.yaml says what these rules want: change the event."
        ) from refusal
    except (Impossible, Conflict) as error:
        raise SeedProblem(f"{_place(event)} cannot happen: {error}.") from error


def _place(event: SeedEvent) -> str:
    return f"{event.file}, {event.whose}: {event.does!r} at {event.at:%Y-%m-%dT%H:%M:%SZ}"
