"""Two rules may refuse alike: what a sandbox says of which it was has to be what a scenario is about."""

from __future__ import annotations

import pytest

from contract_tests.attribution import refused_by
from contract_tests.errors import ContractBroken
from contract_tests.exchange import Exchange

from .runs import exchange

ABOUT = frozenset({"fragile.data", "body.attributes"})


def refusal(*rules: str, status: int = 400) -> Exchange:
    headers = {"content-type": "application/json"} | ({"x-sandbox-rule": ", ".join(rules)} if rules else {})
    return exchange('{"errors": []}', status, headers=headers)


def test_what_was_refused_by_another_rule_is_found() -> None:
    with pytest.raises(ContractBroken, match=r"check\.refused-by: expected .*fragile\.data.*body\.json"):
        refused_by(ABOUT, [refusal("body.json")])


def test_what_was_refused_by_one_of_its_own_or_does_not_say_by_which_is_not() -> None:
    refused_by(ABOUT, [refusal("body.json", "fragile.data"), refusal(), refusal("path.unknown", status=404)])
