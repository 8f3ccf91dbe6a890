"""Lead providers new to the programme, and whom they work with."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.model import DeliveryPartner, ProviderRelationship
from tests.api import Api, World

from .console import Console
from .test_schools import NOBODY


def test_a_new_provider_can_be_used(world: World, console: Console) -> None:
    added = console.post("/providers", name="Ferry Lane Learning")
    api = Api(world, "v3", added["token"])
    assert api.get("/participants/ecf").ids == []
    relationship = console.post(
        "/relationships", provider="ferry", delivery_partner_name="Quayside Hub", cohort="2024"
    )["relationship"]
    console.agree("900405", relationship)
    ect = console.register(provider="ferry")
    assert ect["provider"] == added["provider"]
    declared = api.declare(ect["id"], "started", "2024-11-15T08:00:00Z").attributes
    assert declared["state"] == "eligible"
    assert declared["delivery_partner_id"] == relationship["delivery_partner"]["id"]


def test_its_statements_are_like_everyone_elses(console: Console) -> None:
    console.post("/providers", name="Ferry Lane Learning")

    def of(provider: str) -> list[Any]:
        statements = console.get("/statements", provider=provider)["statements"]
        return [{k: v for k, v in each.items() if k not in ("id", "provider")} for each in statements]

    assert of("ferry") == of("northgate")
    for each in console.get("/statements", provider="ferry")["statements"][:3]:
        assert console.get(f"/statements/{each['id']}")["statement"]["declarations"] == []


def test_a_new_delivery_partner_works_with_a_provider(world: World, console: Console) -> None:
    made = console.post("/relationships", delivery_partner_name="Quayside Hub")["relationship"]
    assert (made["provider"]["name"], made["cohort"]) == ("Northgate Teaching Institute", "2024")
    assert made["delivery_partner"]["name"] == "Quayside Hub"
    partner = world.store.read().get(DeliveryPartner, made["delivery_partner"]["id"])
    assert partner is not None
    again = console.post("/relationships", delivery_partner_id=partner.id, provider="harbour", cohort="2023")
    assert again["relationship"]["delivery_partner"] == made["delivery_partner"]
    kept = world.store.read().get(ProviderRelationship, again["relationship"]["id"])
    assert kept is not None
    assert (kept.cohort, kept.delivery_partner_id) == ("2023", partner.id)
    body = {"delivery_partner_id": partner.id, "provider": "harbour", "cohort": "2023"}
    title, detail = console.refused(422, "/relationships", body)
    assert (title, detail) == ("Impossible", "Harbour Learning Trust works with Quayside Hub in 2023 already.")


@pytest.mark.parametrize(
    ("status", "title", "path", "body"),
    [
        (422, "body", "/providers", {}),
        (422, "name", "/providers", {"name": " "}),
        (422, "token", "/providers", {"name": "Ferry Lane", "token": "a.b"}),
        (422, "Impossible", "/providers", {"name": "harbour learning trust"}),
        (422, "Impossible", "/providers", {"name": "Ferry Lane", "token": "harbour-sandbox-token"}),
        (422, "delivery_partner_id", "/relationships", {}),
        (422, "delivery_partner_id", "/relationships", {"delivery_partner_id": NOBODY, "delivery_partner_name": "A"}),
        (404, "delivery_partner_id", "/relationships", {"delivery_partner_id": NOBODY}),
        (404, "provider", "/relationships", {"delivery_partner_name": "A", "provider": "westgate"}),
        (404, "cohort", "/relationships", {"delivery_partner_name": "A", "cohort": "2031"}),
    ],
)
def test_what_cannot_be_is_refused(console: Console, status: int, title: str, path: str, body: dict[str, Any]) -> None:
    assert console.refused(status, path, body)[0] == title


def test_of_two_with_one_first_word_the_id_is_wanted(console: Console) -> None:
    other = console.post("/providers", name="Harbour Two")["provider"]
    assert console.refused(422, "/tokens", {"provider": "harbour"})[0] == "provider"
    for name in (other["id"], "harbour two"):
        assert console.post("/tokens", provider=name)["provider"] == other
