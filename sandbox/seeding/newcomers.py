"""Who someone is of whom a school says nothing: made up, from the names that the seeds have for the many."""

from __future__ import annotations

from functools import cache
from itertools import count
from typing import Final

import msgspec

from sandbox.model import IdChange, Participant, Teacher
from sandbox.seeding.dice import Dice
from sandbox.seeding.files import SEEDS, read_crowd
from sandbox.seeding.records import address
from sandbox.seeding.seeds import CrowdSeed
from sandbox.store.protocol import Reader

DOMAIN: Final = "schools.example.com"


class Newcomer(msgspec.Struct, frozen=True, kw_only=True):
    """Someone nobody has heard of yet."""

    full_name: str
    email: str
    trn: str


def newcomer(reader: Reader) -> Newcomer:
    """Made up: someone other than all who were before, and the same one wherever the same people were before."""
    number = reader.count(Participant) + reader.count(Teacher) + reader.count(IdChange) + 1
    dice, names = Dice(f"newcomer {number}"), _names()
    name = f"{dice.one_of(names.given_names)} {dice.one_of(names.family_names)}"
    trns = (str(2_000_000 + later) for later in count(number))
    return Newcomer(
        full_name=name,
        email=address(f"{name} {number}", DOMAIN),
        trn=next(trn for trn in trns if not reader.find(Participant, trn=trn) and not reader.find(Teacher, trn=trn)),
    )


@cache
def _names() -> CrowdSeed:
    return read_crowd(SEEDS)
