"""`filter` itself: an object, on every operation."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api import JANE, Api, World
from tests.openapi.documents import document, operations
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import refusal
from tests.rules.variants import EVERY_VERSION

NO_OBJECT = (400, ["Bad parameter"], ["read.filter-object"])


def requests(version: str) -> Iterator[tuple[str, str]]:
    """The method and path of every operation that looks at its filter: all but the changes v1 has without /ecf."""
    for operation in operations(document(version)):
        if operation.method == "GET" or not operation.says["operationId"].endswith("_alias"):
            yield operation.method, operation.path.replace("{id}", JANE)


@EVERY_VERSION
@pytest.mark.parametrize(
    "query",
    ["filter=x", "filter=", "filter", "filter[]=x", "filter=x&filter[cohort]=2022", "filter[cohort]=2022&filter=x"],
)
@refuses("read.filter-object")
def test_a_filter_that_is_no_object_is_refused_by_every_operation_before_its_body_is_read(
    version: str, query: str
) -> None:
    api = World().api(version)
    for method, path in requests(version):
        assert refusal(api, Api.send, method, f"{path}?{query}", content=b"{") == NO_OBJECT, f"{method} {path}"


@EVERY_VERSION
@refuses("read.filter-object")
def test_a_change_with_such_a_filter_is_not_made(version: str) -> None:
    api = World().api(version)
    attributes = {"reason": "other", "course_identifier": "ecf-induction"}
    assert refusal(api, Api.put, f"/participants/ecf/{JANE}/defer?filter=x", **attributes) == NO_OBJECT
    made = api.at("2021-12-10T10:00:00Z").declare(JANE, "started", "2021-12-06T09:00:00Z")
    assert refusal(api, Api.put, f"/participant-declarations/{made.id}/void?filter=x") == NO_OBJECT


@EVERY_VERSION
@pytest.mark.parametrize(
    "query", ["filter[colour]=red", "filter[cohort]=", "filter[cohort][]=1999", "filter[cohort][a]=1999", "filters=x"]
)
@accepts("read.filter-object")
def test_filters_that_nobody_knows_blanks_and_lists_filter_nothing(version: str, query: str) -> None:
    api = World().api(version)
    for path in ("/participants/ecf", "/participant-declarations", f"/participants/ecf/{JANE}"):
        assert api.send("GET", f"{path}?{query}").data == api.get(path).data != []


@EVERY_VERSION
@accepts("read.filter-object")
def test_a_change_may_carry_any_filter_that_is_an_object(version: str) -> None:
    attributes = {"reason": "other", "course_identifier": "ecf-induction"}
    path = f"/participants/ecf/{JANE}/defer?filter[cohort]=1999&filter[updated_since]=yesterday"
    assert World().api(version).put(path, **attributes).status == 200


@accepts("read.filter-object")
def test_the_changes_v1_has_without_ecf_look_at_no_filter() -> None:
    attributes = {"reason": "other", "course_identifier": "ecf-induction"}
    assert World().api("v1").put(f"/participants/{JANE}/defer?filter=x", **attributes).status == 200
