"""The console in a real browser: a whole story clicked through, and every page looked over at two widths."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from sandbox.testing import Sandbox
from tests.api import JANE
from tests.chromium import needs_chromium

from .browser import barriers, bring_axe, chromium

pytestmark = needs_chromium

WIDTHS = (1280, 400)
PAGES = (
    "/",
    "/worlds",
    "/invitations",
    "/worlds/new",
    "/worlds/import",
    "/worlds/main",
    "/worlds/main/clock",
    "/worlds/main/people",
    f"/worlds/main/people/{JANE}",
    "/worlds/main/acts/registration.register",
    f"/worlds/main/acts/schools.join?of={JANE}",
    f"/worlds/main/provider-acts/create_declaration?participant_id={JANE}",
    "/worlds/main/schools?search=academy",
    "/worlds/main/schedules",
    "/worlds/main/statements?holding=true&cohort=2024",
    "/worlds/main/requests",
    "/worlds/main/readiness",
    "/worlds/main/migration",
    "/worlds/main/faults",
    "/worlds/main/defects",
    "/worlds/main/reset",
    "/worlds/none",
    "/rules?search=milestone",
    "/rules/decl.milestone-start",
    "/sign-in",
)


@pytest.fixture(scope="module")
def server() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.mark.parametrize("scripts", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_an_ect_is_registered_declared_and_paid_for(server: Sandbox, browser: Browser, scripts: bool) -> None:
    page = browser.new_context(java_script_enabled=scripts, base_url=server.url).new_page()
    page.goto("/")
    page.get_by_role("link", name="Make a world").click()
    page.get_by_label("main", exact=True).check()
    page.get_by_role("button", name="Make the world").click()
    assert "Its tokens, which are shown this once" in page.inner_text("main")

    page.get_by_role("link", name="Clock").click()
    page.get_by_label("The day it is to be").fill("2024-09-02")
    page.get_by_role("button", name="Set the clock").click()

    page.get_by_role("link", name="People", exact=True).click()
    page.get_by_role("link", name="Register an ECT or a mentor").click()
    page.get_by_label("Role (optional)").select_option("ect")
    page.get_by_label("Full name (optional)").fill("Ada Hart")
    page.get_by_role("button", name="Register a participant").click()
    assert page.inner_text("h1") == "Ada Hart"

    page.get_by_role("link", name="Clock").click()
    page.get_by_label("Or up to a day").fill("2024-11-04")
    page.get_by_role("button", name="Move to this day").click()
    assert "4 November 2024" in page.inner_text("main")

    find(page, "Ada Hart")
    page.get_by_role("link", name="Declare a milestone").click()
    page.get_by_label("Milestone").select_option("started")
    page.get_by_role("button", name="Declare that a participant reached a milestone").click()
    assert "Its state is “eligible”" in page.inner_text("main")

    page.get_by_role("link", name="Clock").click()
    page.get_by_label("How far").fill("100")
    page.get_by_role("button", name="Let it pass").click()
    assert "What happened meanwhile" in page.inner_text("main")

    find(page, "Ada Hart")
    declared = page.get_by_role("row").filter(has_text="started").filter(has_text="4 November 2024")
    assert "Paid" in declared.inner_text()
    declared.get_by_role("link", name=re.compile("cohort 2024")).click()
    assert "Ada Hart" in page.inner_text("main")
    page.context.close()


@pytest.mark.parametrize("scripts", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_what_is_wrong_stands_beside_its_field_and_leads_there(
    server: Sandbox, browser: Browser, scripts: bool
) -> None:
    page = browser.new_context(java_script_enabled=scripts, base_url=server.url).new_page()
    for path, button, field in (
        ("/worlds/main/clock", "Move to this day", "Or up to a day"),
        ("/worlds/import", "Make the world", "A file that was exported from a world"),
        (f"/worlds/main/provider-acts/create_declaration?participant_id={JANE}", "Declare that", "Declaration date"),
    ):
        page.goto(path)
        if field == "Declaration date":
            page.get_by_label(field).fill("tomorrow")
        page.get_by_role("button", name=button).click()
        summary = page.get_by_role("alert")
        expect(summary).to_be_focused()
        assert page.title().startswith("Error: ")
        described = page.get_by_label(field).get_attribute("aria-describedby") or ""
        said = page.locator(f"#{described.split()[-1]}").inner_text().removeprefix("Error:").strip()
        link = summary.get_by_role("link").first
        assert said in link.inner_text()
        link.click()
        assert page.get_by_label(field).evaluate("each => each.id === location.hash.slice(1)")
        if scripts:
            bring_axe(page)
            assert barriers(page) == []
    page.context.close()


def find(page: Page, name: str) -> None:
    """Open the page of somebody."""
    page.get_by_role("link", name="People", exact=True).click()
    page.get_by_label("Name, TRN, school or id").fill(name)
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=name).click()


def test_every_page_is_open_to_everybody_and_fits_every_screen(server: Sandbox, browser: Browser) -> None:
    provider = server.provider("northgate")
    provider.post("/api/v3/participant-declarations", json={"data": {"attributes": {"participant_id": JANE}}})
    httpx.post(f"{server.url}/sandbox/invitations", json={"name": "Northgate's developers"})
    page = browser.new_context(base_url=server.url).new_page()
    for path in (*PAGES, *people_of_register(server)):
        page.goto(path)
        bring_axe(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert barriers(page) == [], (path, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.context.close()


def people_of_register(server: Sandbox) -> list[str]:
    """A page of the other edition, which has other records."""
    made = httpx.post(f"{server.url}/sandbox/worlds", json={"scenario": "register"}).json()
    token = {"Authorization": f"Bearer {made['providers'][0]['token']}"}
    people = httpx.get(f"{server.url}/api/v3/participants", headers=token).json()["data"]
    return [f"/worlds/{made['id']}/people/{people[0]['id']}"]
