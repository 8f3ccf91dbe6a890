"""Two owners of worlds on one sandbox, each of whom tries whatever the document has on the other's and on the main."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx
import pytest

from sandbox import documents
from sandbox.app import build_app
from sandbox.editions import ALL
from sandbox.seeding.creation import Creation
from sandbox.seeding.scenarios import scenarios
from sandbox.worlds.worlds import Worlds
from tests.api import JANE, SetClock, at_once, played
from tests.conformance import problems_with
from tests.openapi.documents import Operation, operations, resolved

LOOP = asyncio.new_event_loop()
TOKEN = "the-token-of-the-sandbox"
DOCUMENT = documents.document(documents.CONTROL)
OPERATIONS = list(operations(DOCUMENT))
Json = dict[str, Any]


class Hosted:
    """A sandbox that was started with a control token. `Ada` and `Bob` are invited and have a world each."""

    def __init__(self, worlds: Worlds) -> None:
        self.worlds = worlds
        transport = httpx.ASGITransport(app=build_app(worlds, control_token=TOKEN), client=("192.0.2.7", 50000))
        self._client = httpx.AsyncClient(transport=transport, base_url="https://sandbox.example")

    def ask(self, token: str, method: str, path: str, body: Any = None, **query: str) -> httpx.Response:
        """What is answered to whoever bears a token, once it is found to be as its document says."""
        headers = {"Authorization": f"Bearer {token}"}
        asked = self._client.request(method, f"/sandbox{path}", json=body, params=query, headers=headers)
        answer = LOOP.run_until_complete(asked)
        assert not problems_with(answer)
        return answer

    def invites(self, name: str, quota: int = 2) -> Json:
        made: Json = self.ask(TOKEN, "POST", "/invitations", {"name": name, "quota": quota}).json()
        return made

    def state(self) -> Mapping[str, object]:
        """What there is of every world."""
        found = {glimpse.id: at_once(self.worlds.reach(glimpse.id)) for glimpse in at_once(self.worlds.glimpses())}
        return {
            id: (world.store.revision, len(at_once(world.asked.all())))
            for id, world in found.items()
            if world is not None
        }


def of_one_world(operation: Operation) -> bool:
    """True for an operation that the path or the query says the world of."""
    named = [resolved(DOCUMENT, each)["name"] for each in operation.says.get("parameters", ())]
    return "world" in named or operation.path.startswith("/worlds/{id}")


ABOUT_ONE = [operation for operation in OPERATIONS if of_one_world(operation)]
ABOUT_ALL = [operation for operation in OPERATIONS if not of_one_world(operation)]


def named(operation: Operation) -> str:
    return str(operation.says["operationId"])


def body_of(operation: Operation) -> Any:
    """An example of what it is sent, or nothing."""
    content = resolved(DOCUMENT, operation.says.get("requestBody", {})).get("content", {})
    schema = resolved(DOCUMENT, content.get("application/json", {}).get("schema", {}))
    return schema.get("example", {}) if content else None


@pytest.fixture(scope="module")
def hosted() -> Hosted:
    return Hosted(Worlds(played("main", "documented").fork(), Creation(ALL), SetClock(scenarios()["main"].starts_at)))


@pytest.fixture
def token_of(hosted: Hosted) -> Iterator[Callable[[str], str]]:
    """The tokens of two owners, each of whom has a world of that name."""
    invitations = {name: hosted.invites(name) for name in ("ada", "bob")}
    for name, invitation in invitations.items():
        assert hosted.ask(invitation["token"], "POST", "/worlds", {"id": name}).status_code == 201
    yield lambda name: str(invitations[name]["token"])
    for glimpse in at_once(hosted.worlds.glimpses()):
        if glimpse.id != "main":
            at_once(hosted.worlds.end(glimpse.id))
    for invitation in invitations.values():
        hosted.ask(TOKEN, "DELETE", f"/invitations/{invitation['id']}")


def asked_about(hosted: Hosted, token: str, operation: Operation, world: str | None) -> httpx.Response:
    """What an operation is answered that is asked for in a world, or in none that is named."""
    ids = {"id": JANE, "year": "2026"}
    if operation.path.startswith("/worlds/{id}"):
        ids, query = {"id": world or "main"}, {}
    else:
        query = {} if world is None else {"world": world}
    return hosted.ask(token, operation.method.upper(), operation.path.format(**ids), body_of(operation), **query)


@pytest.mark.parametrize("operation", ABOUT_ONE, ids=named)
def test_an_owner_finds_nothing_in_a_world_that_is_not_theirs(
    hosted: Hosted, token_of: Callable[[str], str], operation: Operation
) -> None:
    before = hosted.state()
    for owner, other in (("ada", "bob"), ("bob", "ada")):
        for world in (other, "main", None, "nowhere"):
            answer = asked_about(hosted, token_of(owner), operation, world)
            assert answer.status_code == 404
            (error,) = answer.json()["errors"]
            expected = f"No world {world or 'main'} is yours. GET /sandbox/worlds lists those that are."
            assert error["detail"] == expected, "one that there is not is spoken of as one that there is"
    assert hosted.state() == before


@pytest.mark.parametrize("operation", ABOUT_ONE, ids=named)
def test_an_owner_may_do_in_a_world_of_their_own_what_the_holder_of_the_sandbox_may(
    hosted: Hosted, token_of: Callable[[str], str], operation: Operation
) -> None:
    theirs = asked_about(hosted, token_of("ada"), operation, "ada")
    assert theirs.status_code == asked_about(hosted, TOKEN, operation, "bob").status_code
    assert "is yours" not in theirs.text


@pytest.mark.parametrize("operation", ABOUT_ALL, ids=named)
def test_of_what_is_about_all_worlds_an_owner_learns_and_changes_nothing(
    hosted: Hosted, token_of: Callable[[str], str], operation: Operation
) -> None:
    before = hosted.state()
    answer = hosted.ask(token_of("ada"), operation.method.upper(), operation.path.format(id=JANE), body_of(operation))
    after = hosted.state()
    assert {id: after[id] for id in before} == before
    if operation.path.startswith("/invitations"):
        assert answer.status_code == 403
    assert '"bob"' not in answer.text
    assert '"main",' not in answer.text or operation.path == "/worlds"
    for made in after.keys() - before.keys():
        shown = {each.id: each.owner for each in at_once(hosted.worlds.glimpses())}
        assert shown[made] == shown["ada"]
        at_once(hosted.worlds.end(made))


def test_an_owner_is_shown_their_worlds_and_the_holder_all_of_them(
    hosted: Hosted, token_of: Callable[[str], str]
) -> None:
    def ids(token: str) -> list[str]:
        return [world["id"] for world in hosted.ask(token, "GET", "/worlds").json()["worlds"]]

    assert (ids(token_of("ada")), ids(token_of("bob")), ids(TOKEN)) == (["ada"], ["bob"], ["main", "ada", "bob"])
    listed = hosted.ask(TOKEN, "GET", "/invitations").json()["invitations"]
    assert [(each["name"], each["quota"], each["worlds"]) for each in listed] == [
        ("ada", 2, ["ada"]),
        ("bob", 2, ["bob"]),
    ]
    assert "token" not in str(listed)


def test_no_owner_has_more_worlds_than_they_are_invited_to(hosted: Hosted, token_of: Callable[[str], str]) -> None:
    assert hosted.ask(token_of("ada"), "POST", "/worlds", {"id": "second"}).status_code == 201
    exported = hosted.ask(token_of("ada"), "GET", "/worlds/ada/export").json()
    for path, body in (("/worlds", {}), ("/worlds/import", exported)):
        refused = hosted.ask(token_of("ada"), "POST", path, body)
        assert refused.status_code == 422
        assert "This invitation is to 2 worlds at once" in refused.json()["errors"][0]["detail"]
    assert hosted.ask(token_of("bob"), "POST", "/worlds", {"id": "bobs"}).status_code == 201
    for token, id in ((token_of("ada"), "second"), (token_of("bob"), "bobs")):
        assert hosted.ask(token, "DELETE", f"/worlds/{id}").status_code == 204
    assert hosted.ask(token_of("ada"), "POST", "/worlds/import", exported, id="third").status_code == 201
    assert hosted.ask(TOKEN, "DELETE", "/worlds/third").status_code == 204


def test_no_owner_takes_the_id_of_another_s_world(hosted: Hosted, token_of: Callable[[str], str]) -> None:
    refused = hosted.ask(token_of("ada"), "POST", "/worlds", {"id": "bob"})
    assert (refused.status_code, refused.json()["errors"][0]["title"]) == (422, "Impossible")


def test_a_revoked_invitation_lets_nobody_in_and_leaves_its_worlds(hosted: Hosted) -> None:
    invitation = hosted.invites("eve")
    made = hosted.ask(invitation["token"], "POST", "/worlds", {"id": "eve"}).json()
    assert hosted.ask(TOKEN, "DELETE", f"/invitations/{invitation['id']}").status_code == 204
    assert hosted.ask(TOKEN, "DELETE", f"/invitations/{invitation['id']}").status_code == 404
    for method, path in (("GET", "/worlds"), ("GET", "/worlds/eve"), ("POST", "/worlds")):
        assert hosted.ask(invitation["token"], method, path).status_code == 401
    assert at_once(hosted.worlds.reach_behind(f"Bearer {made['providers'][0]['token']}")).id == "eve"
    assert hosted.ask(TOKEN, "DELETE", "/worlds/eve").status_code == 204


def test_without_a_control_token_an_invitation_allows_its_bearer_less_than_nobody_s(hosted: Hosted) -> None:
    invitation = hosted.invites("near")
    app = build_app(hosted.worlds)

    async def status(token: str) -> int:
        transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 50000))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as http:
            headers = {"Authorization": f"Bearer {token}"}
            return (await http.get("/sandbox/worlds/main", headers=headers)).status_code

    assert LOOP.run_until_complete(status("whatever")) == 200
    assert LOOP.run_until_complete(status(invitation["token"])) == 404
    hosted.ask(TOKEN, "DELETE", f"/invitations/{invitation['id']}")
    assert LOOP.run_until_complete(status(invitation["token"])) == 401


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "x", "quota": 0}, {"name": "x", "quota": True}])
def test_an_invitation_says_to_whom_and_to_how_much(hosted: Hosted, body: Json) -> None:
    assert hosted.ask(TOKEN, "POST", "/invitations", body).status_code == 422
