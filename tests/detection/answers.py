"""An answer on its way, and one way to spoil it: it takes an answer and gives it back spoilt, or None."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer on its way, and what was asked."""

    method: str
    path: str
    query: str
    status: int
    type: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    token: str = ""

    @property
    def json(self) -> Any:
        """What it says, if that is JSON."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    def saying(self, said: Any) -> Answer:
        """The same, saying something else."""
        return replace(self, body=json.dumps(said, ensure_ascii=False).encode())

    @property
    def is_list(self) -> bool:
        """Whether it is a list of records."""
        said = self.json if self.status == 200 else None
        return isinstance(said, dict) and isinstance(said.get("data"), list)


@dataclass(frozen=True, slots=True)
class Question:
    """A request on its way."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def token(self) -> str:
        """Who asks."""
        return self.headers.get("Authorization", "").rpartition(" ")[2]


Spoil = Callable[[Answer], Answer | None]
Mishear = Callable[[Question], Question | None]


def untouched(_: object) -> None:
    """Nothing is spoilt, or misheard."""


@dataclass(frozen=True, slots=True)
class Spoiling:
    """One way to spoil answers, or to take what is asked for something else.

    `where`: what the paths it is about have in them.
    """

    kind: str
    where: str
    spoil: Spoil = untouched
    mishear: Mishear = untouched

    def __str__(self) -> str:
        return f"{self.kind} ({self.where})"

    def __call__(self, answer: Answer) -> Answer | None:
        """The answer spoilt; None when it is about another, or nothing in it can be spoilt so."""
        if not re.search(self.where, answer.path):
            return None
        spoilt = self.spoil(answer)
        return None if spoilt is None or _says_the_same(spoilt, answer) else spoilt

    def heard(self, question: Question) -> Question | None:
        """What is asked instead; None when nothing else is."""
        other = self.mishear(question) if re.search(self.where, question.path) else None
        return None if other == question else other


def _says_the_same(one: Answer, other: Answer) -> bool:
    """True of answers that differ in nothing, or at most in how their JSON is laid out."""
    if one == other:
        return True
    told = [(each.status, each.type, each.headers, _in_order(each.json)) for each in (one, other)]
    return one.json is not None and told[0] == told[1]


def _in_order(said: Any) -> str:
    """JSON as text, as numbers equal truth values otherwise."""
    return json.dumps(said, sort_keys=True)


def chosen(spoil: Spoil, share: float, seed: int) -> Spoil:
    """Spoils only a share of the answers, by chance."""
    chance = random.Random(seed)
    return lambda answer: spoil(answer) if chance.random() < share else None
