"""A filter with nothing in it is none; of one that is given twice the later counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from contract_tests.api import Api
from contract_tests.documents import filters, operations
from contract_tests.errors import LeftOut, require_equal
from contract_tests.lists import DECLARATIONS, PARTICIPANTS, Query, alike, needed, paged, some, undisturbed
from contract_tests.marks import accepts, behaviour, only, refuses
from contract_tests.target import Target

BLANKS: Final = ("", "  ")


@accepts("read.cohort-filter")
def test_a_cohort_that_is_blank_is_not_asked_for(api: Api, version: str) -> None:
    _filters_nothing(api, version, "cohort")


@accepts("read.updated-since")
def test_a_blank_is_no_time_that_is_wrong(api: Api, version: str) -> None:
    _filters_nothing(api, version, "updated_since")


@only("v3")
@accepts("read.training-status")
def test_a_blank_is_no_training_status_that_there_is_not(api: Api, version: str) -> None:
    _filters_nothing(api, version, "training_status")


@only("v3")
@accepts("read.from-participant-id")
def test_nor_is_it_a_retired_id(api: Api, version: str) -> None:
    _filters_nothing(api, version, "from_participant_id")


@accepts("read.participant-id")
def test_nor_anybodys_id(api: Api, version: str) -> None:
    _filters_nothing(api, version, "participant_id")
    _filters_nothing(api, version, "delivery_partner_id")


@only("v3")
@accepts("read.null-byte")
def test_nor_the_number_of_a_school(api: Api, version: str) -> None:
    _filters_nothing(api, version, "urn")


@only("v3")
@accepts("vis.statement")
def test_nor_the_type_of_a_statement(api: Api, version: str) -> None:
    _filters_nothing(api, version, "type")


@accepts("read.sort")
def test_nor_a_name_to_sort_by(api: Api) -> None:
    alike(api, PARTICIPANTS, paged(1, 20), paged(1, 20) | {"sort": ""})


@behaviour("deployed")
@accepts("read.cohort-filter")
def test_of_what_the_deployed_service_is_asked_twice_the_later_counts(api: Api) -> None:
    for first, later in (("1066", "2024"), ("2024", "1066")):
        path = f"{PARTICIPANTS}?filter[cohort]={first}&filter[cohort]={later}"
        undisturbed(
            lambda later=later: api.get(PARTICIPANTS, **{"filter[cohort]": later}).ids,  # type: ignore[misc]
            lambda ids, path=path: require_equal(ids, api.send("GET", path).ids),  # type: ignore[misc]
        )


@behaviour("deployed")
@accepts("read.cohort-filter")
def test_a_list_of_years_is_to_the_deployed_service_as_if_there_were_none(api: Api) -> None:
    some(api, PARTICIPANTS, 1)
    for odd in ("filter[cohort][]", "filter[cohort][x]"):
        alike(api, PARTICIPANTS, paged(1, 20), paged(1, 20) | {odd: "1066"})


@refuses("read.filter-object")
def test_a_filter_that_is_a_word_as_well_as_an_object_is_refused(api: Api, target: Target) -> None:
    if not target.sandbox:
        raise LeftOut("it asks what only the sandbox promises to explain")
    for path in (PARTICIPANTS, DECLARATIONS):
        for query in ("filter=x&filter[cohort]=2024", "filter[cohort]=2024&filter=x", "filter[]=x"):
            api.send("GET", f"{path}?{query}").is_refused(400, "Bad parameter")


def _filters_nothing(api: Api, version: str, name: str) -> None:
    """Raises ContractBroken unless each list is the same with this filter blank as without it."""
    for path, query in _filtered_by(version, name):
        for blank in BLANKS:
            alike(api, path, query, query | {f"filter[{name}]": blank})


def _filtered_by(version: str, name: str) -> Iterator[tuple[str, Query]]:
    """The lists that may be asked for by this filter, but need not."""
    for operation in operations(version):
        is_list = operation.method == "GET" and "{id}" not in operation.path and not operation.path.endswith(".csv")
        if is_list and filters(operation).get(name) is False:
            yield operation.path, needed(operation) | paged(1, 20)
