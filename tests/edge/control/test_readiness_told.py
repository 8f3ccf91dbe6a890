"""What the report says of a client that goes wrong and right by turns, in either edition, is what it did."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.editions.register.served import ECF_NORTHGATE, NORTHGATE, Server

DECLARATIONS = "/api/v3/participant-declarations"
AWAY = {"kind": "503"}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


class Client:
    """A client of one edition, and what is said of it."""

    def __init__(self, server: Server, edition: str) -> None:
        self.server = server
        self.world, self.token, end = ("main", ECF_NORTHGATE, "/ecf") if edition == "ecf" else (edition, NORTHGATE, "")
        self.people = f"/api/v3/participants{end}"
        self.send("GET", self.people)
        server.control("POST", f"/worlds/{self.world}/reset")

    def send(self, method: str, path: str, **content: Any) -> int:
        """The status of an answer."""
        return self.server.send(method, path, self.token, **content).status_code

    def fails(self, **fault: Any) -> None:
        """Have the next request fail on the way."""
        assert self.server.control("POST", f"/faults?world={self.world}", fault).status_code == 201

    def told(self) -> dict[str, Any]:
        """Each point, by its id."""
        answer = self.server.control("GET", f"/readiness?world={self.world}&provider=northgate")
        (report,) = answer.json()["reports"]
        return {point["id"]: point for point in report["points"]}


@pytest.fixture(params=["ecf", "register"])
def client(server: Server, request: pytest.FixtureRequest) -> Client:
    return Client(server, request.param)


def test_a_read_that_failed_and_was_sent_again_after_others(client: Client) -> None:
    client.send("GET", client.people)
    client.fails(**AWAY)
    assert client.send("GET", client.people) == 503
    assert client.send("GET", "/api/v3/statements") == 200
    assert client.told()["failures"]["missing"] == [f"never answered since: GET {client.people}"]
    assert client.send("GET", client.people) == 200
    found = client.told()["failures"]
    assert (found["state"], found["missing"]) == ("met", [])
    assert found["evidence"].startswith("1 request failed on the way, 1 of them sent again and answered; no requests")


def test_a_declaration_that_was_lost_is_repeated_and_not_doubled_and_one_that_was_not_is(client: Client) -> None:
    ect = client.server.control("POST", f"/participants?world={client.world}", {}).json()["participant"]
    world = client.server.control("GET", f"/worlds/{client.world}").json()
    attributes = {
        "participant_id": ect["id"],
        "course_identifier": "ecf-induction",
        "declaration_type": "started",
        "declaration_date": world["now"],
    }
    early = {**attributes, "declaration_date": "2020-01-01T00:00:00Z"}
    assert client.send("POST", DECLARATIONS, json={"data": {"attributes": early}}) == 422
    assert "1 left at that" in client.told()["corrections"]["evidence"]
    client.fails(kind="503", after=True)
    assert client.send("POST", DECLARATIONS, json={"data": {"attributes": attributes}}) == 503
    again = client.send("POST", DECLARATIONS, json={"data": {"attributes": attributes}})
    client.send("GET", client.people)
    found = client.told()
    assert (found["failures"]["state"], found["errors"]["missing"]) == (
        "met",
        ["400: not met", "401: not met", "404: not met", "429: not met"],
    )
    if again == 200:  # ECF as documented answers the first answer again
        assert "1 followed by a corrected request" in found["corrections"]["evidence"]
        client.send("POST", DECLARATIONS, json={"data": {"attributes": attributes}})
        assert client.told()["failures"]["missing"] == ["1 request sent again although answered"]


def test_polls_pages_names_and_tokens(client: Client) -> None:
    now = client.server.control("GET", f"/worlds/{client.world}").json()["now"]
    for query in (
        *(f"page[per_page]=40&page[page]={page}" for page in (2, 1, 3, 4, 5)),
        "filter[cohrt]=2024",
        "filter[cohrt]=2024",
        f"filter[updated_since]={now}",
        "filter[updated_since]=2020-01-01T00:00:00Z",
        "filter[updated_since]=2090-01-01T00:00:00Z",
        "key=northgate-sandbox-token",
    ):
        assert client.send("GET", f"{client.people}?{query}") == 200, query
    client.send("GET", "/api/v1/participants")
    found = client.told()
    assert "1 of them with several pages" in found["pages"]["evidence"]
    assert "filter[cohrt] was ignored 2 times" in found["ignored"]["missing"]
    assert "1 gap, 1 overlap" in found["partial-sync"]["evidence"]
    assert found["tokens"]["evidence"] == "1 request with a token in the URL."
    assert found["paths"]["evidence"] == "1 request of old paths."
    assert found["recorded"]["evidence"].startswith("12 requests")
