"""What a stranger gets wrong first is said in a sentence, where the service's own answer does not tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from sandbox.edge import hints
from tests.editions.register.served import ECF_NORTHGATE as ECF
from tests.editions.register.served import NORTHGATE as REGISTER
from tests.editions.register.served import Server

JSON = {"Content-Type": "application/json"}
PARTICIPANTS = "/api/v3/participants"
DECLARATIONS = "/api/v3/participant-declarations"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


def hinted(answer: httpx.Response) -> str | None:
    said: str | None = answer.headers.get("X-Sandbox-Hint")
    return said


def remembered(server: Server, answer: httpx.Response, token: str) -> Any:
    """What the world of a token remembers of a request."""
    world = "main" if token == ECF else "register"
    return server.control("GET", f"/requests/{answer.headers['X-Request-Id']}?world={world}").json()["request"]


@pytest.mark.parametrize(
    ("authorization", "said"),
    [
        (None, hints.NO_TOKEN),
        ("northgate-sandbox-token", hints.NO_BEARER),
        ("bearer northgate-sandbox-token", hints.NO_BEARER),
        ("Bearer northgate", hints.NOBODYS),
    ],
)
@pytest.mark.parametrize("path", [f"{PARTICIPANTS}/ecf", PARTICIPANTS])
def test_a_token_that_is_missing_misspelt_or_unknown(
    server: Server, path: str, authorization: str | None, said: str
) -> None:
    answer = server.send("GET", path, headers={"Authorization": authorization} if authorization else {})
    assert (answer.status_code, hinted(answer)) == (401, said)


@pytest.mark.parametrize(
    ("method", "path", "token", "said"),
    [
        ("GET", PARTICIPANTS, ECF, "of the edition register, and the token opens a world of ecf"),
        ("GET", f"{PARTICIPANTS}/ecf", REGISTER, "of the edition ecf, and the token opens a world of register"),
        ("GET", "/api/v1/participants", REGISTER, "of the edition ecf, and the token opens a world of register"),
        ("POST", "/api/v1/participant-declarations", REGISTER, "Send a token of ecf, or ask for a path of register"),
        ("GET", "/api/v3/participant-declaration", ECF, "no such path: is /api/v3/participant-declarations meant?"),
        ("GET", "/api/v3/statement", REGISTER, "no such path: is /api/v3/statements meant?"),
        ("GET", "/api/v9/zzz", ECF, "There is no such path. /docs has all there are."),
        ("GET", f"{PARTICIPANTS}/ecf/11111111-1111-4111-8111-111111111111", ECF, hints.OUT_OF_SIGHT),
        ("GET", f"{PARTICIPANTS}/11111111-1111-4111-8111-111111111111", REGISTER, hints.OUT_OF_SIGHT),
    ],
)
def test_a_path_that_is_anothers_nobodys_or_has_an_id_out_of_sight(
    server: Server, method: str, path: str, token: str, said: str
) -> None:
    answer = server.send(method, path, token)
    assert answer.status_code == 404
    assert said in (hinted(answer) or "")
    assert remembered(server, answer, token)["hint"] == hinted(answer)


@pytest.mark.parametrize("token", [ECF, REGISTER])
@pytest.mark.parametrize(
    ("headers", "content", "said"),
    [
        ({}, '{"data": {"attributes": {}}}', hints.NO_MEDIA_TYPE),
        ({"Content-Type": "text/plain"}, '{"data": {"attributes": {}}}', hints.OTHER_MEDIA_TYPE),
        (JSON, "{data}", hints.NO_JSON),
        (JSON, '{"participant_id": "x"}', hints.NO_DATA),
        ({"Content-Type": "application/x-www-form-urlencoded"}, '{"data": {"attributes": {}}}', hints.NO_DATA),
        (JSON, '{"data": {"participant_id": "x", "declaration_type": "started"}}', hints.NO_ATTRIBUTES),
    ],
)
def test_a_body_that_is_not_read_no_json_or_has_no_data(
    server: Server, token: str, headers: dict[str, str], content: str, said: str
) -> None:
    headers = {"Authorization": f"Bearer {token}", **headers}
    answer = server.send("POST", DECLARATIONS, headers=headers, content=content)
    assert answer.status_code in (400, 422)
    assert hinted(answer) == said
    assert remembered(server, answer, token)["hint"] == said


def test_what_the_answer_tells_has_no_hint(server: Server) -> None:
    attributes = {"participant_id": "x", "course_identifier": "ecf-induction"}
    for status, answer in (
        (422, server.send("POST", DECLARATIONS, ECF, json={"data": {"attributes": attributes}})),
        (200, server.send("GET", PARTICIPANTS, REGISTER)),
        (405, server.send("DELETE", f"{PARTICIPANTS}/ecf", ECF)),
    ):
        assert (answer.status_code, hinted(answer)) == (status, None)
