"""`ecf-sandbox readiness` tells what was shown and ends as a build wants it: 0 enough, 1 below the bar, 2 unknown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox.cli import main
from sandbox.commands.readiness import bar
from tests.editions.register.served import Server

REPORT = {
    "met": 2,
    "of": 4,
    "points": [
        {"id": "errors", "state": "met"},
        {"id": "pages", "state": "not met"},
        {"id": "x", "state": "not applicable"},
    ],
}


@pytest.mark.parametrize(
    ("said", "is_enough"),
    [
        ("all", False),
        ("2", True),
        ("3", False),
        ("50%", True),
        ("51%", False),
        ("errors,x", True),
        ("errors,pages", False),
    ],
)
def test_a_bar_is_a_number_a_share_or_points_by_name(said: str, is_enough: bool) -> None:
    assert bar(said)(REPORT) is is_enough


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
def run(server: Server, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Runs the command against a server that is in the process."""

    def answer(request: httpx.Request) -> httpx.Response:
        answered = server.send(request.method, request.url.raw_path.decode())
        return httpx.Response(answered.status_code, content=answered.content, headers=answered.headers)

    client = httpx.Client

    def made(**given: Any) -> httpx.Client:
        return client(transport=httpx.MockTransport(answer), **given)

    monkeypatch.setattr(httpx, "Client", made)
    return lambda *arguments: main(["readiness", *arguments])


def test_it_ends_with_0_above_the_bar_and_with_1_below(
    run: Callable[..., int], server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--bar", "0") == 1, "nobody has asked for anything"
    server.send("GET", "/api/v3/statements", "northgate-sandbox-token")
    capsys.readouterr()
    assert run("--bar", "recorded,tokens") == 0
    assert "points are met." in capsys.readouterr().out
    assert run() == 1
    told = capsys.readouterr().out
    assert "not met" in told
    assert "- GET /api/v3/schools/ecf (list_schools)" in told


def test_it_says_it_as_json_and_keeps_the_page(
    run: Callable[..., int], server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.send("GET", "/api/v3/statements", "northgate-sandbox-token")
    page = tmp_path / "readiness.html"
    assert run("--json", "--bar", "1", "--provider", "northgate", "--page", str(page)) == 0
    assert json.loads(capsys.readouterr().out)["enough"] is True
    assert "<h2>Northgate" in page.read_text(encoding="utf-8")


def test_it_ends_with_2_when_it_could_not_be_found_out(
    run: Callable[..., int], server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.send("GET", "/api/v3/statements", "northgate-sandbox-token")
    for wrong in (["--world", "nowhere"], ["--provider", "nobody"], ["--bar", "no-such-point"], ["--bar", "~"]):
        assert run(*wrong) == 2, wrong
        assert "could not be asked" not in capsys.readouterr().err


def test_it_ends_with_2_when_nobody_answers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["readiness", "--url", "http://127.0.0.1:1"]) == 2
    assert "could not be asked" in capsys.readouterr().err
