"""A lead provider that the DfE takes on: it has statements like everyone's, which are its own, and its name."""

from __future__ import annotations

from typing import Any, Final

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.marks import accepts, only
from contract_tests.target.backstage import Backstage

STATEMENTS: Final = "/statements"
OWN: Final = ("created_at", "updated_at", "paid")


@only("v3")
@accepts("vis.statement")
def test_it_has_statements_like_everyones_from_now_on(api: Api, stage: Backstage) -> None:
    before = api.every(STATEMENTS)
    made = stage.act("POST", "/providers", name="Quince Institute")
    newcomer = api.with_token(made["token"])
    own = newcomer.every(STATEMENTS)
    require_equal(before, api.every(STATEMENTS))
    require_equal([_as_everyones(each) for each in before], [_as_everyones(each) for each in own])
    require_equal(set(), {each["id"] for each in before} & {each["id"] for each in own})
    now = f"{stage.now:%Y-%m-%dT%H:%M:%SZ}"
    for name in ("created_at", "updated_at"):
        require_equal({now}, {each["attributes"][name] for each in own})
    for each in own[-1:]:
        require_equal(each, newcomer.get(f"{STATEMENTS}/{each['id']}").data)


def _as_everyones(statement: Any) -> dict[str, Any]:
    return {name: value for name, value in statement["attributes"].items() if name not in OWN}
