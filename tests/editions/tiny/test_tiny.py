"""Two editions on one server, at the same URLs: the token says which one answers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from msgspec.structs import replace

from sandbox.app import build_app
from sandbox.editions import ALL
from sandbox.seeding.creation import Creation
from sandbox.seeding.scenarios import scenarios
from sandbox.worlds.worlds import Worlds
from tests.api import JANE, SetClock, played
from tests.in_process import Client

from .edition import TINY

ECF_TOKEN = "northgate-sandbox-token"


class Server:
    """Serves worlds of both editions; the main one is of ECF."""

    def __init__(self) -> None:
        clock = SetClock(scenarios()["main"].starts_at)
        self.worlds = Worlds(played("main", "documented").fork(), Creation((*ALL, TINY)), clock)
        self._client = Client(build_app(self.worlds), "http://127.0.0.1")
        self._loop = asyncio.new_event_loop()

    def send(self, method: str, path: str, token: str | None = None, **content: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self._loop.run_until_complete(self._client.request(method, path, headers=headers, **content))

    def world(self, **details: Any) -> dict[str, Any]:
        made = self.send("POST", "/sandbox/worlds", json={"edition": "tiny", **details})
        assert made.status_code == 201, made.text
        return dict(made.json())

    def close(self) -> None:
        self._loop.close()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
def token(server: Server) -> str:
    return str(server.world()["providers"][0]["token"])


def resume(server: Server, token: str, **attributes: str) -> httpx.Response:
    return server.send("PUT", f"/api/v3/people/{JANE}/resume", token, json={"data": {"attributes": attributes}})


def test_a_world_says_of_which_edition_it_is(server: Server) -> None:
    assert server.world()["edition"] == "tiny"
    assert server.send("GET", "/sandbox/worlds/main").json()["edition"] == "ecf"


def test_a_token_of_each_is_answered_by_its_own_edition(server: Server, token: str) -> None:
    people = server.send("GET", "/api/v3/people", token).json()["people"]
    assert {"id": JANE, "name": "Jane Smith"} in people
    assert server.send("GET", "/api/v3/people", ECF_TOKEN).json() == {"error": "Resource not Found"}
    assert server.send("GET", "/api/v3/participants/ecf", ECF_TOKEN).status_code == 200
    unknown = server.send("GET", "/api/v3/participants/ecf", token)
    assert (unknown.status_code, unknown.json()["because"]) == (404, "There is nothing here.")


def test_it_refuses_by_its_own_rule_in_its_own_form(server: Server, token: str) -> None:
    refused = resume(server, token, course_identifier="ecf-induction", reason="boredom")
    assert refused.status_code == 409
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["x-sandbox-rule"] == "tiny.no-reason, resume.was-paused"
    assert refused.json() == {"problem": "tiny.no-reason", "because": "Whoever comes back needs no boredom."}


def test_a_rule_that_both_have_refuses_in_the_form_of_each(server: Server, token: str) -> None:
    assert resume(server, token, course_identifier="ecf-induction").json()["problem"] == "resume.was-paused"
    body = {"data": {"attributes": {"course_identifier": "ecf-induction"}}}
    ecfs = server.send("PUT", f"/api/v3/participants/ecf/{JANE}/resume", ECF_TOKEN, json=body)
    assert [error["title"] for error in ecfs.json()["errors"]] == ["participant_profile"]


def test_its_log_says_why_in_the_words_of_its_catalogue(server: Server) -> None:
    world = server.world()
    resume(server, world["providers"][0]["token"], course_identifier="ecf-induction")
    (logged,) = server.send("GET", f"/sandbox/requests?world={world['id']}").json()["requests"]
    assert [broken["detail"] for broken in logged["broke"]] == ["Nobody is away."]


def test_its_defects_are_its_own(server: Server) -> None:
    token = server.world(defects=["reasons-accepted"])["providers"][0]["token"]
    assert (
        resume(server, token, course_identifier="ecf-induction", reason="boredom").json()["problem"]
        == "resume.was-paused"
    )
    ecfs = server.send("POST", "/sandbox/worlds", json={"edition": "tiny", "defects": ["csv-lacks-a-column"]})
    assert ecfs.status_code == 422


@pytest.mark.parametrize(
    ("details", "title"),
    [({"edition": "huge"}, "edition"), ({"edition": "tiny", "behaviour": "documented"}, "behaviour")],
)
def test_an_edition_or_a_behaviour_that_there_is_not_is_declined(
    server: Server, details: dict[str, str], title: str
) -> None:
    declined = server.send("POST", "/sandbox/worlds", json=details)
    assert (declined.status_code, declined.json()["errors"][0]["title"]) == (422, title)


def test_its_document_is_served_to_anybody(server: Server) -> None:
    assert server.send("GET", "/openapi/tiny/v3.json").json()["info"]["title"] == "Tiny"
    assert "tiny v3" in server.send("GET", "/docs").text


def test_a_world_of_it_is_exported_and_imported_as_what_it_is(server: Server) -> None:
    world = server.world()
    exported = server.send("GET", f"/sandbox/worlds/{world['id']}/export").json()
    assert server.send("POST", "/sandbox/worlds/import", json=exported).json()["edition"] == "tiny"


def test_an_operation_that_nothing_answers_keeps_a_server_from_starting() -> None:
    lacking = replace(TINY, handlers={"v3": {"list_people": TINY.handlers["v3"]["list_people"]}})
    clock = SetClock(scenarios()["main"].starts_at)
    worlds = Worlds(played("main", "documented").fork(), Creation((*ALL, lacking)), clock)
    with pytest.raises(LookupError, match="tiny v3 has no handler of resume_person"):
        build_app(worlds)
