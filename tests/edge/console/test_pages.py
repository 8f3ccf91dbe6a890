"""The pages: whole, escaped, leading nowhere that is not there, and doing what they say."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

import pytest

from sandbox.editions import ALL
from tests.api import JANE

from .pages import Browser, links_of, text_of

EVIL = '<script>alert("x")</script>'
BUILT_ELSEWHERE = ("/docs", "/health", "/sandbox/")
DECLARING = "/worlds/main/provider-acts/create_declaration"
IMAGES = re.compile(r"(?<=/)[0-9a-f-]{36}(?=$|/)|(?<=/rules/)(?!register/).+|(?<=/rules/register/).+")


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def world(browser: Browser) -> str:
    """A world of a test's own, which later ones do not meet."""
    made = browser.send("/worlds/new", scenario="main")
    assert made.status_code == 303
    return str(made.headers["location"])


def test_every_page_that_one_is_led_to_is_there_and_needs_no_script(browser: Browser) -> None:
    waiting, seen, kinds = ["/"], {"/"}, dict[str, int]()
    while waiting:
        path = waiting.pop(0)
        page = browser.get(path)
        assert page.status_code in (200, 303), (path, page.text)
        if "text/html" not in page.headers.get("content-type", ""):
            continue
        assert not re.search(r"<script|\son\w+=|\sstyle=|javascript:", page.text), path
        assert "<h1" in page.text, path
        for link in links_of(page):
            kind = IMAGES.sub("…", urlsplit(link).path)
            kinds[kind] = kinds.get(kind, 0) + (link not in seen)
            if link not in seen and kinds[kind] <= 2 and not link.startswith(BUILT_ELSEWHERE):
                seen.add(link)
                waiting.append(link)
    assert {
        "/worlds/main/people/…",
        "/worlds/register/people/…",
        "/worlds/main/statements/…",
        "/rules/…",
    } <= kinds.keys()
    assert len(seen) > 80


def test_nothing_that_may_run_or_frame_it_gets_in(browser: Browser) -> None:
    for path in ("/", "/worlds/main/people", "/rules", "/worlds/none", "/console/console.css", "/sign-in"):
        headers = browser.get(path).headers
        policy = dict(part.partition(" ")[::2] for part in headers["Content-Security-Policy"].split("; "))
        assert (policy["default-src"], policy["style-src"], policy["frame-ancestors"]) == ("'none'", "'self'", "'none'")
        assert "script-src" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"


def test_its_style_asks_for_nothing_and_has_neither_the_font_nor_the_arms_of_the_government(browser: Browser) -> None:
    for file in ("govuk-frontend.min.css", "console.css"):
        style = browser.get(f"/console/{file}").text
        assert "url(" not in style
        assert "GDS Transport" not in style
    assert "MIT License" in browser.get("/console/LICENSE").text


def test_names_are_shown_as_they_are_written_and_never_obeyed(browser: Browser, world: str) -> None:
    page = browser.submit(f"{world}/acts/registration.register", full_name=EVIL, participant_type="ect")
    assert EVIL in text_of(page).replace("&quot;", '"')
    person = next(link for link in links_of(page) if "/acts/schools.leave" in link).partition("of=")[2]
    for path in (
        f"/people/{person}",
        "/people?search=script",
        f"/acts/schools.leave?of={person}",
        f"{DECLARING.removeprefix('/worlds/main')}?participant_id={person}",
        f"/people?search={EVIL}&cohort={EVIL}",
        f"/requests?provider={EVIL}",
        f"/acts/tokens.revoke?token={EVIL}",
    ):
        assert "<script" not in browser.get(f"{world}{path}").text, path
    assert "<script" not in browser.send(f"{world}/acts/tokens.revoke", token=EVIL).text


@pytest.mark.parametrize(
    "value", ["", "-1", "0", "9" * 30, "\x00", "%", "../..", "null", "<", "é", "2024-13-45", "[]", "a" * 5000]
)
def test_odd_input_is_refused_in_words(browser: Browser, value: str) -> None:
    for path in (
        "people?page=",
        "people?state=",
        "schedules?cohort=",
        "statements?state=",
        "requests?status=",
        "acts/x?of=",
    ):
        assert browser.get(f"/worlds/main/{path}{quote(value)}").status_code < 500, path
    for form in (
        {"path": "clock", "act": "advance", "amount": value},
        {"path": "clock", "act": "to", "to": value},
        {"path": "clock", "act": "set", "now": value},
        {"path": "faults", "act": "add", "kind": value, "requests": value},
        {"path": "faults", "act": "end", "id": value},
        {"path": "defects", "defects": value},
        {"path": "acts/registration.register", "starts_on": value or "x", "cohort": value},
        {"path": "acts/schools.leave", "of": value, "on": value},
        {"path": "provider-acts/create_declaration", "participant_id": value, "as_provider": value},
        {"path": "provider-acts/void_declaration", "of": value},
    ):
        sent = browser.send(f"/worlds/main/{form.pop('path')}", **form)
        assert sent.status_code < 500, (form, sent.text)


