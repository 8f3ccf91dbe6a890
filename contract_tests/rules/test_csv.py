"""Lists as CSV, which v1 and v2 have."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.lists import DECLARATIONS, NOBODY, PARTICIPANTS, Query, paged, some, undisturbed
from contract_tests.marks import accepts
from contract_tests.rules.schools import register
from contract_tests.target.backstage import Backstage

A_PAGE = 100  # of what is listed, where no other length is asked for
LISTS = pytest.mark.parametrize("path", [PARTICIPANTS, "/participants", DECLARATIONS])


@LISTS
@accepts("read.csv")
def test_it_has_what_the_list_has_whatever_page_is_asked_for(api: Api, path: str) -> None:
    some(api, path, 1)

    def is_the_same(listed: list[Any]) -> None:
        header, *rows = _rows(api, path)
        require_equal(["id", *listed[0]["attributes"]], header, check="check.csv")
        require_equal([[_cell(each["id"]), *map(_cell, each["attributes"].values())] for each in listed], rows)

    undisturbed(lambda: api.every(path), is_the_same)
    undisturbed(
        lambda: _rows(api, path), lambda rows: require_equal(rows, _rows(api, path, **paged(2, 1)), check="check.csv")
    )


@LISTS
@accepts("read.csv")
def test_it_is_filtered_as_the_list_is(api: Api, path: str) -> None:
    (*_, middle, _, _) = sorted(some(api, path, 5), key=lambda each: str(each["attributes"]["updated_at"]))
    queries: list[Query] = [{"filter[updated_since]": middle["attributes"]["updated_at"]}]
    if path == DECLARATIONS:
        queries.append({"filter[participant_id]": middle["attributes"]["participant_id"]})
    else:
        queries.append({"filter[cohort]": middle["attributes"]["cohort"]})
    for query in (*queries, queries[0] | queries[1]):
        undisturbed(
            lambda query=query: [each["id"] for each in api.every(path, **query)],  # type: ignore[misc]
            lambda ids, query=query: require_equal(  # type: ignore[misc]
                ids, [row[0] for row in _rows(api, path, **query)[1:]], check="check.csv"
            ),
        )


@LISTS
@accepts("read.csv")
def test_without_anything_to_list_it_is_empty(api: Api, path: str) -> None:
    nothing = {"filter[participant_id]": NOBODY} if path == DECLARATIONS else {"filter[cohort]": "1066"}
    exchange = api.get(f"{path}.csv", **nothing).exchange
    require_equal((200, b""), (exchange.status, exchange.content), exchange, check="check.csv")


@accepts("read.csv")
def test_a_time_is_told_to_the_second_there_too_and_is_not_rounded(api: Api, stage: Backstage) -> None:
    someone = register(stage, at="2024-09-04T09:00:07.999Z")
    (row,) = [row for row in _rows(api, PARTICIPANTS) if row[0] == someone]
    require_equal("2024-09-04T09:00:07Z", row[-1], check="check.csv")
    declared = api.at("2024-10-14T12:00:00.9Z").declare(someone, "started", "2024-10-14T11:00:00.8+00:00").id
    (header, *rows) = _rows(api, DECLARATIONS, **{"filter[participant_id]": someone})
    told = dict(zip(header, rows[0], strict=True))
    expected = (declared, "2024-10-14T11:00:00Z", "2024-10-14T12:00:00Z")
    require_equal(expected, (told["id"], told["declaration_date"], told["updated_at"]), check="check.csv")


@accepts("read.csv")
def test_it_has_everybody_however_many_there_are(api: Api, stage: Backstage) -> None:
    there = {register(stage) for _ in range(A_PAGE + 1)}
    declared = {api.declare(each, "started", "2024-10-14T09:00:00Z").id for each in there}
    for path, ids in ((PARTICIPANTS, there), ("/participants", there), (DECLARATIONS, declared)):
        missing = ids - {row[0] for row in _rows(api, path)}
        require_equal(0, len(missing), check="check.csv")


def _rows(api: Api, path: str, **query: str) -> list[list[str]]:
    content = api.get(f"{path}.csv", **query).exchange.content
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def _cell(value: Any) -> str:
    """A value as CSV has it."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
