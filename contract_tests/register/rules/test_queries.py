"""How query strings are read: filters, pages, and the time since which something changed."""

from __future__ import annotations

from typing import Final

import pytest

from contract_tests.api import Api
from contract_tests.documents import operations
from contract_tests.errors import require_equal
from contract_tests.lists import NOBODY, lists, reads, some, undisturbed
from contract_tests.marks import accepts, refuses
from contract_tests.register.asking import (
    PARTICIPANTS,
    SCHOOLS,
    STATEMENTS,
)
from contract_tests.register.backstage import RegisterBackstage
from contract_tests.target.backstage import Backstage

SINCE: Final = "filter[updated_since]"


@refuses("fragile.query")
@pytest.mark.parametrize(
    "query",
    [
        "filter=a&filter[b]=c",
        "filter[]=a&filter[b]=c",
        "filter[cohort]=2024&filter[cohort][]=2025",
        "filter[cohort]=%ff",
    ],
)
def test_a_query_string_that_cannot_be_read_is_refused_whoever_sends_it(api: Api, query: str) -> None:
    for asked in (api, api.stranger()):
        asked.send("GET", f"{PARTICIPANTS}?{query}").is_refused(400, "Bad request")


@accepts("fragile.query")
@pytest.mark.parametrize("query", ["filter[cohort]=%32025", "sort=%2Bupdated_at", "filter[b]=c&page[page]=1", ""])
def test_any_other_query_string_is_read(api: Api, query: str) -> None:
    api.send("GET", f"{PARTICIPANTS}?{query}").is_accepted()


@refuses("read.filter-object")
@accepts("read.filter-object")
@pytest.mark.parametrize("query", ["filter=x", "filter=", "filter[]=x"])
def test_a_filter_has_members_everywhere(api: Api, query: str) -> None:
    for path, needed in reads(api.version):
        asked = path.replace("{id}", NOBODY)
        api.send("GET", f"{asked}?{query}").is_refused(400, "Bad parameter")
        require_equal(True, api.get(asked, **needed).status in (200, 404))


@refuses("read.filter-object")
def test_a_filter_has_members_where_something_is_changed_too(api: Api, backstage: Backstage) -> None:
    backstage.may_write()
    for operation in operations(api.version):
        if operation.method != "GET":
            path = operation.path.replace("{id}", NOBODY)
            body = {"data": {"attributes": {"reason": "other"}}}
            api.send(operation.method, f"{path}?filter=x", json=body).is_refused(400, "Bad parameter")


@accepts("read.cohort-filter")
def test_each_of_a_list_of_cohorts_is_one(api: Api) -> None:
    some(api, STATEMENTS, 1, **{"filter[cohort]": "2024,2025"})
    asked = f"{STATEMENTS}?page[per_page]=3000&filter[cohort]"

    def is_one(listed: list[str]) -> None:
        require_equal(listed, api.send("GET", f"{asked}[]=2024&filter[cohort][]=2025").ids)
        require_equal([], api.send("GET", f"{asked}[]=2024,2025").ids)

    undisturbed(lambda: api.send("GET", f"{asked}=2024,2025").ids, is_one)


@refuses("fragile.page")
@pytest.mark.parametrize("query", ["page=2", "page=", "page[]=1", "page[page][]=1", "page[per_page][]=1"])
def test_pages_have_members(api: Api, query: str) -> None:
    api.send("GET", f"{PARTICIPANTS}?{query}").is_refused(400, "Bad request")


@refuses("read.page")
@pytest.mark.parametrize("page", ["0", "-1", "abc", "", "0.8"])
@pytest.mark.parametrize("member", ["page", "per_page"])
def test_pages_are_counted_from_one(api: Api, member: str, page: str) -> None:
    for path, needed in lists(api.version):
        api.get(path, **needed, **{f"page[{member}]": page}).is_refused(400, "Bad request")


@accepts("read.page", "fragile.page")
def test_a_page_is_a_part_of_the_list(api: Api) -> None:
    some(api, STATEMENTS, 4)

    def is_cut(whole: list[str]) -> None:
        require_equal(whole[2:4], api.send("GET", f"{STATEMENTS}?page[page]=2abc&page[per_page]=2").ids)
        require_equal([], api.send("GET", f"{STATEMENTS}?page[page]=9999").ids)
        require_equal(whole[:100], api.get(STATEMENTS).ids)

    undisturbed(lambda: [each["id"] for each in api.every(STATEMENTS)], is_cut)


