"""Who may use the control API: whoever bears its token, or, when it has none, whoever is on the same machine."""

from __future__ import annotations

import asyncio
from functools import cache

import pytest
from starlette.types import ASGIApp

from sandbox.app import build_app
from sandbox.editions import ALL
from sandbox.seeding.creation import Creation
from sandbox.seeding.scenarios import scenarios
from sandbox.worlds.worlds import Worlds
from tests.api import SetClock, played
from tests.conformance import problems_with
from tests.in_process import Client

LOOP = asyncio.new_event_loop()
NEAR, FAR = "127.0.0.1", "192.0.2.7"
TOKEN = "the-token-of-the-sandbox"


@cache
def served(control_token: str | None) -> Worlds:
    return Worlds(played("main", "documented").fork(), Creation(ALL), SetClock(scenarios()["main"].starts_at))


@cache
def app(control_token: str | None, host: str | None) -> ASGIApp:
    return build_app(served(control_token), control_token=control_token, host=host)


def status(
    control_token: str | None, client: str, *, host: str | None = None, at: str = "localhost", **headers: str
) -> int:
    """How a registration is answered, which must be as its document says; refused, it registers nobody."""
    worlds = served(control_token)
    before = worlds.main.store.revision
    http = Client(app(control_token, host), f"http://{at}:8080", client)
    answer = LOOP.run_until_complete(http.request("POST", "/sandbox/participants", headers=headers))
    assert not problems_with(answer)
    assert (worlds.main.store.revision > before) == (answer.status_code == 201)
    return answer.status_code


@pytest.mark.parametrize("client", [NEAR, "::1"])
def test_without_a_token_of_its_own_it_answers_on_its_own_machine(client: str) -> None:
    assert status(None, client) == 201
    assert status(None, client, Origin="http://localhost:8080") == 201  # the page that it serves itself


@pytest.mark.parametrize("client", [FAR, "2001:db8::7", "nowhere"])
def test_without_a_token_of_its_own_it_answers_nobody_else(client: str) -> None:
    assert status(None, client) == 403
    assert status(None, client, Authorization=f"Bearer {TOKEN}") == 403


@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Port", "Forwarded", "Via", "X-Real-IP", "CF-Connecting-IP"],
)
def test_what_a_proxy_passes_on_comes_from_elsewhere(header: str) -> None:
    assert status(None, NEAR, **{header: NEAR}) == 403


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:80", "[::1]:8080", "LOCALHOST:1"])
def test_its_own_machine_has_some_names_for_it(host: str) -> None:
    assert status(None, NEAR, Host=host) == 201


@pytest.mark.parametrize("host", ["localhost.", "127.0.0.1.evil.example", "[::1", "::1", "evil.example:80", "", "a b"])
def test_a_name_that_was_turned_towards_this_machine_has_a_browser_do_nothing(host: str) -> None:
    assert status(None, NEAR, Host=host) == 403
    assert status(None, NEAR, Host=host, Origin=f"http://{host}") == 403


@pytest.mark.parametrize(
    ("host", "named"), [("Box.example", "box.example:8080"), ("2001:DB8::7", "[2001:db8::7]:80"), (FAR, FAR)]
)
def test_it_may_be_named_as_what_it_was_told_to_listen_on(host: str, named: str) -> None:
    assert status(None, NEAR, host=host, Host=named) == 201
    assert status(None, NEAR, host=host) == 201
    assert status(None, NEAR, Host=named) == 403


def test_who_calls_it_from_the_address_that_it_answers_at_is_on_its_machine() -> None:
    assert status(None, FAR, host=FAR, at=FAR) == 201
    assert status(None, "::ffff:127.0.0.1") == 201


@pytest.mark.parametrize("site", ["cross-site", "same-site", "cross-origin"])
def test_a_browser_says_that_another_site_has_it_ask(site: str) -> None:
    assert status(None, NEAR, **{"Sec-Fetch-Site": site}) == 403


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_browser_says_that_its_user_or_the_servers_own_page_has_it_ask(site: str) -> None:
    assert status(None, NEAR, **{"Sec-Fetch-Site": site}) == 201


@pytest.mark.parametrize("origin", ["https://example.com", "http://localhost", "null", "http://[", "http://[::1]:8080"])
def test_a_page_of_another_site_has_a_browser_do_nothing(origin: str) -> None:
    assert status(None, NEAR, Origin=origin) == 403


@pytest.mark.parametrize("client", [NEAR, FAR])
def test_with_a_token_of_its_own_it_answers_whoever_bears_it(client: str) -> None:
    assert status(TOKEN, client, Authorization=f"Bearer {TOKEN}") == 201
    assert status(TOKEN, client, Authorization=f"Bearer {TOKEN}", Origin="https://example.com") == 201


@pytest.mark.parametrize("sent", [None, "", "Bearer", f"Bearer {TOKEN}x", TOKEN, "Bearer northgate-sandbox-token"])
@pytest.mark.parametrize("client", [NEAR, FAR])
def test_with_a_token_of_its_own_it_answers_nobody_else(client: str, sent: str | None) -> None:
    assert status(TOKEN, client, **({} if sent is None else {"Authorization": sent})) == 401
