"""What a walk asks after an act: lists whole and by filters, sorts and pages, and records by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from contract_tests.api import Api
from contract_tests.errors import ContractBroken
from contract_tests.register.asking import (
    DECLARATIONS,
    PARTICIPANTS,
    PARTNERS,
    PARTNERSHIPS,
    SCHOOLS,
    STATEMENTS,
    TRANSFERS,
    UNFUNDED,
)
from contract_tests.register.model import lists
from contract_tests.register.model.lists import Query
from contract_tests.register.model.records import begins
from contract_tests.register.model.shown import time
from contract_tests.register.walks.chance import COHORTS
from contract_tests.register.walks.naming import COMPARISON
from contract_tests.register.walks.world import World
from contract_tests.walking.listing import Listing, apart, sent
from contract_tests.walking.rows import Order, Row, in_order, oldest

ALL: Final = Query()
SENT: Final = {
    "cohorts": "filter[cohort]",
    "since": "filter[updated_since]",
    "training_status": "filter[training_status]",
    "from_participant_id": "filter[from_participant_id]",
    "participant_ids": "filter[participant_id]",
    "partner_ids": "filter[delivery_partner_id]",
    "urn": "filter[urn]",
    "sort": "sort",
}
FILTERS: Final = {
    PARTICIPANTS: ("cohorts", "since", "training_status", "from_participant_id", "sort"),
    DECLARATIONS: ("cohorts", "since", "participant_ids", "partner_ids", "sort"),
    TRANSFERS: ("since", "sort"),
    UNFUNDED: ("since", "sort"),
    PARTNERSHIPS: ("cohorts", "since", "partner_ids", "sort"),
    SCHOOLS: ("since", "urn", "sort"),
    PARTNERS: ("cohorts", "sort"),
    STATEMENTS: ("cohorts", "since"),
}
KEYS: Final = {
    PARTICIPANTS: ("created_at", "updated_at", "trn"),
    TRANSFERS: ("created_at", "updated_at", "trn"),
    UNFUNDED: ("created_at", "updated_at", "trn"),
    SCHOOLS: ("created_at", "updated_at", "urn"),
    PARTNERS: ("created_at", "updated_at", "name"),
}
EACH_TIME: Final = (PARTICIPANTS, DECLARATIONS, TRANSFERS)
IN_TURN: Final = (PARTNERSHIPS, SCHOOLS, UNFUNDED, STATEMENTS, PARTNERS)


@dataclass(frozen=True)
class Question:
    """A list as one provider asks for it, as of another time if there is one.

    `form`: `list`, `pages` of a third of it each, `one` record, or `nothing` of it.
    """

    by: int
    path: str
    query: Query = ALL
    form: str = "list"
    pick: int = 0
    at: datetime | None = None

    def ask(self, world: World) -> None:
        """Raises ContractBroken unless the answer is what is known: over as little of it as does it."""
        try:
            self._ask(world)
        except ContractBroken:
            for simpler in self._simpler():
                simpler.ask(world)
            raise

    def _simpler(self) -> Iterator[Question]:
        """The list as a whole, and with no filter but what it takes."""
        if self.form == "pages":
            yield replace(self, form="list")
        needed = replace(ALL, cohorts=self.query.cohorts) if self.path == SCHOOLS else ALL
        if self.query != needed:
            yield replace(self, query=needed, form="list")

    def _ask(self, world: World) -> None:
        rows, order = self._known(world)
        listing = Listing(self.api(world), self.path, self.texts, rows, order, COMPARISON)
        match self.form:
            case "one":
                listing.one(self.pick)
            case "nothing":
                listing.nothing(self.pick, _ids(world, self.path))
            case "pages":
                listing.pages()
            case _:
                listing.whole()

    def _known(self, world: World) -> tuple[list[Row], Order]:
        with world.known.at(self.at or world.known.now):
            rows, order = lists.listed(world.known, world.known.providers[self.by], self.path, self.query)
        if self.path == SCHOOLS:
            return _with_others(world, self.query, rows)
        if self.path == STATEMENTS:
            rows = [row for row in rows if row.attributes["cohort"] in COHORTS]
        return rows, order

    @property
    def texts(self) -> dict[str, str]:
        """The query, as it is sent. Of statements only those of the cohorts that walks are about are asked for."""
        query = replace(self.query, cohorts=frozenset(COHORTS)) if self._asks_too_much else self.query
        found = {name: getattr(query, field) for field, name in SENT.items()}
        return {name: sent(value) for name, value in found.items() if value is not None}

    @property
    def _asks_too_much(self) -> bool:
        return self.path == STATEMENTS and self.query.cohorts is None

    def __str__(self) -> str:
        then = f" at {time(self.at)}" if self.at else ""
        return f"provider {self.by} {self.path} {self.texts or ''} {self.form}{then}"

    def api(self, world: World) -> Api:
        """Who asks, and as of when."""
        api = world.apis[self.by]
        return api.at(self.at) if self.at else api


def _with_others(world: World, query: Query, rows: list[Row]) -> tuple[list[Row], Order]:
    """Schools that nobody acts on stay as they were."""
    (cohort,) = query.cohorts or ("",)
    others = apart(world.others.get(cohort, []), query.urn, query.since)
    return in_order([*rows, *others], oldest, query.sort)


def _ids(world: World, path: str) -> list[str]:
    known = world.known
    people = [each.id for each in known.people] + [change.retired for change in known.id_changes]
    of_path: dict[str, list[str]] = {
        DECLARATIONS: [each.id for each in known.declarations],
        PARTNERSHIPS: [each.id for each in known.partnerships],
        PARTNERS: [each.id for each in known.partners],
        STATEMENTS: [each.id for each in known.statements],
    }
    return of_path.get(path, people)


class Looker:
    """Decides what is asked after acts: of people and declarations everything, of all else something, turn by turn."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._turn = 0

    def questions(self, world: World, since: datetime) -> Iterator[Question]:
        """What is asked now; `since` is when an act was."""
        self._turn += 1
        choose = self._random.choice
        by = self._turn % 3
        for other in (0, 1, 2):
            for path in EACH_TIME[:2] if other != by else EACH_TIME:
                yield Question(other, path)
        path = IN_TURN[self._turn % len(IN_TURN)]
        yield self._whole(choose((0, 1)), path)
        yield self._whole((self._turn + 1) % 3, IN_TURN[(self._turn + 2) % len(IN_TURN)])
        yield self._filtered(world, choose((0, 1)), choose(EACH_TIME), since)
        yield self._filtered(world, choose((0, 1)), choose((PARTICIPANTS, DECLARATIONS, *IN_TURN)), since)
        anything = choose(tuple(FILTERS))
        yield replace(self._whole(choose((0, 1, 2)), anything), form="one", pick=self._random.randrange(1000))
        if anything != SCHOOLS:
            yield Question(choose((0, 1, 2)), anything, form="nothing", pick=self._random.randrange(1000))
        if self._turn % 2 == 0:
            yield replace(self._whole(by, choose(tuple(FILTERS))), at=self._another_time(world, since))
        if self._turn % 3 == 0:
            yield replace(self._filtered(world, choose((0, 1)), choose(tuple(FILTERS)), since), form="pages")

    def _another_time(self, world: World, since: datetime) -> datetime:
        """Some hours or days from now, or beside an act, or beside midnight in London."""
        choose, second = self._random.choice, timedelta(seconds=1)
        edges = (since, begins(world.known.today), begins(world.known.today + timedelta(days=1)))
        if choose((True, False)):
            return choose(edges) + choose((-second, timedelta(0), second))
        return world.known.now + timedelta(hours=choose((-24 * 40, -24, -1, 1, 24, 24 * 6)))

    def everything(self) -> Iterator[Question]:
        """All lists of everybody, whole."""
        for by in (0, 1, 2):
            for path in FILTERS:
                if path == SCHOOLS:
                    yield from (Question(by, path, Query(cohorts=frozenset({each}))) for each in COHORTS)
                else:
                    yield Question(by, path)

    def _whole(self, by: int, path: str) -> Question:
        if path == SCHOOLS:
            return Question(by, path, Query(cohorts=frozenset({COHORTS[self._turn % len(COHORTS)]})))
        return Question(by, path)

    def _filtered(self, world: World, by: int, path: str, since: datetime) -> Question:
        """A list by one filter, or by two."""
        whole, named = self._whole(by, path), FILTERS[path]
        names = self._random.sample(named, k=min(len(named), self._random.choice((1, 1, 2))))
        values = {name: self._value(world, name, path, since) for name in names}
        return replace(whole, query=replace(whole.query, **values))

    def _value(self, world: World, name: str, path: str, since: datetime) -> Any:
        choose, known = self._random.choice, world.known
        second = timedelta(seconds=1)
        declared = sorted({each.person.id for each in known.declarations}) or [each.id for each in known.people]
        partners = sorted({each.partner.id for each in known.partnerships})
        keys = KEYS.get(path, ("created_at", "updated_at"))
        if name == "cohorts":
            return frozenset(self._random.sample(COHORTS, k=choose((1, 1, 2))))
        if name == "since":
            return choose((since, since, since + second, known.now - timedelta(days=20)))
        if name == "training_status":
            return choose(("active", "deferred", "withdrawn"))
        if name == "from_participant_id":
            return choose([each.retired for each in known.id_changes] or [each.id for each in known.people])
        if name == "participant_ids":
            return frozenset(self._random.sample(declared, k=min(len(declared), choose((1, 2)))))
        if name == "partner_ids":
            return frozenset({choose(partners)})
        if name == "urn":
            return choose(known.schools).urn
        return ",".join(choose(("", "-")) + each for each in self._random.sample(keys, k=choose((1, 1, 2))))
