"""A school, its provider and the first person it registers for cohort 2025, in v3: from partnership to declaration."""

from __future__ import annotations

from datetime import UTC, datetime

from sandbox.model import Partnership, School
from sandbox.seeding.ids import school_id
from tests.api import World
from tests.backstage import Backstage

KESTREL = school_id("900111")
OAKFIELD = "cd3a1234-7308-4879-942a-c4a70ced400a"
TIDEWAY = "af9d0057-760e-4807-b2be-d8ae7906acef"


def test_a_provider_is_partnered_trains_someone_is_challenged_and_confirms_again() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()

    # The provider confirms that it trains at Kestrel Academy in 2025.
    made = api.confirm_partnership(KESTREL, OAKFIELD, "2025")
    assert made.attributes["status"] == "active"
    assert made.id in api.get("/partnerships/ecf", **{"filter[cohort]": "2025"}).ids

    # The school registers Ada, and the provider finds her.
    world.clock.at = datetime(2025, 7, 7, 9, tzinfo=UTC)
    kestrel = world.store.read().get(School, KESTREL)
    assert kestrel is not None
    ada = backstage.person(cohort="2025", place=kestrel)
    assert api.enrolment(ada)["delivery_partner_id"] == OAKFIELD

    # Another delivery partner takes over, and Ada starts with it.
    world.clock.at = datetime(2025, 9, 8, 9, tzinfo=UTC)
    assert api.change_delivery_partner(made.id, TIDEWAY).id == made.id
    assert api.enrolment(ada)["delivery_partner_id"] == TIDEWAY
    started = api.declare(ada, "started", "2025-09-05T09:00:00Z")
    assert (started.attributes["state"], started.attributes["delivery_partner_id"]) == ("eligible", TIDEWAY)

    # The school challenges the partnership by mistake: Ada is gone, but not what was declared of her.
    world.clock.at = datetime(2025, 9, 15, 9, tzinfo=UTC)
    partnership = world.store.read().get(Partnership, made.id)
    assert partnership is not None
    backstage.challenge(partnership)
    assert api.partnership(made.id)["status"] == "challenged"
    assert api.get(f"/participants/ecf/{ada}").status == 404
    assert api.declaration(started.id)["state"] == "eligible"

    # Confirmed again it is the same partnership, and Ada is back.
    world.clock.at = datetime(2025, 9, 22, 9, tzinfo=UTC)
    assert api.confirm_partnership(KESTREL, TIDEWAY, "2025").id == made.id
    assert api.participant(ada)["updated_at"] == "2025-09-22T09:00:00Z"
    evidence = "training-event-attended"
    retained = api.at("2026-02-10T10:00:00Z").declare(ada, "retained-1", "2026-02-09T09:00:00Z", evidence_held=evidence)
    assert retained.attributes["state"] == "eligible"
