"""Whom a provider sees: those placed through its unchallenged partnerships, and of each its own latest placement."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from sandbox.model import Partnership
from tests.api import JANE, Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import NOT_FOUND, refusal
from tests.rules.variants import EVERY_VERSION

GEMMA = "38df7ec6-c305-4375-8780-e2c53a5157ec"  # with Northgate
PRIYA = "0ca54e14-f5b6-42ad-bb09-5cc38e0b9833"  # from Northgate to Harbour
MEGAN = "87a14b73-4def-4de0-ac82-7c77ff1fb4cf"  # from one of Northgate's schools to another
PETER = "65b58798-4c86-4950-9598-bbe4adcccd7d"  # through a partnership that was challenged
ALICE = "88a41f75-1bbb-4fcc-bab6-f88f3de6353c"  # at a school without a partnership
NOBODY = "00000000-0000-4000-8000-000000000000"
UNSEEN = (422, ["participant_id"], ["vis.participant"])


def training(api: Api, participant_id: str) -> dict[str, Any]:
    """The one training of someone: flat in v1 and v2, an enrolment in v3."""
    shown = api.participant(participant_id)
    (enrolment,) = shown.get("ecf_enrolments", [shown])
    return dict(enrolment)


@EVERY_VERSION
@pytest.mark.parametrize("id", [GEMMA, PETER, ALICE, NOBODY, "jane", "%20"])
@refuses("vis.participant", "path.unknown")
def test_someone_the_provider_does_not_see_is_not_found_and_cannot_be_changed(version: str, id: str) -> None:
    api = World().api(version, "harbour")
    assert refusal(api, Api.get, f"/participants/ecf/{id}") == NOT_FOUND
    assert refusal(api, Api.defer, id) == UNSEEN
    assert refusal(api, Api.resume, id) == UNSEEN
    assert refusal(api, Api.withdraw, id) == UNSEEN
    assert refusal(api, Api.change_schedule, id, "ecf-reduced-september") == UNSEEN
    assert id not in api.get("/participants/ecf", **{"page[per_page]": "3000"}).ids


@EVERY_VERSION
@accepts("vis.participant")
def test_each_provider_sees_its_own_latest_placement_even_when_anothers_is_newer(version: str) -> None:
    world = World()
    before, now = training(world.api(version), PRIYA), training(world.api(version, "harbour"), PRIYA)
    assert (before["school_urn"], before["email"]) == ("900107", "priya.nair@gorse-hall.example.com")
    assert (now["school_urn"], now["email"]) == ("900204", "priya.nair@driftwood.example.com")
    if version == "v3":
        assert (before["participant_status"], now["participant_status"]) == ("left", "active")


@EVERY_VERSION
@accepts("vis.participant")
def test_a_provider_may_still_change_the_training_of_someone_who_has_moved_on(version: str) -> None:
    world = World()
    assert training(world.api(version), PRIYA)["training_status"] == "active"
    assert world.api(version).defer(PRIYA).status == 200
    assert training(world.api(version), PRIYA)["training_status"] == "deferred"
    assert training(world.api(version, "harbour"), PRIYA)["training_status"] == "active"


@EVERY_VERSION
@accepts("vis.participant")
def test_of_several_placements_one_without_an_end_counts_as_latest_then_the_last_to_start_then_the_last_made(
    version: str,
) -> None:
    world = World()
    backstage, api = Backstage(world), world.api(version)
    ada = backstage.person()
    first = backstage.placement(ada)
    assert training(api, ada)["email"] == "ada.hart@example.com"

    def placed(email: str, starts_on: date, ends_on: date | None = None, hour: int = 10) -> None:
        at = datetime(2024, 11, 14, hour, tzinfo=UTC)
        backstage.change(first, id=email, email=email, starts_on=starts_on, ends_on=ends_on, created_at=at)

    placed("ending@example.com", date(2024, 11, 18), date(2024, 12, 20), hour=20)
    assert training(api, ada)["email"] == "ada.hart@example.com"
    placed("later@example.com", date(2024, 11, 16))
    assert training(api, ada)["email"] == "later@example.com"
    placed("made-before@example.com", date(2024, 11, 16), hour=9)
    assert training(api, ada)["email"] == "later@example.com"
    placed("made-after@example.com", date(2024, 11, 16), hour=11)
    assert training(api, ada)["email"] == "made-after@example.com"


@EVERY_VERSION
@refuses("vis.participant", "path.unknown")
@accepts("vis.participant")
def test_people_vanish_when_their_school_challenges_the_partnership(version: str) -> None:
    world = World()
    backstage, api = Backstage(world), world.api(version)
    ada = backstage.person()
    partnership = world.store.read().get(Partnership, backstage.placement(ada).partnership_id or "")
    assert partnership is not None
    assert api.get(f"/participants/ecf/{ada}").id == ada
    backstage.challenge(partnership)
    assert refusal(api, Api.get, f"/participants/ecf/{ada}") == NOT_FOUND
    assert refusal(api, Api.defer, ada) == UNSEEN
    assert ada not in api.get("/participants/ecf", **{"page[per_page]": "3000"}).ids
    assert api.get(f"/participants/ecf/{JANE}").id == JANE, "those of other partnerships stay"


@EVERY_VERSION
@accepts("vis.participant")
def test_behind_a_challenged_placement_an_older_one_shows(version: str) -> None:
    world = World()
    backstage, api = Backstage(world), world.api(version)
    assert training(api, MEGAN)["school_urn"] == "900102"
    newer = world.store.read().get(Partnership, backstage.placement(MEGAN).partnership_id or "")
    assert newer is not None
    backstage.challenge(newer)
    assert training(api, MEGAN)["school_urn"] == "900106"


@EVERY_VERSION
@accepts("vis.participant")
def test_people_are_seen_again_when_a_challenged_partnership_is_revived(version: str) -> None:
    world = World()
    backstage, api = Backstage(world), world.api(version)
    challenged = world.store.read().get(Partnership, backstage.placement(PETER).partnership_id or "")
    assert challenged is not None
    assert api.get(f"/participants/ecf/{PETER}").status == 404
    backstage.change(msgspec.structs.replace(challenged, challenged_at=None, challenged_reason=None))
    assert api.get(f"/participants/ecf/{PETER}").id == PETER
