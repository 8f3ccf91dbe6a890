"""In which order lists come: by itself, and as `sort` asks."""

from __future__ import annotations

from typing import Any

from contract_tests.api import Api
from contract_tests.conformance.endpoints import DECLARATIONS, STATEMENTS, ListEndpoint, endpoints, shown
from contract_tests.errors import ContractBroken, LeftOut
from contract_tests.forms import form
from contract_tests.marks import checks, only
from contract_tests.target import Target


@checks("check.order")
@only("v3")
def test_statements_come_by_their_payment_date(seen: Api) -> None:
    (statements,) = [known for known in endpoints("v3") if known.path == STATEMENTS]
    _is_ordered(seen.every(STATEMENTS), statements, "payment_date")


@checks("check.order")
@only("v3")
def test_what_was_created_first_comes_first(seen: Api) -> None:
    for known in endpoints("v3"):
        if known.order.by_itself == "created_at":
            _is_ordered(seen.every(known.path, **known.query), known, "created_at")


@checks("check.order")
@only("v1", "v2")
def test_declarations_come_in_the_order_in_which_they_were_made(seen: Api, target: Target) -> None:
    """When, only v3 shows."""
    if not (target.sandbox or "v3" in target.versions):
        raise LeftOut("it looks into v3, which this run does not test")
    made = {one["id"]: shown(one, "created_at") for one in seen.in_version("v3").every(DECLARATIONS)}
    records = [one for one in seen.every(DECLARATIONS) if one["id"] in made]
    times = [made[one["id"]] for one in records]
    if times != sorted(times):
        raise ContractBroken("check.order", f"{DECLARATIONS} by created_at", _first_slip(records, times))


@checks("check.sort")
@only("v3")
def test_a_list_is_sorted_as_asked(seen: Api) -> None:
    for known in endpoints("v3"):
        for name in known.order.told:
            _is_ordered(seen.every(known.path, **known.query, sort=name), known, name)
            _is_ordered(seen.every(known.path, **known.query, sort=f"-{name}"), known, name, descending=True)


@checks("check.sort")
@only("v3")
def test_sorting_leaves_nothing_out(seen: Api) -> None:
    whole = {one["id"] for one in seen.every(form().participants)}
    for sort in ("created_at", "-updated_at", "no-such-thing", "-created_at,updated_at", ""):
        found = {one["id"] for one in seen.every(form().participants, sort=sort)}
        if found != whole:
            raise ContractBroken("check.sort", f"the same participants with sort={sort}", f"others: {found ^ whole}")


def _is_ordered(records: list[Any], known: ListEndpoint, name: str, *, descending: bool = False) -> None:
    values = [shown(record, name) for record in records]
    if values != sorted(values, reverse=descending):
        check = "check.order" if name == known.order.by_itself and not descending else "check.sort"
        direction = " descending" if descending else ""
        raise ContractBroken(check, f"{known} by {name}{direction}", _first_slip(records, values, descending))


def _first_slip(records: list[Any], values: list[Any], descending: bool = False) -> str:
    for place in range(1, len(values)):
        before, after = values[place - 1 : place + 1]
        if (before < after) if descending else (before > after):
            return f"{records[place]['id']} with {after} after {records[place - 1]['id']} with {before}"
    return "another order"
