"""What a walk asks after an act: lists whole and by filters, sorts and pages, as CSV, and records by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from contract_tests.api import Api
from contract_tests.errors import ContractBroken
from contract_tests.model import lists
from contract_tests.model.lists import Query
from contract_tests.model.shown import time
from contract_tests.walking.listing import Listing, apart, sent
from contract_tests.walking.rows import Order, Row
from contract_tests.walks.comparing import COMPARISON, compare_csv
from contract_tests.walks.moments import Moments, last_changed
from contract_tests.walks.world import ALL_COHORTS, COHORTS, World

ALL: Final = Query()
SORTS: Final = {
    lists.PARTICIPANTS: ("created_at", "updated_at"),
    lists.UNFUNDED: ("created_at", "updated_at", "full_name", "email"),
    lists.PARTNERSHIPS: ("created_at", "updated_at"),
    lists.SCHOOLS: ("created_at", "updated_at", "name", "urn"),
    lists.PARTNERS: ("created_at", "updated_at", "name"),
}
SORTS_OF_COLUMNS: Final = {  # by what the deployed service sorts as well
    lists.PARTICIPANTS: ("id",),
    lists.PARTNERSHIPS: ("id", "school_id", "delivery_partner_id", "challenge_reason", "challenged_at"),
    lists.SCHOOLS: ("id",),
    lists.PARTNERS: ("id",),
}
STATUSES: Final = ("active", "deferred", "withdrawn")
FIELDS: Final = {
    "cohorts": "filter[cohort]",
    "since": "filter[updated_since]",
    "training_status": "filter[training_status]",
    "from_participant_id": "filter[from_participant_id]",
    "participant_ids": "filter[participant_id]",
    "partner_ids": "filter[delivery_partner_id]",
    "urn": "filter[urn]",
    "type": "filter[type]",
    "sort": "sort",
}
FLAT: Final = {lists.PARTICIPANTS: ("cohorts", "since"), lists.DECLARATIONS: ("participant_ids", "since")}
NESTED: Final = {
    lists.PARTICIPANTS: ("cohorts", "since", "training_status", "from_participant_id", "sort"),
    lists.DECLARATIONS: ("cohorts", "since", "participant_ids", "partner_ids"),
    lists.TRANSFERS: ("since",),
    lists.UNFUNDED: ("since", "sort"),
    lists.PARTNERSHIPS: ("cohorts", "since", "partner_ids", "sort"),
    lists.SCHOOLS: ("since", "urn", "sort"),
    lists.PARTNERS: ("cohorts", "sort"),
    lists.STATEMENTS: ("cohorts", "since", "type"),
}
FLAT_ALONE: Final = FLAT  # by which filters of a list its records are found, or not, by themselves as well
NESTED_ALONE: Final = {
    lists.PARTICIPANTS: ("cohorts", "since", "training_status", "from_participant_id"),
    lists.DECLARATIONS: ("cohorts",),
    lists.TRANSFERS: ("since",),
    lists.UNFUNDED: ("since",),
    lists.SCHOOLS: ("since", "urn"),
    lists.STATEMENTS: ("type",),
}
NOT_ALONE: Final = {  # and by which they are found all the same
    lists.PARTNERSHIPS: ("cohorts", "since", "partner_ids"),
    lists.PARTNERS: ("cohorts",),
    lists.STATEMENTS: ("cohorts", "since"),
}


@dataclass(frozen=True)
class Question:
    """A list as one provider asks for it, as of another time if there is one.

    `form`: `list`, `csv`, `pages` of a third of it each, `one` record, the record `id` `alone` by the same filters, or
    `nothing` of it.
    """

    by: int
    path: str
    query: Query = ALL
    form: str = "list"
    pick: int = 0
    at: datetime | None = None
    id: str = ""

    def ask(self, world: World) -> None:
        """Raises ContractBroken unless the answer is what is known: over one filter, where that alone does it."""
        try:
            self._ask(world)
        except ContractBroken:
            for simpler in self._simpler():
                simpler.ask(world)
            raise

    def _ask(self, world: World) -> None:
        rows, order = self.known(world)
        open_ties = world.register.deployed
        listing = Listing(self.api(world), self.path, self.texts, rows, order, COMPARISON, ties_are_open=open_ties)
        match self.form:
            case "one":
                listing.one(self.pick, _shown_first(world))
            case "alone":
                replace(listing, rows=self._found_alone(world)).alone(self.id, _shown_first(world))
            case "nothing":
                listing.nothing(self.pick, _ids(world, self.path))
            case "pages":
                listing.pages()
            case "csv":
                self._ask_for_csv(world, rows)
            case _:
                listing.whole()

    def _ask_for_csv(self, world: World, rows: list[Row]) -> None:
        reply = self.api(world).get(f"{self.path}.csv", **self.texts)
        if reply.status != 200:
            raise ContractBroken("read.csv", "200", str(reply.status), reply.exchange)
        compare_csv(rows, reply.exchange)

    def _simpler(self) -> Iterator[Question]:
        """The same list with fewer filters."""
        needed = {"cohorts"} if self.path == lists.SCHOOLS else set()
        given = [name for name in FIELDS if getattr(self.query, name) is not None and name not in needed]
        if given:
            yield replace(self, query=replace(self.query, **dict.fromkeys(given)), form="list")
        if len(given) > 1:
            for name in given:
                others = [other for other in given if other != name]
                yield replace(self, query=replace(self.query, **dict.fromkeys(others)), form="list")

    def _found_alone(self, world: World) -> list[Row]:
        """The records that are found by themselves: some filters do not count."""
        return replace(self, query=replace(self.query, **dict.fromkeys(NOT_ALONE.get(self.path, ())))).known(world)[0]

    def known(self, world: World) -> tuple[list[Row], Order]:
        """The rows that there are, in order, and by what that is."""
        provider = world.register.providers[self.by]
        with world.register.at(self.at or world.register.now):
            rows, order = lists.listed(world.register, provider, world.version, self.path, self.query)
        if self.path == lists.SCHOOLS:
            return _with_others(world, self.query, rows)
        return rows, order

    @property
    def texts(self) -> dict[str, str]:
        """The query, as it is sent."""
        found = {name: getattr(self.query, field) for field, name in FIELDS.items()}
        return {name: sent(value) for name, value in found.items() if value is not None}

    def __str__(self) -> str:
        then = f" at {time(self.at)}" if self.at else ""
        return f"provider {self.by} {self.path} {self.texts or ''} {self.form}{then}"

    def api(self, world: World) -> Api:
        """Who asks, and as of when."""
        api = world.apis[self.by]
        return api.at(self.at) if self.at else api


def _shown_first(world: World) -> Callable[[Row], tuple[Any, ...]]:
    """Of somebody with two trainings v1 and v2 show that as an ECT alone, and of two of these the older one."""
    begun = {training.id: training.created for training in world.register.trainings}

    def order(row: Row) -> tuple[Any, ...]:
        about = row.attributes
        return about.get("participant_type") != "ect", begun.get(about.get("training_record_id", ""))

    return order


def _with_others(world: World, query: Query, rows: list[Row]) -> tuple[list[Row], Order]:
    """Schools that nobody acts on stay as they were."""
    (cohort,) = query.cohorts or ("",)
    others = apart(world.others.get(cohort, []), query.urn, query.since)
    return lists.ordered([*rows, *others], query.sort)


def _ids(world: World, path: str) -> list[str]:
    register = world.register
    people = [person.id for person in register.people] + [change.retired for change in register.id_changes]
    of_path: dict[str, list[str]] = {
        lists.DECLARATIONS: [each.id for each in register.declarations],
        lists.PARTNERSHIPS: [each.id for each in register.partnerships if each.id],
        lists.PARTNERS: [each.id for each in register.partners],
        lists.STATEMENTS: [each.id for each in register.statements if each.output],
    }
    return of_path.get(path, people)


class Looker:
    """Decides what is asked after each act: whoever sees it whole, and of all else something, turn by turn."""

    def __init__(self, version: str, random: Random, moments: Moments) -> None:
        self._fields = NESTED if version == "v3" else FLAT
        self._random = random
        self._moments = moments
        self._turn = 0

    def questions(self, world: World, since: datetime) -> Iterator[Question]:
        """What is asked now; `since` is when the last act began."""
        self._turn += 1
        paths = list(self._fields)
        main, others = paths[:2], paths[2:]
        if world.version == "v3" and self._turn % 2:  # before it is asked what there is now
            provider, then = last_changed(world).newest.provider, self._moments.of_question(world)
            by = world.register.providers.index(provider) if provider in world.register.providers else 0
            yield Question(by, self._random.choice((lists.PARTICIPANTS, lists.TRANSFERS)), at=then)
        for by in range(len(world.apis)):
            for path in main:
                yield Question(by, path)
            for number, path in enumerate(others):
                if (number + self._turn) % 3 == 0 and (by == self._turn % 3 or path not in _OF_ORGANISATIONS):
                    yield self._whole(by, path)
        by = self._turn % len(world.apis)
        for path in main:
            yield self._perhaps_then(world, self._filtered(world, by, path, since))
            yield self._perhaps_then(world, Question(by, path, form="one", pick=self._random.randrange(1000)))
        if world.version == "v3":
            path = others[self._turn % len(others)]
            yield self._perhaps_then(world, self._filtered(world, (by + 1) % 3, path, since))
            one = replace(self._whole(by, path), form="one", pick=self._random.randrange(1000))
            yield self._perhaps_then(world, one)
        else:
            yield Question(by, main[self._turn % 2], form="csv")
        path = paths[self._turn % len(paths)]
        if path != lists.SCHOOLS:
            yield Question((by + 2) % 3, path, form="nothing", pick=self._random.randrange(1000))
        if self._turn % 2:
            yield replace(self._filtered(world, by, path, since), form="pages")

    def everything(self, world: World) -> Iterator[Question]:
        """All lists of everybody, whole."""
        for by in range(len(world.apis)):
            for path in self._fields:
                if path == lists.SCHOOLS:
                    yield from (Question(by, path, Query(cohorts=frozenset({each}))) for each in ALL_COHORTS if by == 0)
                else:
                    yield Question(by, path)

    def _whole(self, by: int, path: str) -> Question:
        if path == lists.SCHOOLS:
            return Question(by, path, Query(cohorts=frozenset({COHORTS[self._turn % len(COHORTS)]})))
        return Question(by, path)

    def _perhaps_then(self, world: World, question: Question) -> Question:
        """The same, as often as not as of another time."""
        return replace(question, at=self._moments.of_question(world)) if self._moments.perhaps() else question

    def _filtered(self, world: World, by: int, path: str, since: datetime) -> Question:
        """A list by one filter, or by two."""
        whole = self._whole(by, path)
        names = self._random.sample(self._fields[path], k=min(len(self._fields[path]), self._random.choice((1, 1, 2))))
        values = {name: self._value(world, name, path, since) for name in names}
        return replace(whole, query=replace(whole.query, **values))

    def _value(self, world: World, name: str, path: str, since: datetime) -> Any:
        choose = self._random.choice
        register = world.register
        people = sorted({each.person.id for each in register.declarations}) or [person.id for person in register.people]
        values: dict[str, Any] = {
            "cohorts": lambda: frozenset(self._random.sample(COHORTS, k=choose((1, 1, 2)))),
            "since": lambda: self._since(world, path, since),
            "training_status": lambda: choose(STATUSES),
            "from_participant_id": lambda: choose([each.retired for each in register.id_changes] or people),
            "participant_ids": lambda: frozenset(self._random.sample(people, k=min(len(people), self._most(world)))),
            "partner_ids": lambda: frozenset({choose(register.partners).id}),
            "urn": lambda: choose(register.schools).urn,
            "type": lambda: choose(("ecf", "npq")),
            "sort": lambda: ",".join(
                choose(("", "-")) + each for each in self._random.sample(SORTS[path], k=choose((1, 1, 2)))
            ),
        }
        return values[name]()

    def _since(self, world: World, path: str, since: datetime) -> datetime:
        """Mostly when the last act was: v1 and v2 leave open whether that finds a declaration in the service."""
        second = timedelta(seconds=1)
        if world.version != "v3" and path == lists.DECLARATIONS and world.register.deployed:
            at = since + self._random.choice((-second, second))
            while any(each.updated == at for each in world.register.declarations):
                at -= second
            return at
        return self._random.choice((since, since, since + second, since - timedelta(days=20)))

    def _most(self, world: World) -> int:
        return self._random.choice((1, 2)) if world.version == "v3" else 1


_OF_ORGANISATIONS: Final = (lists.SCHOOLS, lists.PARTNERS, lists.STATEMENTS)