@accepts("read.page")
def test_a_page_has_a_hundred_records_unless_told_otherwise(api: Api, stage: RegisterBackstage) -> None:
    whole = api.get(STATEMENTS, **{"page[per_page]": "3000"}).ids
    more = stage.provider().get(SCHOOLS, **{"filter[cohort]": "2025", "page[per_page]": "3001"}).ids
    require_equal(min(100, len(whole)), len(api.get(STATEMENTS).ids))
    require_equal(more, api.get(SCHOOLS, **{"filter[cohort]": "2025", "page[per_page]": "99999"}).ids)


@refuses("fragile.updated-since")
@pytest.mark.parametrize("query", [f"{SINCE}[]=2026-06-01T00:00:00Z", f"{SINCE}[x]=1"])
def test_there_is_one_time_since_which_things_changed(api: Api, query: str) -> None:
    api.send("GET", f"{PARTICIPANTS}?{query}").is_refused(400, "Bad request")


@refuses("read.updated-since")
@pytest.mark.parametrize(
    "since",
    [
        "2026-06-01",
        "2026-06-01T00:00Z",
        "20260601T000000Z",
        "2026-06-01%2000:00:00Z",
        "2026-06-01T25:00:00Z",
        "garbage",
        "2026-06-01T00:00:00%2B01:00",
        "2026-06-01T00:00:00+01:00",
    ],
)
def test_that_time_has_one_form(api: Api, since: str) -> None:
    for operation in operations(api.version):
        if operation.method == "GET" and operation.id in SINCE_LISTS:
            needed = "&filter[cohort]=2025" if operation.path == SCHOOLS else ""
            api.send("GET", f"{operation.path}?{SINCE}={since}{needed}").is_refused(400, "Bad request")


SINCE_LISTS: Final = {
    "list_participants",
    "list_transfers",
    "list_declarations",
    "list_partnerships",
    "list_schools",
    "list_statements",
    "list_unfunded_mentors",
}


@accepts("read.updated-since", "fragile.updated-since")
@pytest.mark.parametrize(
    "since",
    [
        "",
        "2026-09-02T09:00:00Z",
        "2026-09-02T09:00:00.000Z",
        "2026-09-02T10:00:00",
        "2026-09-02T08:00:00-01:00",
        "2026-09-02T10:00:00%252B01:00",
        "2026-09-02T05:30:00-03:30",
        "2026-09-02T14:30:00%252B05:30",
        "2026-06-31T00:00:00Z",
        "2026-09-01T24:00:00Z",
    ],
)
def test_what_changed_at_that_time_or_later_is_kept(api: Api, stage: RegisterBackstage, since: str) -> None:
    stage.partnership("2026")
    ect = stage.registered(on="2026-09-02")
    require_equal([ect], api.send("GET", f"{PARTICIPANTS}?{SINCE}={since}").ids)


@accepts("read.updated-since")
@pytest.mark.parametrize(
    "since",
    [
        "2026-09-02T09:00:00.5Z",
        "2026-09-02T09:00:01Z",
        "2026-09-02T10:00:01",
        "2026-09-02T05:30:01-03:30",
        "2027-01-01T00:00:00Z",
    ],
)
def test_what_changed_before_that_time_is_not_kept(api: Api, stage: RegisterBackstage, since: str) -> None:
    stage.partnership("2026")
    stage.registered(on="2026-09-02")
    require_equal([], api.send("GET", f"{PARTICIPANTS}?{SINCE}={since}").ids)


@accepts("read.updated-since")
def test_without_a_zone_it_is_a_time_of_london_in_winter_too(api: Api, stage: RegisterBackstage) -> None:
    stage.partnership()
    ect = stage.registered(on="2026-01-12")
    for since, kept in (("2026-01-12T09:00:00", [ect]), ("2026-01-12T09:00:01", [])):
        require_equal(kept, api.get(PARTICIPANTS, **{SINCE: since}).ids)


@refuses("read.page")
@accepts("never.500")
def test_a_page_lies_no_further_on_than_can_be_counted(api: Api) -> None:
    for query in ({"page[page]": "9" * 26}, {"page[page]": "9" * 18, "page[per_page]": "3000"}):
        api.get(PARTICIPANTS, **query).is_refused(400, "Bad request")
    api.get(PARTICIPANTS, **{"page[per_page]": "9" * 26}).is_accepted()
