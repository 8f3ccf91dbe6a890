"""Sixteen requests at the same moment, over real connections: one of them is carried out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx

from sandbox.testing import Participant, Provider, World

AT_ONCE = 16
DECLARATIONS = "/api/v3/participant-declarations"
PARTNERSHIPS = "/api/v3/partnerships/ecf"


def at_once(ask: Callable[[int], httpx.Response]) -> Sequence[httpx.Response]:
    """The answers to requests that are sent when all of their senders are ready."""
    ready = Barrier(AT_ONCE)

    def sent(number: int) -> httpx.Response:
        ready.wait()
        return ask(number)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(sent, range(AT_ONCE)))


def declare(provider: Provider, ect: Participant, day: int) -> httpx.Response:
    """Say that someone started on a day of November 2024."""
    attributes = {
        "participant_id": ect.id,
        "declaration_type": "started",
        "declaration_date": f"2024-11-{day:02}T09:00:00Z",
        "course_identifier": "ecf-induction",
    }
    return provider.post(DECLARATIONS, json={"data": {"attributes": attributes}})


def declared(provider: Provider, ect: Participant) -> list[str]:
    """The ids of what is declared of someone."""
    answer = provider.get(DECLARATIONS, params={"filter[participant_id]": ect.id})
    return [declaration["id"] for declaration in answer.json()["data"]]


def titles(answer: httpx.Response) -> list[str]:
    return [error["title"] for error in answer.json()["errors"]]


def test_the_same_declaration_is_made_once_and_answered_alike_every_time(
    ecf_sandbox: World, ecf_provider: Provider
) -> None:
    ect = ecf_sandbox.register_ect()
    answers = at_once(lambda _: declare(ecf_provider, ect, day=1))
    assert [answer.status_code for answer in answers] == [200] * AT_ONCE
    assert len({answer.content for answer in answers}) == 1
    assert declared(ecf_provider, ect) == [answers[0].json()["data"]["id"]]


def test_of_different_declarations_of_one_milestone_one_is_made(ecf_sandbox: World, ecf_provider: Provider) -> None:
    ect = ecf_sandbox.register_ect()
    ecf_sandbox.clock.set("2024-11-30T12:00:00Z")
    answers = at_once(lambda number: declare(ecf_provider, ect, day=number + 1))
    (made,) = [answer for answer in answers if answer.status_code == 200]
    assert declared(ecf_provider, ect) == [made.json()["data"]["id"]]
    refused = [answer for answer in answers if answer is not made]
    assert [(answer.status_code, titles(answer)) for answer in refused] == [(422, ["base"])] * (AT_ONCE - 1)


def test_a_declaration_is_voided_once(ecf_sandbox: World, ecf_provider: Provider) -> None:
    ect = ecf_sandbox.register_ect()
    made = declare(ecf_provider, ect, day=1).json()["data"]["id"]
    answers = at_once(lambda _: ecf_provider.put(f"{DECLARATIONS}/{made}/void"))
    assert sorted(answer.status_code for answer in answers) == [200] + [422] * (AT_ONCE - 1)


def test_of_two_providers_that_confirm_one_school_many_times_one_does(ecf_sandbox: World) -> None:
    rivals = [ecf_sandbox.provider("northgate"), ecf_sandbox.provider("harbour")]
    partners = [
        ecf_sandbox.relate(provider=rival, delivery_partner_name=f"{rival.name} Hub", cohort="2024") for rival in rivals
    ]
    school = ecf_sandbox.choose_programme("900405", cohort="2024")["id"]

    def confirm(number: int) -> httpx.Response:
        attributes = {
            "cohort": "2024",
            "school_id": school,
            "delivery_partner_id": partners[number % 2]["delivery_partner"]["id"],
        }
        return rivals[number % 2].post(PARTNERSHIPS, json={"data": {"attributes": attributes}})

    answers = at_once(confirm)
    (confirmed,) = [answer for answer in answers if answer.status_code == 200]
    refused = [answer for answer in answers if answer is not confirmed]
    assert [(answer.status_code, titles(answer)) for answer in refused] == [(422, ["school_id"])] * (AT_ONCE - 1)
    found = [
        partnership["id"]
        for rival in rivals
        for partnership in rival.get(PARTNERSHIPS, params={"filter[cohort]": "2024"}).json()["data"]
        if partnership["attributes"]["urn"] == "900405"
    ]
    assert found == [confirmed.json()["data"]["id"]]
