"""Why a way to spoil answers is missed: it breaks no rule of an edition, or nothing else that is read tells of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import yaml

FILE: Final = Path(__file__).with_name("excuses.yaml")


@dataclass(frozen=True, slots=True)
class Excuse:
    """Of an edition, the ways called so, kind and place; what the matter is with them, and why."""

    edition: str
    ways: tuple[str, ...]
    matter: Literal["breaks nothing", "is not read"]
    why: str

    @property
    def is_no_fault(self) -> bool:
        """True of what nobody needs to find."""
        return self.matter == "breaks nothing"


def all_of_them() -> list[Excuse]:
    """Every excuse."""
    listed = yaml.safe_load(FILE.read_text("utf-8"))
    return [Excuse(each["edition"], tuple(each["ways"]), each["matter"], each["why"]) for each in listed]


def excuses(edition: str, ways: Iterable[str]) -> Mapping[str, Excuse]:
    """Those of an edition, by the whole names of the ways that they are for."""
    known = {way: each for each in all_of_them() if each.edition == edition for way in each.ways}
    return {way: known[way] for way in ways if way in known}