def test_what_is_not_there_is_said_to_be_missing_in_a_page(browser: Browser) -> None:
    for path in (
        "/worlds/none",
        "/worlds/none/people",
        f"/worlds/main/people/{EVIL}",
        "/worlds/main/statements/x",
        "/rules/x",
    ):
        page = browser.get(path)
        assert page.status_code == 404, path
        assert "text/html" in page.headers["content-type"]
    assert browser.send("/worlds/main/people").status_code == 405
    assert browser.get("/nothing").headers["content-type"] != "text/html"


def test_a_form_that_is_refused_keeps_what_was_typed_and_says_what_to_do(browser: Browser, world: str) -> None:
    page = browser.send(f"{world}/acts/registration.register", full_name="Ada Hart", cohort="2024", trn="12")
    assert page.status_code == 422
    assert "There is a problem" in page.text
    assert "trn" in page.text
    assert 'value="Ada Hart"' in page.text
    assert '<option value="2024" selected>' in page.text


def test_time_that_passes_tells_what_fell_due(browser: Browser, world: str) -> None:
    page = browser.submit(f"{world}/clock", act="advance", amount="30", unit="days")
    assert "15 December 2024" in text_of(page)
    assert "Paid" in text_of(page)
    assert any("/statements/" in link for link in links_of(page))
    assert "What happened meanwhile" not in browser.get(f"{world}/clock").text  # it is said once
    assert "the clock stands" in text_of(browser.submit(f"{world}/clock", act="stop"))


def test_a_lead_provider_is_refused_with_the_rule_and_the_nearest_date_and_then_accepted(
    browser: Browser,
) -> None:
    world = browser.send("/worlds/new", scenario="first-cohort").headers["location"]
    browser.submit(f"{world}/clock", act="to", to="2021-12-10")
    declaring = DECLARING.replace("/worlds/main", world)
    provider = re.findall(
        r'<option value="([^"]+)" selected>Northgate', browser.get(f"{declaring}?participant_id={JANE}").text
    )[0]
    said = {"as_provider": provider, "participant_id": JANE, "course_identifier": "ecf-induction"}
    early = {"declaration_type": "started", "declaration_date": "2021-11-25T09:00:00Z"}
    refused = browser.send(declaring, **said, **early)
    assert refused.status_code == 422
    assert "/rules/decl.milestone-start" in refused.text
    assert "2021-12-01T00:00:00Z" in text_of(refused)
    page = browser.submit(declaring, **said, declaration_type="started", declaration_date="2021-12-06T09:00:00Z")
    assert "started" in text_of(page)
    assert "6 December 2021" in text_of(page)
    log = browser.get(f"{world}/requests?refused=true")
    (request,) = {link for link in links_of(log) if "/requests/" in link}
    assert "2021-12-01T00:00:00Z" in text_of(browser.get(request))


def test_a_world_is_made_used_written_to_a_file_read_again_and_deleted(browser: Browser) -> None:
    page = browser.submit("/worlds/new", id="mine", scenario="first-cohort")
    token = re.findall(r"<code>(mine\.[^<]+)</code>", page.text)[0]
    assert token not in browser.get("/worlds/mine").text  # it is told once
    assert browser.api("GET", "/api/v3/participants/ecf", token).status_code == 200
    again = browser.send("/worlds/new", id="mine", scenario="main")
    assert again.status_code == 422
    assert "mine" in text_of(again)
    file = browser.get("/worlds/mine/export")
    assert 'filename="mine.json"' in file.headers["content-disposition"]
    copied = browser.submit("/worlds/import", files={"file": ("mine.json", file.content)}, id="copy")
    assert "World copy" in text_of(copied)
    assert "as it began" in text_of(browser.submit("/worlds/copy/reset"))
    assert "no more" in text_of(browser.submit("/worlds/mine/delete"))
    assert browser.get("/worlds/mine").status_code == 404
    assert browser.send("/worlds/import", files={"file": ("x.json", b"{}")}).status_code == 422


def test_somebody_is_invited_and_not_any_more(browser: Browser) -> None:
    assert "Say whom it is for" in text_of(browser.send("/invitations", act="invite"))
    assert "quota" in text_of(browser.send("/invitations", act="invite", name="Ada", quota="many")).lower()
    page = browser.submit("/invitations", act="invite", name="Ada & co", quota="3")
    (token,) = re.findall(r"shown this once: <code>([^<]+)</code>", page.text)
    made = browser.api("POST", "/sandbox/worlds", token).json()["id"]
    page = browser.get("/invitations")
    assert f'href="/worlds/{made}"' in page.text
    assert "Ada & co" in text_of(page)
    (id,) = re.findall(r'name="id" value="([^"]+)"', page.text)
    assert "Nobody is invited" in text_of(browser.submit("/invitations", act="revoke", id=id))
    browser.submit(f"/worlds/{made}/delete")


