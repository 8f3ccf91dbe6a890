"""Who someone is of whom a school says nothing, and what the DfE is to find out about them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Final

from sandbox.actors.dice import Dice
from sandbox.actors.script import SEEDS
from sandbox.actors.seeds import CrowdSeed, read_crowd
from sandbox.actors.setting import address
from sandbox.model import IdChange, Participant, ValidationStatus
from sandbox.store.protocol import Reader

DOMAIN: Final = "schools.example.com"
_MAGIC: Final = re.compile("0000[0-9]{2}([1-6])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Someone nobody has heard of yet."""

    full_name: str
    email: str
    trn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the DfE finds out about someone."""

    status: ValidationStatus
    trn_validated: bool | None = None


# By the last digit of a magic TRN. The digits before it are free, as one TRN given twice is one person to the DfE.
FINDINGS: Final = {
    "1": Finding(status="contacted_for_information"),
    "2": Finding(status="dfe_checking_eligibility"),
    "3": Finding(status="checking_qts"),
    "4": Finding(status="not_eligible_for_funded_training"),
    "5": Finding(status="eligible_to_start"),
    "6": Finding(status="eligible_to_start", trn_validated=False),
}


def newcomer(reader: Reader) -> Newcomer:
    """Made up: someone other than all who were before, and the same one wherever the same people were before."""
    number = reader.count(Participant) + reader.count(IdChange) + 1
    dice, names = Dice(f"newcomer {number}"), _names()
    name = f"{dice.one_of(names.given_names)} {dice.one_of(names.family_names)}"
    trns = (str(2_000_000 + later) for later in count(number))
    return Newcomer(
        full_name=name,
        email=address(f"{name} {number}", DOMAIN),
        trn=next(trn for trn in trns if not reader.find(Participant, trn=trn)),
    )


def finding(trn: str | None) -> Finding:
    """What the DfE finds out about whoever has this TRN: unless it is a magic one, that they can start."""
    magic = _MAGIC.fullmatch(trn or "")
    return FINDINGS[magic[1]] if magic else FINDINGS["5"]


@cache
def _names() -> CrowdSeed:
    return read_crowd(SEEDS)
