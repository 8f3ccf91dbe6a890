"""Who may ask, and how often."""

from __future__ import annotations

import time
from typing import Final

import pytest

from contract_tests.api import Api
from contract_tests.errors import LeftOut, require_equal
from contract_tests.lists import NOBODY
from contract_tests.marks import accepts, refuses
from contract_tests.register.asking import (
    DECLARATIONS,
    PARTICIPANTS,
)
from contract_tests.register.backstage import RegisterBackstage
from contract_tests.target import Target

NO_RECORD: Final = f"{PARTICIPANTS}/{NOBODY}"
ALLOWED: Final = 1000  # requests of a token in five minutes
FROM_AN_ADDRESS: Final = 1500
WINDOW: Final = 300  # seconds


@accepts("auth.token-required", "auth.one-provider")
@pytest.mark.parametrize("form", ["Bearer {}", "Token {}", 'Token token="{}"'])
def test_a_token_is_taken_in_these_forms(api: Api, form: str) -> None:
    headers = {"Authorization": form.format(api.token)}
    api.with_token(None).send("GET", f"{DECLARATIONS}?page[per_page]=1", headers).is_accepted()


@refuses("auth.token-required")
@pytest.mark.parametrize("form", ["Bearer {}x", "bearer {}", "Basic {}", "{}", "Bearer"])
def test_a_token_in_another_form_is_none(api: Api, target: Target, form: str) -> None:
    if form != "Bearer {}x":
        target.answers_anybody()
    refused = api.with_token(None).send("GET", f"{PARTICIPANTS}?filter=x", {"Authorization": form.format(api.token)})
    refused.is_refused(401)
    require_equal({"error": "HTTP Token: Access denied"}, refused.exchange.json, refused.exchange)
    require_equal(None, refused.exchange.headers.get("www-authenticate"), refused.exchange)
    require_equal("no-cache", refused.exchange.headers.get("cache-control"), refused.exchange)


@accepts("auth.one-provider", "auth.token-required")
def test_a_new_token_is_the_providers_too(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    made = stage.act("POST", "/tokens", provider="northgate")
    another = api.with_token(made["token"])
    require_equal([ect], another.get(PARTICIPANTS).ids)


@refuses("rate.limit", "rate.limit-address")
@accepts("rate.limit", "rate.limit-address")
def test_a_token_and_an_address_may_ask_so_often(
    api: Api, rival: Api, stage: RegisterBackstage, target: Target
) -> None:
    if target.config.rate:
        raise LeftOut("it asks as fast as it can: run without --rate-limit")
    stage.limit_requests()
    if (left := WINDOW - time.time() % WINDOW) < FROM_AN_ADDRESS * 0.01:
        time.sleep(left + 1)  # or the requests would fall into two windows
    asks(api, ALLOWED)
    limited(api)
    asks(api.with_token(None), 1, Authorization=f"Token {api.token}")  # as headers are counted, whosever they are
    asks(rival, FROM_AN_ADDRESS - ALLOWED - 1)
    limited(rival)


def asks(api: Api, times: int, **headers: str) -> None:
    """Raises ContractBroken unless so many requests are answered."""
    path = f"/api/{api.version}{NO_RECORD}"
    for _ in range(times):
        sent_once = api.wire.send("GET", path, token=api.token, headers=headers, patient=False)
        require_equal(404, sent_once.status, sent_once)


def limited(api: Api) -> None:
    """Raises ContractBroken unless another request is one too many."""
    refused = api.send("GET", PARTICIPANTS, patient=False)
    refused.is_refused(429)
    require_equal(b"Retry later\n", refused.exchange.content, refused.exchange)


@accepts("rate.limit", "rate.limit-address")
def test_a_few_requests_are_always_answered(api: Api) -> None:
    for _ in range(3):
        api.get(DECLARATIONS, **{"page[per_page]": "1"}).is_accepted()
