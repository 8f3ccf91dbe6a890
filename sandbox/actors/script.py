"""The seed data, played: every life's events in order of time, as far as a scenario goes.

Nothing is loaded that the rules would not have let happen: each event goes through the very actions and actors that
serve the API, and one that they refuse stops the loading. Scenarios are the same lives, cut off at different moments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from sandbox import resources
from sandbox.actors import crowd, settling
from sandbox.actors.events import Event, PersonEvent, SchoolEvent
from sandbox.actors.impossible import Impossible
from sandbox.actors.seeds import Person, Scenario, SchoolSeed, SeedProblem, Seeds, read, read_scenarios
from sandbox.actors.setting import setting
from sandbox.actors.stage import Stage
from sandbox.model import Behaviour, Statement, World
from sandbox.rules.rule import Refused
from sandbox.store.engine import MemoryStore
from sandbox.store.protocol import Conflict, Unit

__all__ = ["Scenario", "SeedProblem", "play", "scenarios"]

SEEDS: Final = resources.folder("seeds")


class Deed(NamedTuple):
    """An event, whose it is, how it is played, and the file it stands in."""

    at: datetime
    file: str
    whose: str
    event: Event
    play: Callable[[Stage], None]


def scenarios(folder: Path = SEEDS) -> Mapping[str, Scenario]:
    """The scenarios there are, by name. Raises SeedProblem."""
    return read_scenarios(folder)


def play(scenario: str, behaviour: Behaviour, *, began_at: datetime, folder: Path = SEEDS) -> MemoryStore:
    """A store, in memory, with a scenario as it is when the world's clock starts. Raises SeedProblem."""
    known = scenarios(folder)
    if scenario not in known:
        raise SeedProblem(f"There is no scenario {scenario!r}. There are: {', '.join(known)}.")
    starts_at = known[scenario].starts_at
    seeds = read(folder)
    store = MemoryStore()
    with store.write() as unit:
        unit.put(World(id="world", scenario=scenario, behaviour=behaviour, starts_at=starts_at, began_at=began_at))
        for record in setting(seeds):
            unit.put(record)
        _play(unit, seeds, behaviour, starts_at)
    return store


def _play(unit: Unit, seeds: Seeds, behaviour: Behaviour, until: datetime) -> None:
    stage = Stage(unit, behaviour, seeds.organisations)
    settlements = sorted({due.at for statement in unit.all(Statement) for due in settling.due(statement)}, reverse=True)
    for deed in sorted(_deeds(seeds), key=lambda deed: deed.at):
        if deed.at > until:
            break
        while settlements and settlements[-1] <= deed.at:
            stage.settle(settlements.pop())
        _perform(stage, deed)
    stage.settle(until)


def _deeds(seeds: Seeds) -> Iterator[Deed]:
    """Every event there is. Of those at the same moment, schools' come first, then people's as they are written."""
    for school in seeds.schools.schools:
        for decision in school.life:
            yield _of_school(school, decision)
    for file, people in seeds.people.items():
        for person in people:
            yield from (_of_person(file, person, event) for event in person.life)
    for person in crowd.people(seeds):
        yield from (_of_person("crowd.yaml", person, event) for event in person.life)


def _of_school(school: SchoolSeed, event: SchoolEvent) -> Deed:
    whose = f"{school.name} ({school.urn})"
    return Deed(event.at, "schools.yaml", whose, event, lambda stage: stage.play_school(school.urn, event))


def _of_person(file: str, person: Person, event: PersonEvent) -> Deed:
    return Deed(event.at, file, f"{person.name} ({person.id})", event, lambda stage: stage.play(person, event))


def _perform(stage: Stage, deed: Deed) -> None:
    try:
        deed.play(stage)
    except Refused as refusal:
        rules = ", ".join(dict.fromkeys(breach.rule_id for breach in refusal.breaches))
        raise SeedProblem(
            f"{_place(deed)} is against {rules}. openapi/rules.yaml says what these rules want: change the event."
        ) from refusal
    except (Impossible, Conflict) as error:
        raise SeedProblem(f"{_place(deed)} cannot happen: {error}.") from error


def _place(deed: Deed) -> str:
    return f"{deed.file}, {deed.whose}: {deed.event.do!r} at {deed.at:%Y-%m-%dT%H:%M:%SZ}"
