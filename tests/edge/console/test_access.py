"""Who may use the console: whoever may use the control API, and no page of another site."""

from __future__ import annotations

import subprocess
import sys

import pytest

from .pages import Browser, text_of

TOKEN = 'the token; of "the" sandbox'
CLOCK = "/worlds/main/clock"
ELSEWHERE = [
    {"Origin": "https://example.com"},
    {"Origin": "null"},
    {"Origin": "http://localhost:9999"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:8080"},
]


def signed_in() -> Browser:
    browser = Browser(TOKEN, client="192.0.2.7")
    assert browser.send("/sign-in", token=TOKEN, next=CLOCK).headers["location"] == CLOCK
    return browser


def test_without_a_token_of_its_own_it_answers_on_its_own_machine_only() -> None:
    assert Browser().get("/").status_code == 200
    for browser in (Browser(client="192.0.2.7"), Browser(at="http://evil.example")):
        page = browser.get("/worlds/main/people")
        assert page.status_code == 403
        assert "--control-token" in text_of(page)
        assert browser.get("/rules/decl.milestone-start").status_code == 200
    assert Browser().get("/", **{"X-Forwarded-For": "192.0.2.7"}).status_code == 403


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_a_form_of_another_site_does_nothing(headers: dict[str, str]) -> None:
    for browser in (Browser(), signed_in()):
        before = browser.worlds.main.store.revision
        assert browser.send_from(headers, CLOCK, act="advance", amount="1", unit="days").status_code == 403
        assert browser.worlds.main.store.revision == before


def test_a_link_of_another_site_opens_a_page() -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert Browser().get(CLOCK, **headers).status_code == 200
    assert Browser().get(CLOCK, **headers | {"Sec-Fetch-Mode": "no-cors"}).status_code == 403


def test_with_a_token_of_its_own_it_asks_for_that() -> None:
    browser = Browser(TOKEN)
    led = browser.get(CLOCK)
    assert led.status_code == 303
    assert led.headers["location"] == "/sign-in?next=%2Fworlds%2Fmain%2Fclock"
    assert browser.send(CLOCK, act="stop").headers["location"] == "/sign-in"
    for wrong in ("", "northgate-sandbox-token", TOKEN + "x"):
        page = browser.send("/sign-in", token=wrong)
        assert page.status_code == 422
        assert "set-cookie" not in page.headers
    assert browser.get(CLOCK).status_code == 303


def test_a_browser_keeps_the_token_where_no_script_and_no_other_site_gets_at_it() -> None:
    sent = Browser(TOKEN).send("/sign-in", token=TOKEN)
    cookie = sent.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert TOKEN not in cookie


def test_who_signed_in_may_do_everything_until_they_sign_out() -> None:
    browser = signed_in()
    assert browser.get(CLOCK).status_code == 200
    assert "The clock stands" in text_of(browser.submit(CLOCK, act="stop"))
    assert browser.send("/sign-out").headers["location"] == "/sign-in"
    assert browser.get(CLOCK).status_code == 303


@pytest.mark.parametrize(
    "next", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_signing_in_leads_nowhere_else(next: str) -> None:
    assert Browser(TOKEN).send("/sign-in", token=TOKEN, next=next).headers["location"] == "/"


def test_a_start_of_the_server_does_not_wait_for_it() -> None:
    program = (
        "import sandbox.app, sys; print([name for name in sys.modules if name.startswith('sandbox.edge.console')])"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['sandbox.edge.console', 'sandbox.edge.console.entrance']"
