"""The schools and delivery partners of the seed data that these tests are about, in November 2024."""

from __future__ import annotations

from sandbox.model import Partnership, School
from sandbox.seeding.ids import school_id
from tests.api import World
from tests.backstage import Backstage

RIVERBANK = school_id("106286")  # Northgate's, for 2025 too
KESTREL = school_id("900111")  # Northgate's until 2024; has decided for 2025
GORSE_HALL = school_id("900107")  # Northgate's until 2024; has not decided for 2025
ANCHOR_STREET = school_id("900201")  # Harbour's, for 2025 too
WEATHERVANE = school_id("900403")  # challenged Northgate's partnership for 2023, and has been Harbour's since
SIGNPOST = school_id("900404")  # challenged Meadow's partnership for 2024
HILLTOP_VIEW = school_id("900405")  # nobody's; chose provider-led training for 2024
FAIRFIELD = school_id("900407")  # school-led, but for one person who keeps Meadow
ALDERLEY = school_id("900408")  # not eligible for funding
VALDORIA = school_id("900410")  # can only train its own people
NOWHERE = "00000000-0000-4000-8000-000000000000"

OAKFIELD = "cd3a1234-7308-4879-942a-c4a70ced400a"  # Northgate's in every cohort
TIDEWAY = "af9d0057-760e-4807-b2be-d8ae7906acef"  # Northgate's and Harbour's
FELLSIDE = "63206e0f-c526-47b6-afda-a2084d7c6f9b"  # Northgate's until 2023
SALTMARSH = "6ffbdee4-27bf-4073-8e5e-77a394d4b340"  # Harbour's
BROOKVALE = "71f80f06-32ac-4fbd-a14b-f3ac519ceb33"  # Meadow's
HAWTHORN = "62823c83-54f3-418f-a695-081ea8998ec5"  # Meadow's until 2024
LARKRISE = "88d29539-89a6-4674-b158-db7b45a2d9fe"  # Meadow's from 2023 on

HANNA = "b9b93e9c-d483-4898-b713-d538c9261dcc"  # at Signpost, through the partnership that was challenged
ISOBEL = "1cbde7f3-256d-4f4d-a82f-1629a028e962"  # at Fairfield, through a partnership made for her alone

ALL = {"page[per_page]": "3000"}


def school(world: World, id: str) -> School:
    found = world.store.read().get(School, id)
    assert found is not None
    return found


def partnership(world: World, id: str) -> Partnership:
    found = world.store.read().get(Partnership, id)
    assert found is not None
    return found


def through(world: World, participant_id: str) -> Partnership:
    """The partnership that someone's newest placement is through."""
    return partnership(world, Backstage(world).placement(participant_id).partnership_id or "")
