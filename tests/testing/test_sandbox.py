"""A sandbox for tests: started, acted in and ended from Python."""

from __future__ import annotations

import gc
import json
import socket
import threading
import urllib.error
import urllib.request
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import requests

from sandbox.testing import Provider, Refusal, Sandbox, Unreachable, World
from tests.server.running import serving

NEW_YEAR = datetime(2025, 1, 1, 12, tzinfo=UTC)


def seen(world: World, provider: str = "northgate") -> list[str]:
    """The ids of the participants whom a provider sees."""
    answer = world.provider(provider).get("/api/v3/participants/ecf", params={"page[per_page]": "3000"})
    return [participant["id"] for participant in answer.raise_for_status().json()["data"]]


def test_one_of_your_own_answers_until_it_is_closed() -> None:
    with Sandbox(scenario="first-cohort", behaviour="deployed") as sandbox:
        health = httpx.get(f"{sandbox.url}/health").json()
        assert (health["status"], health["behaviour"]) == ("ok", "deployed")
        assert sandbox.clock.now().date().isoformat() == "2021-11-22"
        address = httpx.URL(sandbox.url)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((address.host, address.port or 0), timeout=1)


def test_one_that_runs_elsewhere_is_used_as_your_own_and_outlives_that(ecf_sandbox_server: Sandbox) -> None:
    with Sandbox(ecf_sandbox_server.url) as elsewhere, elsewhere.world() as world:
        assert len(seen(world)) > 50
    assert httpx.get(f"{ecf_sandbox_server.url}/health").status_code == 200


def test_every_answer_can_be_watched() -> None:
    answered: list[str] = []
    with Sandbox(on_answer=lambda response: answered.append(response.request.url.path)) as sandbox:
        sandbox.clock.now()
    assert answered == ["/sandbox/time"]


