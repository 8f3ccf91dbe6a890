"""Query strings, read as a document describes them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox.edge.provider.query import Query, QueryReader
from sandbox.rules.reading import Page
from sandbox.rules.rule import Refused

FILTER = {
    "name": "filter",
    "in": "query",
    "schema": {
        "x-rule": "the.filter",
        "properties": {
            "cohort": {"type": "string"},
            "updated_since": {"type": "string", "format": "date-time", "x-rule": "the.time"},
            "participant_id": {"type": "string", "format": "uuid", "x-rule": "the.id"},
            "training_status": {"type": "string", "enum": ["active", "deferred"], "x-rule": "the.status"},
        },
    },
}
PAGE = {
    "name": "page",
    "in": "query",
    "schema": {
        "x-rule": "the.page",
        "properties": {
            "page": {"type": "integer", "minimum": 1, "x-rule": "the.page"},
            "per_page": {"type": "integer", "minimum": 1, "x-rule": "the.page"},
        },
    },
}
SORT = {"name": "sort", "in": "query", "schema": {"type": "string"}}
HEADER = {"name": "X-With-Server-Date", "in": "header", "schema": {"type": "string"}}
READER = QueryReader([HEADER, FILTER, PAGE, SORT])
NEEDED = {
    "name": "filter",
    "in": "query",
    "schema": {
        "x-rule": "the.filter",
        "required": ["cohort"],
        "properties": {
            "cohort": {"type": "string", "x-rule": "the.cohort"},
            "updated_since": {"type": "string", "format": "date-time", "x-rule": "the.time"},
        },
    },
}
NEEDING_READER = QueryReader([HEADER, NEEDED, PAGE, SORT])


def read(text: str) -> Query:
    return READER.read(text.encode())


def test_an_empty_query_asks_for_the_first_hundred_of_everything() -> None:
    assert read("") == Query(filter={}, page=Page(page=1, per_page=100), sort=None)


def test_text_is_taken_as_it_is() -> None:
    assert read("filter[cohort]=2021,2022&sort=-created_at") == Query({"cohort": "2021,2022"}, Page(), "-created_at")


@pytest.mark.parametrize(
    "text",
    ["2021-01-01T00:00:00Z", "2021-01-01T01:00:00%2B01:00", "2021-01-01T00%253A00%253A00Z", "2021-01-01T00:00:00"],
)
def test_a_time_is_read_percent_encoded_or_not_once_or_twice(text: str) -> None:
    assert read(f"filter[updated_since]={text}").time("updated_since") == datetime(2021, 1, 1, tzinfo=UTC)


def test_an_id_is_read_in_small_letters() -> None:
    id = "DB3A7848-7308-4879-942A-C4A70CED400A"
    assert read(f"filter[participant_id]={id}").text("participant_id") == id.lower()


@pytest.mark.parametrize(
    "text",
    [
        "filter[cohort]=",
        "filter[updated_since]= ",
        "filter[training_status]=",
        "filter[cohort][]=2021",
        "filter[updated_since][]=2021-01-01T00:00:00Z",
        "filter[cohort][a]=2021",
        "filter[colour]=red",
        "colour=red",
        "filterx[cohort]=2021",
    ],
)
def test_blanks_lists_and_unknown_names_count_as_not_given(text: str) -> None:
    assert read(text) == Query({}, Page(), None)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("filter=x", "the.filter"),
        ("filter=", "the.filter"),
        ("filter[]=x", "the.filter"),
        ("filter=x&filter[cohort]=2021", "the.filter"),
        ("filter[cohort]=2021&filter=x", "the.filter"),
        ("filter[updated_since]=2021-01-01", "the.time"),
        ("filter[updated_since]=2021-01-01T00:00:00+01:00", "the.time"),  # a raw + is a space
        ("filter[updated_since]=2021-13-01T00:00:00Z", "the.time"),
        ("filter[updated_since]=yesterday", "the.time"),
        ("filter[participant_id]=42", "the.id"),
        ("filter[training_status]=resting", "the.status"),
        ("page=2", "the.page"),
        ("page[]=2", "the.page"),
        ("page[page]=", "the.page"),
        ("page[page]=0", "the.page"),
        ("page[page]=-1", "the.page"),
        ("page[page]=1.5", "the.page"),
        ("page[page]=2abc", "the.page"),
        ("page[page]=1_0", "the.page"),
        ("page[page]=\u0663", "the.page"),
        ("page[per_page][]=2", "the.page"),
        ("page[page][x]=1", "the.page"),
    ],
)
def test_what_is_not_of_the_documents_form_is_refused_by_the_rule_it_names(text: str, rule: str) -> None:
    with pytest.raises(Refused) as refused:
        read(text)
    assert [breach.rule_id for breach in refused.value.breaches] == [rule]


@pytest.mark.parametrize("number", ["9" * 18, "9" * 19, "9" * 50_000])
def test_a_page_beyond_any_list_is_a_page_all_the_same(number: str) -> None:
    assert read(f"page[page]={number}").page.page >= 10**17


@pytest.mark.parametrize("parameters", [[], [HEADER], [SORT]])
def test_what_an_operation_does_not_read_is_ignored(parameters: list[dict[str, Any]]) -> None:
    assert QueryReader(parameters).read(b"filter=x&page=2").filter == {}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "the.cohort"),
        ("sort=name&page[page]=2", "the.cohort"),
        ("filter[colour]=red", "the.cohort"),
        ("filter[updated_since]=yesterday", "the.cohort"),
        ("filter=x", "the.filter"),
        ("filter[]=x", "the.filter"),
        ("filter[cohort]=2021&filter[updated_since]=yesterday", "the.time"),
    ],
)
def test_a_member_that_is_needed_and_left_out_is_refused_by_the_rule_it_names(text: str, rule: str) -> None:
    with pytest.raises(Refused) as refused:
        NEEDING_READER.read(text.encode())
    assert [breach.rule_id for breach in refused.value.breaches] == [rule]


@pytest.mark.parametrize(
    ("text", "cohort"),
    [
        ("filter[cohort]=2021", "2021"),
        ("filter[cohort]=", None),
        ("filter[cohort]", None),
        ("filter[cohort][]=2021", None),
    ],
)
def test_a_member_that_is_needed_may_be_there_as_a_blank(text: str, cohort: str | None) -> None:
    assert NEEDING_READER.read(text.encode()).text("cohort") == cohort
