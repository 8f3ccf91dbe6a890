"""By which rule something was refused: who answers may say so, as a sandbox does, and two rules may refuse alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from contract_tests.errors import require
from contract_tests.exchange import Exchange

ELSEWHERE: Final = frozenset({401, 404, 429})  # of which every scenario may meet one on its way


def refused_by(rules: frozenset[str], exchanges: Iterable[Exchange]) -> None:
    """Raises ContractBroken for what was refused by none of the rules that a scenario sees refuse."""
    for exchange in exchanges:
        if exchange.rules and 400 <= exchange.status < 500 and exchange.status not in ELSEWHERE:
            expected = f"a refusal by {' or '.join(sorted(rules))}"
            require(not rules.isdisjoint(exchange.rules), "check.refused-by", expected, exchange.rules, exchange)
