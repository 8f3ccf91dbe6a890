"""An ECT who moves from a school of Northgate's to one of Harbour's, as both see it."""

from __future__ import annotations

from datetime import date

from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.variants import EVERY_VERSION

MOVES_ON = date(2025, 2, 3)


def declared(api: Api, participant_id: str) -> list[tuple[str, str]]:
    """The types and states of what a provider sees declared of someone, oldest first."""
    listed = api.get("/participant-declarations", **{"filter[participant_id]": participant_id}).data
    return [(each["attributes"]["declaration_type"], each["attributes"]["state"]) for each in listed]


@EVERY_VERSION
def test_someone_changes_provider_in_the_middle_of_training(version: str) -> None:
    world = World()
    backstage = Backstage(world)
    northgate, harbour = world.api(version), world.api(version, "harbour")
    seen_by_harbour = world.api("v3", "harbour")
    ada = backstage.person()

    # In autumn she is Northgate's alone.
    assert northgate.declare(ada, "started", "2024-10-14T09:00:00Z").status == 200
    assert harbour.get(f"/participants/ecf/{ada}").status == 404
    assert harbour.declare(ada, "started", "2024-10-14T09:00:00Z").titles == ["participant_id"]

    # Both schools report the move: now both see her, each with its own placement.
    backstage.transfer(ada, backstage.school("harbour"), MOVES_ON)
    assert northgate.get(f"/participants/ecf/{ada}").status == harbour.get(f"/participants/ecf/{ada}").status == 200
    for at, before, after in (
        ("2025-02-02T12:00:00Z", "leaving", "joining"),
        ("2025-02-03T12:00:00Z", "left", "active"),
    ):
        assert world.api("v3").at(at).enrolment(ada)["participant_status"] == before
        assert seen_by_harbour.at(at).enrolment(ada)["participant_status"] == after
    urns = [world.api("v1", name).participant(ada)["school_urn"] for name in ("northgate", "harbour")]
    assert urns == [backstage.school("northgate").urn, backstage.school("harbour").urn]

    # Harbour sees that she has been declared as started, and cannot do so again.
    assert declared(harbour, ada) == [("started", "eligible")]
    spring = "2025-03-10T10:00:00Z"
    assert harbour.at(spring).declare(ada, "started", "2024-12-02T09:00:00Z").titles == ["base"]

    # Northgate may still declare what she reached while she was there; that milestone is taken then.
    late = northgate.at(spring).declare(ada, "retained-1", "2025-01-20T09:00:00Z")
    assert late.attributes["state"] == "eligible"
    assert harbour.at(spring).declare(ada, "retained-1", "2025-03-03T09:00:00Z").titles == ["base"]
    assert harbour.at(spring).void(late.id).status == 404

    # Once Northgate has voided it, it is Harbour's to declare.
    assert northgate.at(spring).void(late.id).attributes["state"] == "voided"
    retained = harbour.at(spring).declare(ada, "retained-1", "2025-03-03T09:00:00Z")
    assert retained.attributes["state"] == "eligible"
    assert declared(harbour, ada) == [("started", "eligible"), ("retained-1", "eligible")]
    assert declared(northgate, ada) == [("started", "eligible"), ("retained-1", "voided")]
    assert northgate.get(f"/participant-declarations/{retained.id}").status == 404

    # What Harbour reports of her training is Harbour's alone, and so is her schedule there.
    assert harbour.at(spring).defer(ada).status == 200
    assert harbour.at(spring).change_schedule(ada, "ecf-reduced-september").status == 200
    shown = [world.api("v1", name).participant(ada) for name in ("northgate", "harbour")]
    assert [each["training_status"] for each in shown] == ["active", "deferred"]
    assert [each["schedule_identifier"] for each in shown] == ["ecf-standard-september", "ecf-reduced-september"]

    # She can be withdrawn by Harbour on the strength of Northgate's declaration, and once it is voided no more.
    (started, *_) = northgate.get("/participant-declarations", **{"filter[participant_id]": ada}).ids
    assert harbour.at(spring).withdraw(ada).status == 200
    assert harbour.at(spring).resume(ada).status == 200
    assert northgate.at(spring).void(started).status == 200
    assert declared(harbour, ada) == [("retained-1", "eligible")]
    assert harbour.at(spring).withdraw(ada).titles == ["participant_id"]
