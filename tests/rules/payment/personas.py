"""The people of the seeds of whom something is declared that has come to each state, all with Northgate."""

from __future__ import annotations

from typing import Final

from sandbox.model import Declaration, DeclarationState
from tests.api import World

RUTH: Final = "b8831f95-1b5f-45f1-b380-bf2e61c9ad14"  # cohort 2022, both uplifts
CHIDI: Final = "606c460b-7846-419e-92cd-e199ff590fec"  # paid as started; cohort 2021, which is closed
PRIYA: Final = "0ca54e14-f5b6-42ad-bb09-5cc38e0b9833"  # moved from Northgate to Harbour

_DECLARED: Final[dict[DeclarationState, tuple[str, str]]] = {
    "submitted": ("c473be0e-cb0b-4a55-b4e6-3d9fd5370413", "started"),
    "eligible": ("1c8ab5f6-91dc-46bb-93d5-976d365e8164", "started"),
    "payable": ("df3bc08e-368e-4b70-b0dd-c6138028c39a", "retained-3"),
    "paid": (RUTH, "started"),
    "voided": ("48aebd52-f21a-4248-a0f5-952d124a603e", "started"),
    "ineligible": ("41a6c284-2909-4c2c-beb0-709076d63069", "started"),
    "awaiting_clawback": ("eaa3890c-416c-44b1-8626-223514d86c01", "retained-4"),
    "clawed_back": ("dc00d307-8c16-421f-a6b7-b201bd4d7dd8", "retained-1"),
}
STATES: Final = tuple(_DECLARED)


def declaration_in(world: World, state: DeclarationState) -> Declaration:
    """The declaration that has come to a state."""
    participant_id, declaration_type = _DECLARED[state]
    return declaration_of(world, participant_id, declaration_type, state)


def declaration_of(world: World, participant_id: str, declaration_type: str, state: DeclarationState) -> Declaration:
    declared = world.store.read().find(Declaration, participant_id=participant_id)
    (found,) = [made for made in declared if (made.declaration_type, made.state) == (declaration_type, state)]
    return found
