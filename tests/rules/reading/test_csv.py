"""Lists as CSV, which v1 and v2 have."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import pytest

from tests.api import PROVIDERS, Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts
from tests.rules.variants import FLAT

LISTS = ("participants/ecf", "participants", "participant-declarations")
EVERY_LIST = pytest.mark.parametrize("path", LISTS)
PARTICIPANT = (
    "id,email,full_name,mentor_id,school_urn,participant_type,cohort,status,teacher_reference_number,"
    "teacher_reference_number_validated,eligible_for_funding,pupil_premium_uplift,sparsity_uplift,training_status,"
    "training_record_id,schedule_identifier,updated_at"
)
DECLARATION = {
    "v1": "id,participant_id,declaration_type,course_identifier,eligible_for_payment,declaration_date,updated_at,"
    "voided,state,has_passed",
    "v2": "id,participant_id,declaration_type,course_identifier,declaration_date,updated_at,state,has_passed",
}


def text(api: Api, path: str, **query: str) -> str:
    """A list as CSV, with the media type it must have."""
    reply = api.get(f"/{path}.csv", **query)
    assert reply.status == 200
    assert reply.response.headers["Content-Type"] == "text/csv"
    return reply.response.content.decode()


def table(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline="")))


def cell(value: Any) -> str:
    """What a value of the JSON is in the CSV."""
    return str({None: "", True: "true", False: "false"}.get(value, value))


@FLAT
@EVERY_LIST
@pytest.mark.parametrize("provider", PROVIDERS)
@accepts("read.csv")
def test_cell_by_cell_the_csv_says_what_the_json_says(version: str, path: str, provider: str) -> None:
    api = World().api(version, provider)
    listed = api.get(f"/{path}", **{"page[per_page]": "3000"}).data
    header, *rows = table(text(api, path))
    assert header == ["id", *listed[0]["attributes"]]
    assert rows == [[each["id"], *map(cell, each["attributes"].values())] for each in listed]


@FLAT
@accepts("read.csv")
def test_the_columns_stand_in_the_order_of_the_contract_and_there_is_no_type(version: str) -> None:
    api = World().api(version)
    assert text(api, "participants/ecf").splitlines()[0] == PARTICIPANT
    assert text(api, "participants").splitlines()[0] == PARTICIPANT
    assert text(api, "participant-declarations").splitlines()[0] == DECLARATION[version]


@FLAT
@EVERY_LIST
@pytest.mark.parametrize("page", ["page[page]=2&page[per_page]=3", "page=2", "page[page]=0"])
@accepts("read.csv")
def test_all_records_are_in_it_whatever_page_is_asked_for(version: str, path: str, page: str) -> None:
    api = World().api(version)
    assert api.send("GET", f"/{path}.csv?{page}").response.text == text(api, path)
    assert len(table(text(api, path))) > 101


@FLAT
@EVERY_LIST
@accepts("read.csv")
def test_without_records_there_is_nothing_at_all_not_even_a_header(version: str, path: str) -> None:
    assert text(World().api(version), path, **{"filter[updated_since]": "2030-01-01T00:00:00Z"}) == ""


@FLAT
@accepts("read.csv")
def test_a_cell_without_a_value_holds_two_quotes(version: str) -> None:
    rows = text(World().api(version), "participant-declarations").splitlines()[1:]
    assert all(row.endswith(',""') for row in rows), "has_passed is always null"


@FLAT
@pytest.mark.parametrize(
    "name", ['Ada "Bee" Hart', "Hart, Ada", "Ada\nHart", "Ada\r\nHart", " Ada ", "Zoë Wōng", "'Ada"]
)
@accepts("read.csv")
def test_whatever_stands_in_a_name_comes_out_again(version: str, name: str) -> None:
    world = World()
    ada = Backstage(world).person(full_name=name)
    header, *rows = table(text(world.api(version), "participants/ecf"))
    assert [row[header.index("full_name")] for row in rows if row[0] == ada] == [name]