def test_worlds_share_nothing_and_end(ecf_sandbox_server: Sandbox) -> None:
    with ecf_sandbox_server.world() as one, ecf_sandbox_server.world(scenario="first-cohort") as other:
        one.clock.set(NEW_YEAR)
        assert other.clock.now().year == 2021
        token = one.provider().token
        assert token != other.provider().token
    with pytest.raises(Refusal, match=f"There is no world {one.id}"):
        one.clock.now()
    answer = httpx.get(f"{one.url}/api/v3/participants/ecf", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


def test_a_provider_is_found_by_its_name_or_id_and_asks_with_its_token(ecf_sandbox: World) -> None:
    northgate, harbour = ecf_sandbox.provider(), ecf_sandbox.provider("harbour")
    assert (northgate.name, harbour.name) == ("Northgate Teaching Institute", "Harbour Learning Trust")
    assert ecf_sandbox.provider(harbour.id) == harbour
    assert [provider.name.split()[0] for provider in ecf_sandbox.providers] == ["Northgate", "Harbour", "Meadow"]
    assert northgate.get("/api/v3/participants/ecf", headers={"X-With-Server-Date": "x"}).status_code == 400
    assert northgate.post("/api/v3/participant-declarations", json={"data": {}}).status_code == 400
    assert northgate.put("/api/v3/participant-declarations/x/void").status_code == 404
    with pytest.raises(LookupError, match=r"no lead provider fleet\. .* northgate \(Northgate Teaching Institute\),"):
        ecf_sandbox.provider("fleet")


def test_the_clock_is_set_advanced_stopped_and_run(ecf_sandbox: World) -> None:
    clock = ecf_sandbox.clock
    clock.freeze()
    clock.set(NEW_YEAR)
    clock.advance(days=30, hours=1)
    assert clock.now() == NEW_YEAR + timedelta(days=30, hours=1)
    clock.run()
    clock.advance(to="2025-02-28T23:59:59Z")
    assert clock.now() >= datetime(2025, 2, 28, 23, 59, 59, tzinfo=UTC)


def test_moving_the_clock_says_what_fell_due(ecf_sandbox: World) -> None:
    settled = ecf_sandbox.clock.advance(days=30)
    assert {"statement_payable", "statement_paid"} <= {each.event for each in settled}
    assert [each.at for each in settled] == sorted(each.at for each in settled)
    assert any(moved.state == "paid" for each in settled for moved in each.declarations)


def test_what_cannot_be_done_is_raised_in_the_words_of_the_answer(ecf_sandbox: World) -> None:
    ecf_sandbox.clock.freeze()
    with pytest.raises(Refusal) as refused:
        ecf_sandbox.clock.advance(to="2021-01-01T00:00:00Z")
    assert str(refused.value) == "It is 2024-11-15T09:00:00Z already. PUT /sandbox/time can set it back."
    assert (refused.value.status, refused.value.titles) == (422, ["to"])


def test_a_reset_brings_the_seeds_back_and_keeps_the_tokens(ecf_sandbox: World) -> None:
    before, northgate = seen(ecf_sandbox), ecf_sandbox.provider()
    ecf_sandbox.clock.set(NEW_YEAR)
    ecf_sandbox.reset()
    assert ecf_sandbox.clock.now().year == 2024
    assert (seen(ecf_sandbox), ecf_sandbox.provider()) == (before, northgate)


def test_schools_act(ecf_sandbox: World) -> None:
    northgate = ecf_sandbox.provider()
    mentor = ecf_sandbox.register_mentor(cohort="2024", provider=northgate)
    ect = ecf_sandbox.register_ect(full_name="Rosa Marlow", school_id=mentor.school, mentor_id=mentor, cohort="2024")
    assert (ect.participant_type, ect.full_name, ect.mentor_id) == ("ect", "Rosa Marlow", mentor.id)
    assert (ect.school, ect.provider and ect.provider.id) == (mentor.school, northgate.id)
    assert northgate.get(f"/api/v3/participants/ecf/{ect.id}").status_code == 200

    assert ecf_sandbox.change_details(ect, full_name="Rosa Marlow-Fisk")["full_name"] == "Rosa Marlow-Fisk"
    assert ecf_sandbox.assign_mentor(ect, None).mentor_id is None
    ecf_sandbox.leave(ect, on=date(2024, 12, 20))
    joined = ecf_sandbox.join(ect, urn="900201", on="2025-01-06", keeps_provider=True)
    assert (joined.school.urn, joined.provider) == ("900201", ect.provider)
    assert ecf_sandbox.withdraw(mentor).id == mentor.id

    assert ecf_sandbox.choose_programme("900101", "school_led", cohort="2025")["programmes"]["2025"] == "school_led"
    partnership = northgate.get("/api/v3/partnerships/ecf").json()["data"][0]["id"]
    assert ecf_sandbox.challenge(partnership, "no_ects")["status"] == "challenged"


def test_the_dfe_acts(ecf_sandbox: World) -> None:
    ecf_sandbox.clock.freeze()
    northgate = ecf_sandbox.provider()
    ect = ecf_sandbox.register_ect(validation="none")
    assert northgate.get(f"/api/v3/participants/ecf/{ect.id}").status_code == 404
    assert ecf_sandbox.validate(ect).validation_status == "eligible_to_start"
    assert ecf_sandbox.validate(ect, "checking_qts").validation_status == "checking_qts"
    assert ecf_sandbox.end_induction(ect, date(2026, 7, 31)).id == ect.id
    assert ecf_sandbox.merge(ecf_sandbox.register_ect(), into=ect)["to_participant_id"] == ect.id

    statement = ecf_sandbox.statements(provider=northgate.id, cohort="2024", state="open")[0]["id"]
    assert ecf_sandbox.make_payable(statement)["state"] == "payable"
    assert ecf_sandbox.pay(statement)["state"] == "paid"
    assert ecf_sandbox.statement(statement)["totals"] == []
    assert ecf_sandbox.close_cohort("2024")["payments_frozen_at"] == "2024-11-15T09:00:00Z"
    assert ecf_sandbox.open_cohort("2026")["year"] == "2026"

    fleet = ecf_sandbox.add_provider("Fleet Training")
    assert fleet.get("/api/v3/participants/ecf").json() == {"data": []}
    related = ecf_sandbox.relate(provider=fleet, delivery_partner_name="Fleet Hub", cohort="2026")
    assert (related["provider"]["name"], related["cohort"]) == ("Fleet Training", "2026")
    other = ecf_sandbox.issue_token(fleet)
    assert other != fleet.token
    ecf_sandbox.revoke_token(fleet.token)
    assert fleet.get("/api/v3/participants/ecf").status_code == 401


def test_the_main_world_gives_its_providers_a_token_once() -> None:
    with Sandbox() as sandbox:
        northgate = sandbox.provider()
        assert northgate.get("/api/v3/participants/ecf").status_code == 200
        assert sandbox.provider("northgate") == northgate


def test_one_that_wants_its_control_token_is_given_it(tmp_path: Path) -> None:
    with serving(tmp_path, "--control-token", "a-secret") as elsewhere:
        with Sandbox(elsewhere.url, control_token="a-secret") as sandbox:
            assert sandbox.clock.now().year == 2024
        with Sandbox(elsewhere.url) as sandbox, pytest.raises(Refusal, match="--control-token") as refused:
            sandbox.clock.now()
    assert refused.value.status == 401


def early(ect: str) -> dict[str, Any]:
    """A declaration of the day before it can be."""
    attributes = {
        "participant_id": ect,
        "declaration_type": "started",
        "declaration_date": "2024-05-31T09:00:00Z",
        "course_identifier": "ecf-induction",
    }
    return {"data": {"attributes": attributes}}


def test_it_remembers_what_was_refused(ecf_sandbox: World, ecf_provider: Provider) -> None:
    body = early(ecf_sandbox.register_ect().id)
    logged = ecf_sandbox.logged(ecf_provider.post("/api/v3/participant-declarations", json=body))
    assert (logged["status"], logged["sent"]) == (422, body["data"]["attributes"])
    (broke,) = logged["broke"]
    assert (broke["rule"], broke["nearest"]["value"]) == ("decl.milestone-start", "2024-06-01T00:00:00Z")


def test_it_says_why_in_a_sentence_whichever_library_asked(ecf_sandbox: World, ecf_provider: Provider) -> None:
    url, body = f"{ecf_sandbox.url}/api/v3/participant-declarations", early(ecf_sandbox.register_ect().id)
    headers = {"Authorization": f"Bearer {ecf_provider.token}", "Content-Type": "application/json"}
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(urllib.request.Request(url, json.dumps(body).encode(), headers), timeout=5)
    answers = (
        ecf_provider.post("/api/v3/participant-declarations", json=body),
        requests.post(url, json=body, headers=headers, timeout=5),
        refused.value,
    )
    for answer in answers:
        assert ecf_sandbox.why(answer) == (
            "422 to POST /api/v3/participant-declarations breaks decl.milestone-start: "
            "The started milestone of ecf-standard-september 2024 opens on 2024-06-01. "
            "declaration_date must not be before it. "
            "The nearest declaration_date that would do is 2024-06-01T00:00:00Z."
        )
    refused.value.close()
    unseen = ecf_provider.get("/api/v3/participants/ecf/nobody")
    assert "path.unknown: An unknown path, or an id that is no record of the provider's. The path is right, but" in (
        ecf_sandbox.why(unseen)
    )
    unread = ecf_provider.get("/api/v3/participants/ecf?filter[cohrt]=2024")
    assert ecf_sandbox.why(unread).endswith("no rule was broken. Nothing reads filter[cohrt].")


def test_it_says_what_was_no_refusal(ecf_sandbox: World, ecf_provider: Provider) -> None:
    with urllib.request.urlopen(f"{ecf_sandbox.url}/api/v3/openapi.json", timeout=5) as document:
        assert "200" in ecf_sandbox.why(document)
    path = "/api/v3/participants/ecf"
    assert ecf_sandbox.why(ecf_provider.get(path)) == f"200 to GET {path}: no refusal, and no rule was broken."
    with Sandbox(ecf_sandbox.url) as elsewhere:
        ecf_sandbox.fault("503")
        faulty = httpx.get(f"{elsewhere.url}{path}", headers={"Authorization": f"Bearer {ecf_provider.token}"})
    assert ecf_sandbox.why(faulty).startswith(f"503 to GET {path}: a fault that was asked for (503).")


def test_it_says_so_when_it_does_not_know(ecf_sandbox: World, ecf_sandbox_server: Sandbox) -> None:
    path = "/api/v3/participants/ecf"
    unknown = httpx.get(f"{ecf_sandbox.url}{path}", headers={"Authorization": "Bearer nobody"})
    assert ecf_sandbox.why(unknown).startswith("401 breaks auth.token-required: No world knows this token")
    with ecf_sandbox_server.world() as other:
        assert "with tokens of its own" in ecf_sandbox.why(other.provider().get(path))
    assert "no answer of a sandbox" in ecf_sandbox.why(httpx.Response(200))
    assert "no answer of an API" in ecf_sandbox.why(httpx.get(f"{ecf_sandbox.url}/docs"))
    with Sandbox(ecf_sandbox.url) as closed:
        pass
    assert "This sandbox is closed" in closed.why(unknown)


@pytest.mark.parametrize("given", [None, "422", {"errors": []}, object(), SimpleNamespace(headers=7)])
def test_it_says_so_when_it_is_given_no_answer(ecf_sandbox: World, given: Any) -> None:
    assert "give why() the response itself" in ecf_sandbox.why(given)


def test_headers_may_come_as_a_list_of_pairs(ecf_sandbox: World, ecf_provider: Provider) -> None:
    seen = ecf_provider.get("/api/v3/statements/nobody")
    plain = SimpleNamespace(headers=list(seen.headers.items()))
    assert ecf_sandbox.why(plain) == ecf_sandbox.why(seen)


def test_what_is_said_in_one_expression_is_answered() -> None:
    before = threading.active_count()
    assert Sandbox().clock.now().year == 2024
    assert Sandbox().provider().get("/api/v3/participants/ecf").status_code == 200
    gc.collect()
    assert threading.active_count() == before, "nobody needs them any more"


def test_where_no_sandbox_is_it_says_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with Sandbox(url) as nowhere, pytest.raises(Unreachable, match="ecf-sandbox serve"):
        nowhere.clock.now()
    with pytest.raises(Unreachable, match="This sandbox is closed"):
        nowhere.clock.now()
    for wrong in ("localhost:8080", f"{url}/api/v3", ""):
        with pytest.raises(ValueError, match="write http://host:port"):
            Sandbox(wrong)


def test_what_goes_wrong_is_asked_for_and_ended(ecf_sandbox_server: Sandbox) -> None:
    # Of another client: the fixture's holds that answers are as documented, which these are not.
    with Sandbox(ecf_sandbox_server.url) as sandbox, sandbox.world() as world:
        northgate = world.provider()

        def asked() -> int:
            return northgate.get("/api/v3/participants/ecf").status_code

        assert world.fault("503")["kind"] == "503"
        assert [asked(), asked()] == [503, 200]
        world.fault("500", requests=5)
        assert asked() == 500
        world.end_faults()
        assert asked() == 200


def test_a_world_can_be_changed_to_answer_wrongly(ecf_sandbox: World, ecf_provider: Provider) -> None:
    def pages() -> list[str]:
        asked = [{"page[per_page]": "1", "page[page]": page} for page in ("1", "2")]
        return [ecf_provider.get("/api/v3/participants/ecf", params=query).json()["data"][0]["id"] for query in asked]

    first, second = pages()
    ecf_sandbox.change(defects=["page-two-repeats-page-one"])
    assert (first != second, pages()) == (True, [first, first])
