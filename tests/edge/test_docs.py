"""The page to read the documents on: served whole, and so that nothing else can come in with it."""

from __future__ import annotations

import asyncio
import json
import re

import httpx
import pytest

from sandbox.edge.forms import FORMS
from tests.api import World
from tests.openapi.documents import DOCUMENTS
from tests.openapi.fresh import fresh_sandbox

_LOOP = asyncio.new_event_loop()


def get(path: str) -> httpx.Response:
    return _LOOP.run_until_complete(World().client.get(path))


@pytest.mark.parametrize("path", ["/docs", "/docs/"])
def test_the_page_and_all_that_it_names_are_there(path: str) -> None:
    page = get(path)
    assert page.status_code == 200
    named = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(named) == 8 + len(DOCUMENTS) * len(FORMS)
    named.remove("/docs/guide/")  # which the wheel's build makes, and tests/server/test_guide.py looks at
    for each in named:
        assert get(each).status_code == 200, each


@pytest.mark.parametrize("path", ["/docs", "/docs/", "/docs/assets/start.js", "/docs/assets/documents.json"])
def test_nothing_that_it_does_not_need_may_run_or_frame_it(path: str) -> None:
    headers = get(path).headers
    policy = dict(part.partition(" ")[::2] for part in headers["Content-Security-Policy"].split("; "))
    assert (policy["default-src"], policy["script-src"], policy["frame-ancestors"]) == ("'none'", "'self'", "'none'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_the_page_has_no_script_of_its_own() -> None:
    page = get("/docs").text
    assert re.findall(r"<script[^>]*>([^<]*)</script>", page) == [""] * 3
    assert not re.search(r"\son\w+=|style=|javascript:", page)


def test_the_page_names_the_tokens_that_open_the_worlds_there_are() -> None:
    page = fresh_sandbox().ask("GET", "/docs").text
    for token, path in (("northgate-sandbox-token", "participants/ecf"), ("meadow-register-token", "participants")):
        assert f"<code>{token}</code>" in page
        headers = {"Authorization": f"Bearer {token}"}
        assert fresh_sandbox().ask("GET", f"/api/v3/{path}", headers).status_code == 200


def test_a_form_to_try_begins_with_a_token_of_the_edition() -> None:
    shown = {each["name"]: each["token"] for each in fresh_sandbox().ask("GET", "/docs/assets/documents.json").json()}
    assert (shown["v1"], shown["register v3"]) == ("northgate-sandbox-token", "northgate-register-token")
    assert shown["control"] is None


def test_every_document_it_names_is_served() -> None:
    named = json.loads(get("/docs/assets/documents.json").text)
    assert {"v1", "v2", "v3", "control"} <= {each["name"] for each in named}
    assert all(get(each["url"]).status_code == 200 for each in named)


def test_nothing_outside_its_folder_is_served() -> None:
    for path in ("/docs/assets/../docs.py", "/docs/assets/%2e%2e/docs.py", "/docs/assets/"):
        assert get(path).status_code == 404


def test_the_licence_of_what_it_is_made_of_is_beside_it() -> None:
    assert "Apache License" in get("/docs/assets/LICENSE").text
