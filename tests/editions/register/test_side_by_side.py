"""ECF and its successor on one server: the token says which one answers."""

from __future__ import annotations

import pytest

from .served import ECF_NORTHGATE, HARBOUR, MEADOW, NORTHGATE, Server


@pytest.mark.parametrize("token", [NORTHGATE, HARBOUR, MEADOW])
def test_the_well_known_tokens_open_a_world_of_register(server: Server, token: str) -> None:
    assert server.get("/participants?page[per_page]=1", token)[0]["type"] == "participant"
    assert server.send("GET", "/api/v3/participants/ecf", token).status_code == 404


def test_the_tokens_of_ecf_open_the_main_world_still(server: Server) -> None:
    assert server.send("GET", "/api/v3/participants/ecf", ECF_NORTHGATE).status_code == 200
    assert server.send("GET", "/api/v3/participants", ECF_NORTHGATE).status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v3/participants", 401),
        ("/api/v3/participants/ecf", 401),
        ("/api/v1/participants", 401),
        ("/api/v3/x", 404),
    ],
)
def test_a_token_that_opens_nothing_is_refused_wherever_an_edition_has_the_path(
    server: Server, path: str, status: int
) -> None:
    assert server.send("GET", path, "no-such-token").status_code == status


def test_the_worlds_are_listed_main_first(server: Server) -> None:
    listed = server.control("GET", "/worlds").json()["worlds"]
    assert [(each["id"], each["edition"]) for each in listed][:2] == [("main", "ecf"), ("register", "register")]


def test_each_token_is_answered_with_the_document_of_its_edition(server: Server) -> None:
    titles = [
        server.send("GET", "/api/v3/openapi.json", token).json()["paths"].keys() for token in (NORTHGATE, ECF_NORTHGATE)
    ]
    assert "/participants" in titles[0]
    assert "/participants/ecf" in titles[1]


def test_every_document_is_served_without_a_token(server: Server) -> None:
    assert "/participants" in server.send("GET", "/openapi/register/v3.json").json()["paths"]
    shown = server.send("GET", "/docs/assets/documents.json").json()
    assert {"/openapi/register/v3.json", "/openapi/ecf/v3.json"} <= {each["url"] for each in shown}


def test_a_new_world_of_register_has_organisations_alone(server: Server) -> None:
    made = server.control("POST", "/worlds", {"edition": "register"}).json()
    assert (made["scenario"], made["behaviour"]) == ("register-organisations", "deployed")
    assert made["now"] == "2026-09-15T09:00:00Z"
    token = made["providers"][0]["token"]
    assert server.get("/participants", token) == []
    assert server.get("/partnerships", token) == []
    assert len(server.get("/statements?filter[cohort]=2026", token)) == 12


@pytest.mark.parametrize(
    ("details", "title"),
    [
        ({"edition": "register", "scenario": "main"}, "scenario"),
        ({"edition": "ecf", "scenario": "register"}, "scenario"),
        ({"edition": "register", "behaviour": "documented"}, "behaviour"),
    ],
)
def test_what_an_edition_does_not_have_is_declined(server: Server, details: dict[str, str], title: str) -> None:
    declined = server.control("POST", "/worlds", details)
    assert (declined.status_code, declined.json()["errors"][0]["title"]) == (422, title)


def test_an_act_that_an_edition_does_not_have_says_so(server: Server) -> None:
    of_register = server.control("POST", "/partnerships", {"urn": "106286"})
    of_ecf = server.control("POST", "/schools/106286/programme?world=register", {"programme": "school_led"})
    for declined in (of_register, of_ecf):
        assert (declined.status_code, declined.json()["errors"][0]["title"]) == (422, "edition")


def test_a_member_that_an_edition_does_not_know_is_refused(server: Server) -> None:
    declined = server.control("POST", "/participants", {"induction_starts_on": "2024-09-01"})
    assert (declined.status_code, declined.json()["errors"][0]["title"]) == (422, "induction_starts_on")


def test_a_world_of_register_is_exported_and_imported_whole(server: Server) -> None:
    exported = server.control("GET", "/worlds/register/export").json()
    made = server.control("POST", "/worlds/import", exported).json()
    token = made["providers"][0]["token"]
    assert server.get("/participants?page[per_page]=3", token) == server.get("/participants?page[per_page]=3")


def test_it_is_reset_with_its_tokens(server: Server) -> None:
    before = server.get("/participants?page[per_page]=1&sort=-updated_at")
    changed = server.control("PATCH", f"/participants/{before[0]['id']}?world=register", {"full_name": "Somebody Else"})
    assert changed.status_code == 200, changed.text
    assert server.get(f"/participants/{before[0]['id']}")["attributes"]["full_name"] == "Somebody Else"
    assert server.control("POST", "/worlds/register/reset").status_code == 200
    assert server.get("/participants?page[per_page]=1&sort=-updated_at") == before


def test_register_may_be_the_main_one() -> None:
    server = Server("register")
    assert server.control("GET", "/worlds/main").json()["edition"] == "register"
    assert server.get("/participants?page[per_page]=1")
    assert server.send("GET", "/api/v1/participants", ECF_NORTHGATE).status_code == 200
    server.close()
