"""Who one is comes first: without a token that is known, nothing else is looked at."""

from __future__ import annotations

from typing import Any, Final

import pytest

from contract_tests.api import Api
from contract_tests.checks import check
from contract_tests.documents import operations
from contract_tests.errors import ContractBroken
from contract_tests.forms import form
from contract_tests.marks import accepts, checks, refuses
from contract_tests.target import Target

DENIED: Final = {"error": "HTTP Token: Access denied"}
ASKED_WRONGLY: Final[dict[str, Any]] = {"params": {"filter": "none"}, "data": b"{"}


@checks("check.authentication")
@refuses("auth.token-required")
@pytest.mark.parametrize("bears", ["without", "unknown"])
def test_every_operation_wants_a_token_that_is_known(seen: Api, target: Target, bears: str) -> None:
    """Whatever else is wrong, it is the token that is spoken of."""
    if bears == "without":
        target.answers_anybody()
    token = seen.stranger().token if bears == "unknown" else None
    for operation in operations(seen.version):
        if operation.method != "GET" and not target.writes:
            continue
        path = f"/api/{seen.version}{operation.path}".replace("{id}", "no-id")
        exchange = seen.wire.send(operation.method, path, token=token, **ASKED_WRONGLY)
        check(exchange)
        if exchange.status != 401 or exchange.json != DENIED:
            raise ContractBroken("check.authentication", f"401 {DENIED}", _what(exchange), exchange)
        challenge = exchange.headers.get("www-authenticate")
        if challenge != form().challenge:
            raise ContractBroken(
                "check.authentication", f"WWW-Authenticate: {form().challenge}", str(challenge), exchange
            )


@checks("check.authentication")
@accepts("auth.token-required")
def test_a_token_that_is_known_is_let_in(seen: Api) -> None:
    seen.get("/participant-declarations", **{"page[per_page]": "1"}).is_accepted()


def _what(exchange: Any) -> str:
    return f"{exchange.status} {exchange.content[:200].decode('utf-8', 'replace')}"
