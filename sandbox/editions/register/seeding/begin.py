"""What a world of Register begins with: its organisations, and in one scenario everybody's life until then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import NamedTuple

from msgspec.structs import replace

from sandbox.actors.impossible import Impossible
from sandbox.editions.register.actions.call import Moment
from sandbox.editions.register.actors import statements
from sandbox.editions.register.actors.nights import settle
from sandbox.editions.register.rules.book import RegisterBook
from sandbox.editions.register.rules.days import DAY, day_of
from sandbox.editions.register.seeding import crowd
from sandbox.editions.register.seeding.events import PersonEvent
from sandbox.editions.register.seeding.player import SeedPlayer
from sandbox.editions.register.seeding.records import seed_records
from sandbox.editions.register.seeding.seeds import PartnershipEvent, Person, Seeds, read, read_organisations
from sandbox.model import Statement
from sandbox.rules.rule import Refused
from sandbox.seeding.files import SeedProblem
from sandbox.seeding.ids import named
from sandbox.store.protocol import Conflict, Unit

ORGANISATIONS = "register-organisations"
MINUTE = timedelta(minutes=1)


class SeedEvent(NamedTuple):
    """Something that happens, whose it is and what it does."""

    at: datetime
    whose: str
    play: Callable[[SeedPlayer], None]


def begin(unit: Unit, scenario: str, rules: RegisterBook, starts_at: datetime) -> None:
    """Put the records in with which a scenario begins. Raises SeedProblem."""
    seeds = read()
    for record in seed_records(seeds):
        unit.put(record)
    if scenario == ORGANISATIONS:
        settle_statements(unit, day_of(starts_at))
    else:
        _play(unit, rules, seeds, starts_at)


def settle_statements(unit: Unit, today: date) -> None:
    """Have statements be as old as they are: payable past their deadline, paid two months after payment was due."""
    for statement in list(unit.all(Statement)):
        if two_months_after(statement.payment_date) < today:
            unit.put(replace(statement, state="paid"))
        elif statement.deadline < today:
            unit.put(replace(statement, state="payable"))


def two_months_after(day: date) -> date:
    """The same day of the month after the next."""
    month = day.month + 1
    return day.replace(year=day.year + month // 12, month=month % 12 + 1)


def tokens() -> Mapping[str, str]:
    """The bearer token of each lead provider, by the provider's name. Raises SeedProblem."""
    return {provider.name: provider.token for provider in read_organisations().providers}


def _play(unit: Unit, rules: RegisterBook, seeds: Seeds, until: datetime) -> None:
    """Play everything that happens until the world's clock starts, in order of time. Raises SeedProblem."""
    player, since = SeedPlayer(unit, rules, seeds), None
    events = sorted((*_events(seeds, until), *_payments(unit, rules)), key=lambda event: event.at)
    nights = sorted({_midnight(statement.deadline + DAY) for statement in unit.all(Statement)}, reverse=True)
    for event in events:
        if event.at > until:
            break
        while nights and nights[-1] <= event.at:
            since = _settle(unit, rules, nights.pop(), since)
        try:
            event.play(player)
        except Refused as refusal:
            broken = ", ".join(dict.fromkeys(breach.rule_id for breach in refusal.breaches))
            raise SeedProblem(f"register, {event.whose} at {event.at} is against {broken}: change it.") from refusal
        except (Impossible, Conflict) as error:
            raise SeedProblem(f"register, {event.whose} at {event.at} cannot happen: {error}.") from error
    _settle(unit, rules, until, since)


def _events(seeds: Seeds, until: datetime) -> Iterator[SeedEvent]:
    for number, event in enumerate(_partnerships(seeds)):
        begun = event._replace(at=event.at + number * MINUTE)
        yield SeedEvent(begun.at, f"partnership {event.school}", partial(_add, begun))
    for person in (*seeds.people, *crowd.people(seeds, until)):
        for each in person.life:
            whose = f"{person.name} ({person.id}): {each.do!r}"
            yield SeedEvent(each.at, whose, partial(_live, person, each))


def _add(event: PartnershipEvent, player: SeedPlayer) -> None:
    player.add_partnership(event)


def _live(person: Person, event: PersonEvent, player: SeedPlayer) -> None:
    player.play(person, event)


def _partnerships(seeds: Seeds) -> Iterator[PartnershipEvent]:
    starts = {period.year: period.starts for period in seeds.periods}
    for seed in seeds.partnerships:
        for cohort in seed.cohorts:
            for urn in seed.schools:
                at = datetime.combine(starts[cohort] + DAY, time(9), UTC)
                yield PartnershipEvent(at, urn, cohort, seed.provider, seed.partner)


def _payments(unit: Unit, rules: RegisterBook) -> Iterator[SeedEvent]:
    """The DfE pays each statement two months after payment was due."""
    for statement in unit.all(Statement):
        at = datetime.combine(two_months_after(statement.payment_date), time(10), UTC)
        id = statement.id

        def pay(_player: SeedPlayer, id: str = id, at: datetime = at) -> None:
            due = unit.get(Statement, id)
            assert due is not None
            moment = Moment(now=at, rules=rules, new_id=lambda: named("register", "paid", id))
            try:
                statements.mark_paid(unit, moment, due)
            except Impossible:  # there is nothing to pay
                unit.put(replace(due, state="paid", updated_at=at))

        yield SeedEvent(at, f"statement {id}", pay)


def _settle(unit: Unit, rules: RegisterBook, at: datetime, since: datetime | None) -> datetime:
    moment = Moment(now=at, rules=rules, new_id=lambda: named("register", "night", str(at)))
    settle(unit, moment, since)
    return at


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
