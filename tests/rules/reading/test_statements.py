"""Statements: which a provider sees, in what order, and what is shown of each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sandbox.model import Statement
from sandbox.seeding.ids import named
from tests.api import JANE, PROVIDERS, Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import NOT_FOUND, refusal

STATEMENTS = "/statements"
ALL = {"page[per_page]": "3000"}
EVERY_PROVIDER = pytest.mark.parametrize("provider", PROVIDERS)
FEES = named("statement", "northgate", "2023", "2024-11")  # pays for no declarations
JANUARY = named("statement", "northgate", "2023", "2025-01")


def listed(api: Api, **query: str) -> list[dict[str, Any]]:
    return [each["attributes"] for each in api.get(STATEMENTS, **ALL, **query).data]


def kept(world: World, provider: str) -> list[Statement]:
    return list(world.store.read().find(Statement, lead_provider_id=Backstage(world).provider(provider).id))


@EVERY_PROVIDER
@accepts("vis.statement", "auth.one-provider")
def test_a_provider_has_its_own_output_statements_listed(provider: str) -> None:
    world = World()
    expected = {statement.id for statement in kept(world, provider) if statement.output}
    found = world.api("v3", provider).get(STATEMENTS, **ALL).ids
    assert set(found) == expected
    assert len(found) == len(expected) > 50


@refuses("path.unknown")
@accepts("vis.statement", "auth.one-provider")
def test_it_finds_each_of_its_own_by_its_id_those_that_pay_fees_too_and_none_of_anothers() -> None:
    world = World()
    northgate, harbour = world.api(), world.api("v3", "harbour")
    whole = {each["id"]: each for each in northgate.get(STATEMENTS, **ALL).data}
    for statement in kept(world, "northgate"):
        found = northgate.get(f"{STATEMENTS}/{statement.id}").data
        assert found["id"] == statement.id
        assert whole.get(statement.id, found) == found
        assert (statement.id in whole) == statement.output
    assert FEES not in whole
    for id in (FEES, JANUARY):
        assert refusal(harbour, Api.get, f"{STATEMENTS}/{id}") == NOT_FOUND


@pytest.mark.parametrize("id", [JANE, "00000000-0000-4000-8000-000000000000", "january", "%20", JANUARY[:-1]])
@refuses("path.unknown")
def test_an_id_that_is_no_statement_is_not_found(id: str) -> None:
    assert refusal(World().api(), Api.get, f"{STATEMENTS}/{id}") == NOT_FOUND


@accepts("vis.statement")
def test_everything_is_shown_of_a_statement() -> None:
    api = World().api()
    shown = {
        "month": "January",
        "year": "2025",
        "type": "ecf",
        "cohort": "2023",
        "cut_off_date": "2024-12-31",
        "payment_date": "2025-01-25",
        "paid": False,
        "created_at": "2021-03-01T09:00:00Z",
        "updated_at": "2021-03-01T09:00:00Z",
    }
    assert api.get(f"{STATEMENTS}/{JANUARY}").data == {"id": JANUARY, "type": "statement", "attributes": shown}
    assert api.get(f"{STATEMENTS}/{JANUARY.upper()}").id == JANUARY


@accepts("vis.statement")
def test_months_have_their_english_names() -> None:
    world = World()
    names = "January February March April May June July August September October November December"
    api, seen = world.api(), set()
    for statement in kept(world, "northgate"):
        seen.add(statement.month)
        shown = api.get(f"{STATEMENTS}/{statement.id}").attributes
        assert (shown["month"], shown["year"]) == (names.split()[statement.month - 1], str(statement.year))
    assert seen == set(range(1, 13))


@EVERY_PROVIDER
@accepts("vis.statement")
def test_those_that_are_paid_first_come_first_and_those_of_one_day_by_cohort(provider: str) -> None:
    found = listed(World().api("v3", provider), sort="-payment_date")
    order = [(each["payment_date"], each["cohort"]) for each in found]
    assert order == sorted(order)
    assert len({day for day, _ in order}) < len(order), "some are paid on the same day"


@pytest.mark.parametrize("per_page", [1, 7, 20])
@accepts("read.page")
def test_all_pages_together_are_the_whole_list(per_page: int) -> None:
    api = World().api()
    whole = api.get(STATEMENTS, **ALL).data
    count = -(-len(whole) // per_page)
    asked = ({"page[page]": str(number), "page[per_page]": str(per_page)} for number in range(1, count + 2))
    pages = [api.get(STATEMENTS, **each).data for each in asked]
    assert [each for page in pages for each in page] == whole
    assert pages[-1] == []


@refuses("read.page")
def test_a_page_that_is_none_is_refused() -> None:
    refused = refusal(World().api(), Api.get, STATEMENTS, **{"page[per_page]": "many"})
    assert refused == (400, ["Bad request"], ["read.page"])


@accepts("read.cohort-filter")
def test_a_cohort_keeps_its_statements_and_several_those_of_each() -> None:
    api = World().api()
    whole = listed(api)
    for cohorts in ("2021", "2023", "2021,2024", " 2022 , 1999"):
        named_ones = {cohort.strip() for cohort in cohorts.split(",")}
        expected = [each for each in whole if each["cohort"] in named_ones]
        assert listed(api, **{"filter[cohort]": cohorts}) == expected != []
    for cohorts in ("1999", "next", "20212022"):
        assert listed(api, **{"filter[cohort]": cohorts}) == []


@accepts("read.cohort-filter")
def test_without_a_cohort_those_after_2020_are_listed_and_an_earlier_one_by_its_name() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    whole = listed(api)
    backstage.change(backstage.statement(JANUARY), id="8a0a5b3e-6f1f-4a39-8d0b-1c9f0e0f7a11", cohort="2020")
    assert listed(api) == listed(api, **{"filter[cohort]": ""}) == whole
    assert [each["cohort"] for each in listed(api, **{"filter[cohort]": "2020"})] == ["2020"]


@refuses("path.unknown")
@accepts("vis.statement")
def test_all_are_of_the_type_ecf_and_none_of_any_other() -> None:
    api = World().api()
    one = f"{STATEMENTS}/{JANUARY}"
    for type in ("ecf", ""):
        assert listed(api, **{"filter[type]": type}) == listed(api)
        assert api.get(one, **{"filter[type]": type}).id == JANUARY
    for type in ("npq", "ECF", "ecf,npq"):
        assert listed(api, **{"filter[type]": type}) == []
        assert refusal(api, Api.get, one, **{"filter[type]": type}) == NOT_FOUND


@accepts("read.cohort-filter", "read.updated-since")
def test_of_the_lists_filters_only_the_type_counts_for_a_single_one() -> None:
    query = {"filter[cohort]": "1999", "filter[updated_since]": "2030-01-01T00:00:00Z"}
    assert World().api().get(f"{STATEMENTS}/{JANUARY}", **query).id == JANUARY


@accepts("read.updated-since")
def test_those_that_changed_at_that_time_or_later_are_listed() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    backstage.make_payable(backstage.statement(JANUARY), at=datetime(2024, 11, 15, 8, tzinfo=UTC))
    then, later = "2024-11-15T08:00:00Z", "2024-11-15T08:00:01Z"
    assert api.get(STATEMENTS, **{"filter[updated_since]": then}).ids == [JANUARY]
    assert api.get(STATEMENTS, **{"filter[updated_since]": later}).ids == []


@accepts("pay.paid", "vis.statement")
def test_it_is_paid_once_the_dfe_has_paid_it_and_not_while_it_is_payable() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    one = f"{STATEMENTS}/{JANUARY}"
    backstage.make_payable(backstage.statement(JANUARY))
    assert api.get(one).attributes["paid"] is False
    world.clock.at += timedelta(seconds=1)
    backstage.pay(backstage.statement(JANUARY))
    shown = api.get(one).attributes
    assert (shown["paid"], shown["updated_at"]) == (True, "2024-11-15T09:00:01Z")
    assert api.get(STATEMENTS, **{"filter[updated_since]": "2024-11-15T09:00:01Z"}).ids == [JANUARY]


@accepts("pay.paid", "read.updated-since")
def test_one_whose_day_has_come_is_paid_and_found_by_asking_what_changed() -> None:
    world = World()
    api = world.api()
    world.clock.at = datetime(2025, 1, 25, 9, tzinfo=UTC)
    assert api.get(f"{STATEMENTS}/{JANUARY}").attributes["paid"] is True
    since = api.get(STATEMENTS, **{"filter[updated_since]": "2025-01-25T00:00:00Z"})
    assert JANUARY in since.ids


@accepts("decl.statement")
def test_what_a_declaration_names_as_its_statement_can_be_looked_up() -> None:
    world = World()
    api = world.api()
    ada = Backstage(world).person()
    id = api.declare(ada, "started", "2024-10-14T09:00:00Z").attributes["statement_id"]
    shown = api.get(f"{STATEMENTS}/{id}").attributes
    assert (shown["cohort"], shown["paid"]) == ("2024", False)
    assert shown["cut_off_date"] >= "2024-11-15"
