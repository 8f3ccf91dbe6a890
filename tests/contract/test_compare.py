"""Two deployments that are asked the same: what counts as a difference, and what is each one's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import httpx
import pytest

from contract_tests.compare import Difference, compare
from contract_tests.config import RunConfig
from contract_tests.lists import NOBODY
from contract_tests.matching import Ids, differences, matched
from contract_tests.target import Target
from tests.server.running import Running, serving

NORTHGATE = "northgate-sandbox-token"
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
ONE, TWO, THREE = (f"00000000-0000-4000-8000-00000000000{number}" for number in (1, 2, 3))


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(tmp_path_factory.mktemp("compared")) as running:
        yield running


def control(sandbox: Running, method: str, path: str, **sent: Any) -> Any:
    answer = httpx.request(method, f"{sandbox.url}/sandbox{path}", timeout=30, **sent)
    assert answer.is_success, answer.text
    return answer.json()


def target(sandbox: Running, token: str = NORTHGATE, version: str = "v3") -> Target:
    return Target(config=RunConfig(base_url=sandbox.url, token=token, versions=(version,)))


def with_defect(sandbox: Running, *defects: str) -> str:
    """The token of the provider in a world that has defects."""
    return str(control(sandbox, "POST", "/worlds", json={"defects": defects})["providers"][0]["token"])


def found(sandbox: Running, token: str, version: str = "v3") -> list[Difference]:
    return compare(target(sandbox, version=version), target(sandbox, token, version)).differences


@pytest.mark.parametrize("version", ["v1", "v2", "v3"])
def test_two_with_the_same_data_do_not_differ(sandbox: Running, version: str) -> None:
    comparison = compare(target(sandbox, version=version), target(sandbox, with_defect(sandbox), version))
    assert comparison.differences == []
    assert comparison.requests > 60


@pytest.mark.parametrize("version", ["v1", "v3"])
def test_nor_do_two_in_which_everything_has_another_id_and_was_made_at_another_time(
    sandbox: Running, version: str
) -> None:
    whole = httpx.get(f"{sandbox.url}/sandbox/worlds/main/export").text
    renamed = re.sub(UUID, lambda id: str(uuid5(NAMESPACE_URL, id[0])), whole)
    later = re.sub(r'(?<="(?:cre|upd)ated_at":")[^"]+', _a_minute_later, renamed.replace('_at": "', '_at":"'))
    assert later != renamed != whole
    made = control(
        sandbox, "POST", "/worlds/import", content=later.encode(), headers={"Content-Type": "application/json"}
    )
    (token,) = [each["token"] for each in made["providers"] if each["name"].startswith("Northgate")]
    assert found(sandbox, token, version) == []


def _a_minute_later(time: re.Match[str]) -> str:
    return f"{datetime.fromisoformat(time[0]) + timedelta(minutes=1):%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize(
    ("defect", "version", "request_part", "at"),
    [
        ("cohort-filter-ignored", "v3", "/participants/ecf?filter[cohort]=2023", "data"),
        ("times-with-fractions", "v3", "/participants/ecf", "data[].attributes.updated_at"),
        ("page-two-repeats-page-one", "v3", "/participants/ecf", "data"),
        ("page-skips-a-record", "v3", "/participants/ecf", "data"),
        ("other-providers-participants-listed", "v3", "/participants/ecf", "data"),
        ("csv-lacks-a-column", "v1", "/participants/ecf.csv", "data[].updated_at"),
        ("v1-shows-everyone-active", "v1", "/participants/ecf", "data[].attributes.training_status"),
        ("not-found-in-another-form", "v3", f"/participants/ecf/{{id}}?id={NOBODY}", "error"),
    ],
)
def test_one_that_does_something_wrong_differs(
    sandbox: Running, defect: str, version: str, request_part: str, at: str
) -> None:
    differing = found(sandbox, with_defect(sandbox, defect), version)
    assert [each for each in differing if each.request.endswith(request_part) and each.at.startswith(at)]


def test_what_many_records_have_in_common_is_told_once(sandbox: Running) -> None:
    (whole,) = [
        each
        for each in found(sandbox, with_defect(sandbox, "times-with-fractions"))
        if each.request == "GET /api/v3/participants/ecf" and "attributes.updated_at" in each.at
    ]
    assert whole.at == "data[].attributes.updated_at, 129 times"
    assert whole.second.replace(".000Z", "Z") == whole.first


def test_what_one_has_and_the_other_has_not_is_shown(sandbox: Running) -> None:
    made = control(sandbox, "POST", "/worlds")
    world = {"world": made["id"]}
    someone = control(sandbox, "POST", "/participants", params=world, json={"full_name": "Rosa Marlow"})["participant"]
    differing = found(sandbox, made["providers"][0]["token"])
    assert {(each.at, each.first) for each in differing} == {("data", "absent")}
    assert all(someone["id"] in each.second and "name-" in each.second for each in differing)
    assert not any("Rosa" in each.second or "Marlow" in each.second for each in differing)
    assert {each.request for each in differing} == {
        "GET /api/v3/participants/ecf",
        "GET /api/v3/participants/ecf?filter[cohort]=2024",
    }


def told(first: Any, second: Any) -> list[tuple[str, str, str]]:
    return list(differences(first, second, Ids()))


def test_a_member_that_is_missing_or_renamed_or_of_another_type_or_value_is_a_difference() -> None:
    assert told({"cohort": "2024"}, {}) == [("cohort", '"2024"', "absent")]
    assert told({"a": {"urn": "1"}}, {"a": {"URN": "1"}}) == [("a.urn", '"1"', "absent"), ("a.URN", "absent", '"1"')]
    assert told({"cohort": "2024"}, {"cohort": 2024}) == [("cohort", '"2024"', "2024")]
    assert told({"paid": 1}, {"paid": True}) == [("paid", "1", "true")]
    assert told([{"paid": True}], [{"paid": False}]) == [("[].paid", "true", "false")]
    assert told({"ids": [1]}, {"ids": [1, 2]}) == [("ids", "1 items", "2 items")]


def test_a_time_of_the_clock_is_a_time_but_not_however_it_is_written_and_a_day_is_a_value() -> None:
    first = {"updated_at": "2024-11-15T09:00:00Z"}
    assert told(first, {"updated_at": "2025-01-01T10:30:59Z"}) == []
    assert told(first, {"updated_at": "2025-01-01T10:30:59.5Z"}) != []
    assert told(first, {"updated_at": None}) != []
    assert told({"declaration_date": "2024-11-15T09:00:00Z"}, {"declaration_date": "2024-11-16T09:00:00Z"}) != []
    assert told({"date": "2024-11-15"}, {"date": "2024-11-16"}) != []


def test_ids_may_be_others_as_long_as_the_same_stands_for_the_same() -> None:
    assert told([ONE, TWO, ONE], [THREE, ONE, THREE]) == []
    assert told([ONE, TWO, ONE], [THREE, ONE, ONE]) == [("[]", f'"{ONE}"', f'"{ONE}"')]
    assert told([ONE, ONE], [TWO, THREE]) == [("[]", f'"{ONE}"', f'"{THREE}"')]
    assert told([ONE], [None]) == [("[]", f'"{ONE}"', "null")]


def test_records_are_found_wherever_they_are_in_a_list() -> None:
    def school(id: str, urn: str, name: str = "Riverbank") -> dict[str, Any]:
        return {"id": id, "type": "school", "attributes": {"urn": urn, "name": name}}

    first = [school(ONE, "1"), school(TWO, "2"), school(THREE, "3")]
    second = [school("c" + THREE[1:], "3", "Hilltop"), school("a" + ONE[1:], "1"), school("d" + ONE[1:], "4")]
    pairs, only_first, only_second = matched(first, second, Ids())
    assert [(one["attributes"]["urn"], other["attributes"]["urn"]) for one, other in pairs] == [("1", "1"), ("3", "3")]
    assert [[each["attributes"]["urn"] for each in only] for only in (only_first, only_second)] == [["2"], ["4"]]