def test_a_world_of_ecf_is_carried_over_and_says_what_came_and_what_would_change(browser: Browser, world: str) -> None:
    browser.api("GET", "/api/v3/participants/ecf", "northgate-sandbox-token")
    report = text_of(browser.get("/worlds/main/migration"))
    assert "Drop /ecf from every path" in report
    page = browser.submit(f"{world}/migration", id="carried")
    assert "Its tokens, which are shown this once" in text_of(page)
    assert re.search(r"\d+ declarations", text_of(page))
    assert "Register early career teachers" in text_of(page)
    assert browser.send(f"{world}/migration", id="carried").status_code == 422
    assert browser.get("/worlds/carried/migration").status_code == 404
    assert "/worlds/carried/migration" not in page.text
    browser.submit("/worlds/carried/delete")


def test_faults_and_defects_are_switched_on_and_off(browser: Browser, world: str) -> None:
    page = browser.submit(f"{world}/faults", act="add", kind="503", requests="2", after="on")
    assert "though it is carried out" in text_of(page)
    assert "Nothing is to go wrong" in text_of(browser.submit(f"{world}/faults", act="end_all"))
    page = browser.submit(f"{world}/defects", defects="milestone-end-ignored")
    assert re.search(r'value="milestone-end-ignored" checked', page.text)
    assert "Wrong on purpose" in page.text
    assert "Wrong on purpose" not in browser.submit(f"{world}/defects").text


def test_people_are_found_by_what_is_known_of_them(browser: Browser) -> None:
    assert "Jane Smith" in text_of(browser.get("/worlds/main/people?search=1234567"))
    assert "Jane Smith" not in text_of(browser.get("/worlds/main/people?search=smith&role=mentor"))
    left = browser.get("/worlds/main/people?state=left")
    assert "Left the school" in text_of(left)
    assert "In training" not in re.sub(r"<option.*?</option>", "", left.text)
    assert "Nobody is like that" in text_of(browser.get("/worlds/main/people?search=zzzz"))


def test_a_school_challenges_a_partnership(browser: Browser, world: str) -> None:
    challenging = next(link for link in links_of(browser.get(f"{world}/schools")) if "schools.challenge" in link)
    assert "Challenge a partnership" in text_of(browser.get(challenging))
    page = browser.submit(challenging.partition("?")[0], of=challenging.partition("of=")[2], reason="mistake")
    assert "Challenged 15 Nov 2024" in text_of(page)


def test_what_a_client_has_shown_can_be_read_and_handed_on(browser: Browser, world: str) -> None:
    assert "No lead provider has asked for anything here yet" in text_of(browser.get(f"{world}/readiness"))
    issued = browser.submit(f"{world}/acts/tokens.issue")
    (token,) = re.findall(r"shown this once: <code>([^<]+)</code>", issued.text)
    assert browser.api("GET", "/api/v3/participants/ecf", token).status_code == 200
    assert "points are met" in text_of(browser.get(f"{world}/readiness"))
    file = browser.get(f"{world}/readiness/export")
    assert file.headers["content-disposition"].startswith("attachment")
    assert token not in file.text


def test_someone_of_register_has_the_records_of_register(browser: Browser) -> None:
    people = browser.get("/worlds/register/people?role=ect&state=left")
    person = next(link for link in links_of(people) if re.fullmatch(r"/worlds/register/people/[0-9a-f-]{36}", link))
    text = text_of(browser.get(person))
    assert "ECT at" in text
    assert "Induction" in text
    assert "Change who trains an ECT" in text
    assert "Change who trains an ECT" not in text_of(browser.get(f"/worlds/main/people/{JANE}"))


def test_every_rule_has_a_page_of_its_own(browser: Browser) -> None:
    for edition in ALL:
        prefix = "/rules" if edition.name == "ecf" else f"/rules/{edition.name}"
        listed = set(links_of(browser.get(f"/rules?edition={edition.name}")))
        assert {f"{prefix}/{id}" for id in edition.catalogue()} <= listed
        id, rule = list(edition.catalogue().items())[len(listed) % 100]
        page = text_of(browser.get(f"{prefix}/{id}"))
        assert id in page
        assert " ".join(rule["summary"].replace("`", " ").split())[:30] in page


@pytest.mark.parametrize(
    ("token", "prefix"), [("northgate-sandbox-token", "/rules"), ("northgate-register-token", "/rules/register")]
)
def test_a_refusal_leads_to_the_page_of_its_rule(browser: Browser, token: str, prefix: str) -> None:
    refused = browser.api(
        "POST", "/api/v3/participant-declarations", token, json={"data": {"attributes": {"declaration_type": "x"}}}
    )
    assert refused.status_code in (400, 422)
    for rule in refused.headers["X-Sandbox-Rule"].split(", "):
        assert f'<{prefix}/{rule}>; rel="help"' in refused.headers["Link"]
        assert rule in browser.get(f"{prefix}/{rule}").text
