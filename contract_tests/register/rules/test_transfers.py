"""Who moves from one school to another, and who sees that."""

from __future__ import annotations

from typing import Any

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.marks import accepts, refuses
from contract_tests.register.asking import ELSEWHERE, PARTICIPANTS, TRANSFERS, listed, lists, not_found
from contract_tests.register.backstage import RIVERBANK, RegisterBackstage

MORNING = "2026-09-15T08:00:00Z"


def moves(api: Api, person: str) -> list[dict[str, Any]]:
    """What is shown of somebody's moves."""
    return list(api.get(f"{PARTICIPANTS}/{person}/transfers").attributes["transfers"])


@refuses("path.unknown")
@accepts("transfer.listed", "transfer.who-sees", "transfer.type", "transfer.status", "updated.transfer")
def test_a_move_to_another_provider_is_seen_by_both(
    api: Api, rival: Api, meadow: Api, stage: RegisterBackstage
) -> None:
    ect = stage.person().id
    listed(api, TRANSFERS, [])
    not_found(api.get(f"{PARTICIPANTS}/{ect}/transfers"))
    stage.act("POST", f"/participants/{ect}/leave", at=MORNING, on="2026-10-30")
    (leaving,) = moves(api, ect)
    about = {"transfer_type": "unknown", "status": "incomplete", "joining": None}
    require_equal(about, {name: leaving[name] for name in about})
    left = {"school_urn": RIVERBANK, "provider": "Northgate Teaching Institute", "date": "2026-10-30"}
    require_equal(left, leaving["leaving"])
    stage.partnership(provider="harbour", urn=ELSEWHERE)
    about = {"urn": ELSEWHERE, "on": "2026-11-02", "provider": "harbour"}
    stage.act("POST", f"/participants/{ect}/join", at="2026-09-15T08:30:00Z", **about)
    joined = {"school_urn": ELSEWHERE, "provider": "Harbour Learning Trust", "date": "2026-11-02"}
    for provider in (api, rival):
        provider.get(f"{PARTICIPANTS}/{ect}/transfers").shows(updated_at="2026-09-15T08:30:00Z")
        (move,) = moves(provider, ect)
        require_equal(("new_provider", "incomplete"), (move["transfer_type"], move["status"]))
        require_equal((left, joined), (move["leaving"], move["joining"]))
        lists(provider, TRANSFERS, [ect])
    for at, status in (("2026-11-01T09:00:00Z", "incomplete"), ("2026-11-02T09:00:00Z", "complete")):
        require_equal(status, moves(api.at(at), ect)[0]["status"])
    listed(meadow, TRANSFERS, [])
    not_found(meadow.get(f"{PARTICIPANTS}/{ect}/transfers"))


@accepts("transfer.type", "transfer.status", "transfer.who-sees")
def test_a_move_with_the_same_provider_is_one_to_a_new_school(api: Api, rival: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    stage.partnership(urn=ELSEWHERE)
    stage.act("POST", f"/participants/{ect}/join", at="2026-03-01T09:00:00Z", urn=ELSEWHERE, on="2026-03-02")
    (move,) = moves(api, ect)
    require_equal(("new_school", "complete"), (move["transfer_type"], move["status"]))
    require_equal(("2026-03-01", "2026-03-02"), (move["leaving"]["date"], move["joining"]["date"]))
    listed(rival, TRANSFERS, [])


@accepts("transfer.type")
def test_a_move_to_a_school_that_trains_itself_is_one_to_a_new_provider(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    about = {"urn": ELSEWHERE, "on": "2026-03-02", "programme": "school_led"}
    stage.act("POST", f"/participants/{ect}/join", at="2026-03-01T09:00:00Z", **about)
    (move,) = moves(api, ect)
    require_equal("new_provider", move["transfer_type"])
    require_equal((ELSEWHERE, None), (move["joining"]["school_urn"], move["joining"]["provider"]))


@accepts("transfer.listed")
def test_whoever_has_passed_and_goes_nowhere_is_not_moving(api: Api, stage: RegisterBackstage) -> None:
    ect, passed = stage.person().id, stage.person().id
    stage.act("PUT", f"/participants/{passed}/induction-end", on="2026-09-10", outcome="pass")
    stage.act("POST", f"/participants/{ect}/leave", on="2026-09-15")
    listed(api, TRANSFERS, [ect])
    not_found(api.get(f"{PARTICIPANTS}/{passed}/transfers"))


@accepts("transfer.listed", "transfer.who-sees")
def test_a_change_of_provider_within_a_school_is_no_move(api: Api, rival: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    stage.partnership(provider="harbour")
    stage.act("POST", f"/participants/{ect}/provider", at="2026-03-02T09:00:00Z", provider="harbour")
    for provider in (api, rival):
        listed(provider, TRANSFERS, [])
    stage.act("POST", f"/participants/{ect}/leave", on="2026-09-15")
    listed(api, TRANSFERS, [])
    listed(rival, TRANSFERS, [ect])


@accepts("updated.transfer")
def test_moves_are_found_since_they_were_changed(api: Api, stage: RegisterBackstage) -> None:
    first, second = stage.person().id, stage.person().id
    stage.act("POST", f"/participants/{first}/leave", at="2026-09-01T08:00:00Z", on="2026-10-30")
    stage.act("POST", f"/participants/{second}/leave", at=MORNING, on="2026-10-30")
    lists(api, TRANSFERS, [first, second])
    lists(api, TRANSFERS, [first, second], **{"filter[updated_since]": "2026-09-01T08:00:00Z"})
    listed(api, TRANSFERS, [second], **{"filter[updated_since]": "2026-09-01T08:00:01Z"})
    listed(api, TRANSFERS, [], **{"filter[updated_since]": "2026-09-15T08:00:01Z"})
    api.get(f"{PARTICIPANTS}/{first}/transfers").shows(updated_at="2026-09-01T08:00:00Z")
    stage.act("PATCH", f"/participants/{first}", full_name="Another Name")
    api.get(f"{PARTICIPANTS}/{first}/transfers").shows(updated_at="2026-09-01T08:00:00Z")
