"""What a client has shown and what it would have to change, asked of a world that has been used."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api import Api, World
from tests.editions.register.served import Server

from .console import Console

Json = dict[str, Any]


@pytest.fixture(autouse=True)
def _nothing_was_asked(console: Console) -> None:
    """Worlds of tests share a server, and so a log."""
    console.post("/worlds/main/reset")


def points(console: Console, provider: str = "northgate") -> dict[str, Json]:
    """Every point of the report on a provider."""
    (report,) = console.get("/readiness", provider=provider)["reports"]
    return {point["id"]: point for point in report["points"]}


def fail_with(world: World, kind: str, **details: Any) -> None:
    Console(world).post("/faults", kind=kind, **details)


def test_nobody_who_has_not_asked_has_shown_anything(console: Console, northgate: Api) -> None:
    assert console.get("/readiness")["reports"] == []
    assert points(console)["recorded"]["state"] == "not met"
    northgate.get("/statements")
    (report,) = console.get("/readiness")["reports"]
    assert report["provider"]["name"].startswith("Northgate")
    assert report["of"] > report["met"] > 0


def test_every_kind_of_refusal_is_noticed_with_a_sample(console: Console, world: World, northgate: Api) -> None:
    northgate.get("/participants/ecf", **{"filter[updated_since]": "yesterday"})
    Api(world, "v3", "nobodys").get("/statements")
    northgate.get("/participants/ecf/nobody")
    northgate.post("/participant-declarations", participant_id="nobody")
    fail_with(world, "429")
    northgate.get("/statements")
    northgate.get("/statements")
    errors = points(console)["errors"]
    assert errors["state"] == "met", errors
    assert {sample["status"] for sample in errors["samples"]} == {400, 404, 422, 429}
    assert all(sample["received_at"] == "2024-11-15T09:00:00Z" for sample in errors["samples"])
    assert points(console)["rate"]["state"] == "met", "a fault is no limit that was reached"


def test_a_list_read_page_by_page_and_a_failure_that_is_repeated_are_noticed(
    console: Console, world: World, northgate: Api
) -> None:
    assert points(console)["pages"]["state"] == "not met"
    for page in ("1", "2", "3"):
        northgate.get("/participants/ecf", **{"page[page]": page, "page[per_page]": "50"})
    fail_with(world, "429")
    northgate.get("/delivery-partners")
    assert points(console)["failures"]["state"] == "not met"
    northgate.get("/delivery-partners")
    found = points(console)
    assert (found["pages"]["state"], found["failures"]["state"]) == ("met", "met"), (found["pages"], found["failures"])


def test_what_nothing_reads_is_in_the_log_and_in_the_report(console: Console, northgate: Api) -> None:
    northgate.get("/participants/ecf", **{"filter[cohrt]": "2024", "filter[cohort]": "2024", "page[page]": "1"})
    northgate.post("/participant-declarations", participant_id="x", evidence="other", declaration_type="started")
    newest, before = console.get("/requests", limit="2")["requests"]
    assert (newest["ignored"], before["ignored"]) == (["data[attributes][evidence]"], ["filter[cohrt]"])
    assert {sample["path"].rpartition("/")[2] for sample in points(console)["ignored"]["samples"]} >= {"ecf"}


@pytest.mark.parametrize("version", ["v1", "v2", "v3"])
def test_what_an_operation_describes_is_read_by_it(console: Console, world: World, version: str) -> None:
    api = world.api(version)
    api.get("/participants/ecf", **{"filter[cohort]": "2024", "filter[updated_since]": "2024-01-01T00:00:00Z"})
    api.declare("db3a7848-7308-4879-942a-c4a70ced400a", "started", "2024-11-01T00:00:00Z")
    assert [each["ignored"] for each in console.get("/requests", limit="2")["requests"]] == [[], []]


def test_the_report_is_a_page_for_who_wants_one(console: Console, northgate: Api) -> None:
    northgate.get("/statements", token="northgate-sandbox-token")
    page = console.ask("GET", "/readiness.html").response
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "Northgate" in page.text
    assert "northgate-sandbox-token" not in page.text


def test_a_provider_or_a_world_that_is_not_there_is_declined(console: Console) -> None:
    for path in ("/readiness", "/readiness.html", "/migration"):
        assert console.ask("GET", path, query={"provider": "nobody"}).status == 404
        assert console.ask("GET", path, query={"world": "nowhere"}).status == 404


def test_what_register_would_answer_otherwise_is_told_with_a_sample(console: Console, northgate: Api) -> None:
    northgate.get("/participants/ecf", **{"filter[cohort]": "2024"})
    northgate.get("/statements", **{"filter[type]": "paid"})
    (report,) = console.get("/migration", provider="northgate")["reports"]
    concerned = {each["id"]: each for each in report["concerned"]}
    assert concerned["mig.paths"]["requests"] == concerned["mig.paths"]["certain"] > 0
    assert concerned["mig.paths"]["sample"]["path"] == "/api/v3/participants/ecf"
    assert concerned["mig.statement-type"]["certain"] == 1
    assert "mig.npq" not in concerned


def test_in_register_several_partnerships_count_that_the_world_has() -> None:
    server = Server("register")
    try:
        server.get("/partnerships")
        (report,) = server.control("GET", "/readiness?provider=northgate").json()["reports"]
        found = {point["id"]: point for point in report["points"]}
        assert found["several-partnerships"]["state"] == "met", found["several-partnerships"]
        assert found["new-fields"]["state"] == "not met"
    finally:
        server.close()
