"""Tokens issued by the DfE are accepted, and those it revokes refused."""

from __future__ import annotations

from tests.api import Api, World

from .console import Console


def answers(world: World, token: str) -> int:
    return Api(world, "v3", token).get("/participants/ecf").status


def test_a_token_is_accepted_until_it_is_revoked(world: World, console: Console) -> None:
    issued = console.post("/tokens", provider="harbour")
    assert issued["provider"]["name"] == "Harbour Learning Trust"
    harbours = Api(world, "v3", issued["token"]).get("/participants/ecf").ids
    assert harbours == world.api(provider="harbour").get("/participants/ecf").ids
    revoked = console.post("/tokens/revoke", token=issued["token"])
    assert (revoked["provider"], revoked["revoked_at"]) == (issued["provider"], "2024-11-15T09:00:00Z")
    assert answers(world, issued["token"]) == 401
    assert answers(world, "harbour-sandbox-token") == 200


def test_a_token_of_ones_own_choice(world: World, console: Console) -> None:
    assert console.post("/tokens", token="my-own_token")["token"] == "my-own_token"
    assert answers(world, "my-own_token") == 200
    assert console.refused(422, "/tokens", {"token": "my-own_token"})[0] == "Impossible"


def test_a_well_known_token_can_be_revoked_and_not_issued_again(world: World, console: Console) -> None:
    first = console.post("/tokens/revoke", token="northgate-sandbox-token")
    assert answers(world, "northgate-sandbox-token") == 401
    assert console.at("2024-12-01T00:00:00Z").post("/tokens/revoke", token="northgate-sandbox-token") == first
    assert console.refused(422, "/tokens", {"token": "northgate-sandbox-token"})[0] == "Impossible"


def test_what_is_no_token_is_refused(console: Console) -> None:
    assert console.refused(404, "/tokens/revoke", {"token": "unheard-of"})[0] == "token"
    for token in ("", "a.b", "a b", "é"):
        assert console.refused(422, "/tokens", {"token": token})[0] == "token"
    assert console.refused(422, "/tokens/revoke", {})[0] == "body"


def test_another_world_has_tokens_of_its_own(world: World, console: Console) -> None:
    with console.another() as (there, _):
        token = there.post("/tokens", provider="meadow")["token"]
        assert token.startswith(f"{there.id}.meadow-")
        assert answers(world, token) == 200
        assert console.refused(404, "/tokens/revoke", {"token": token})[0] == "token"
        there.post("/tokens/revoke", token=token)
        assert answers(world, token) == 401
        assert there.refused(422, "/tokens", {"token": "my-own"})[0] == "token"
        added = there.post("/providers", name="Ferry Lane")["token"]
        assert answers(world, added) == 200
    assert answers(world, added) == 401
