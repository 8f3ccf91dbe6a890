"""A sandbox with as many participants as you like."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sandbox.actions.call import Moment
from sandbox.actors import dfe, school
from sandbox.clock import wall_clock
from sandbox.editions import ALL
from sandbox.editions.ecf.book import BOOKS
from sandbox.model import LeadProvider, Participant, Partnership, School
from sandbox.seeding.creation import Creation
from sandbox.store.places import store_at
from sandbox.store.protocol import Store
from sandbox.worlds.world import new_id

BEGINS = datetime(2024, 11, 15, 9, tzinfo=UTC)
AT_ONCE = 10_000


def crowded(participants: int) -> Store:
    """The seeds of `main`, and enough new ECTs with Northgate to make so many participants."""
    store = Creation(ALL).fresh("main", "documented", wall_clock())
    (northgate,) = [provider for provider in store.read().all(LeadProvider) if provider.name.startswith("Northgate")]
    theirs = store.read().find(Partnership, lead_provider_id=northgate.id)
    schools = [store.read().get(School, p.school_id) for p in theirs if p.cohort == "2024" and not p.challenged_at]
    missing = participants - store.read().count(Participant)
    for first in range(0, missing, AT_ONCE):
        with store.write() as unit:
            for number in range(first, min(first + AT_ONCE, missing)):
                ect = school.Registration(
                    full_name=f"Ada Hart {number}",
                    email=f"ada.{number}@example.com",
                    participant_type="ect",
                    cohort="2024",
                    trn=f"{3_000_000 + number}",
                )
                place, at = schools[number % len(schools)], BEGINS - timedelta(seconds=missing - number)
                assert place is not None
                moment = Moment(now=at, rules=BOOKS["documented"], new_id=new_id)
                dfe.validate(unit, moment, school.register(unit, moment, place, ect), "eligible_to_start")
    return store


if __name__ == "__main__":
    with store_at(Path(sys.argv[1])) as kept:
        kept.replace_with(crowded(int(sys.argv[2])))
