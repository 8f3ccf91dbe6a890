"""In production nobody sets the time: X-With-Server-Date has no effect."""

from __future__ import annotations

import pytest

from contract_tests.api import Api
from contract_tests.conformance.endpoints import endpoints
from contract_tests.errors import ContractBroken, Disturbed, LeftOut
from contract_tests.marks import checks
from contract_tests.target import Target


@checks("check.server-date")
@pytest.mark.parametrize("time", ["2021-01-01T00:00:00Z", "2999-01-01T00:00:00Z", "no time at all"])
def test_the_time_that_a_header_names_has_no_effect_in_production(seen: Api, target: Target, time: str) -> None:
    if not target.production:
        raise LeftOut("it is about production, which keeps its own time: say so with --production")
    for known in endpoints(seen.version):
        plain = seen.get(known.path, **known.query)
        told = seen.told(time).get(known.path, **known.query)
        if (told.status, told.exchange.content) != (plain.status, plain.exchange.content):
            if seen.get(known.path, **known.query).exchange.content != plain.exchange.content:
                raise Disturbed(known)
            raise ContractBroken(
                "check.server-date",
                f"the same answer from {known} with X-With-Server-Date: {time} as without",
                f"another: {told.status} {told.exchange.beginning()}",
                told.exchange,
            )
