"""What a story is made of: steps, and what has come of those before."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

import httpx
import msgspec

from sandbox.testing import Participant, Provider, World

Json = dict[str, Any]

DECLARATIONS = "/api/v3/participant-declarations"
PARTICIPANTS = "/api/v3/participants/ecf"


class Astray(Exception):
    """The sandbox answered otherwise than the story tells."""


class Step(msgspec.Struct, frozen=True):
    """One step: who takes it, what it is called, what there is to know, and what of the answers to look at."""

    who: str
    title: str
    text: str
    look_at: Sequence[str]
    play: Callable[[Tale], None]


def step(who: str, title: str, *look_at: str) -> Callable[[Callable[[Tale], None]], Step]:
    """Make a step of a function that plays it. Its docstring is what there is to know."""
    return lambda play: Step(who, title, inspect.getdoc(play) or "", look_at, play)


@dataclass
class Tale:
    """A story as far as it has been played: who it is about, and what has been declared, by type."""

    world: World
    provider: Provider
    other: Provider
    began_at: datetime
    partnership: str = ""
    declarations: dict[str, Json] = field(default_factory=dict)
    _ect: Participant | None = None

    @classmethod
    def begun(cls, world: World) -> Self:
        """A story that begins in a fresh world, whose clock stands still unless the story moves it."""
        world.clock.freeze()
        return cls(world, world.provider("northgate"), world.provider("harbour"), world.clock.now())

    @property
    def ect(self) -> Participant:
        """Whom the story is about, once she is registered."""
        assert self._ect is not None
        return self._ect

    @ect.setter
    def ect(self, ect: Participant) -> None:
        self._ect = ect

    @property
    def her_path(self) -> str:
        """Where a provider finds her."""
        return f"{PARTICIPANTS}/{self.ect.id}"

    def see(self, path: str, by: Provider | None = None, **filters: str) -> Any:
        """What a provider, the story's own unless said, is shown. Raises Astray."""
        params = {f"filter[{name}]": value for name, value in filters.items()}
        return done((by or self.provider).get(path, params=params))

    def report(self, action: str, **said: str) -> httpx.Response:
        """The provider reports something of her training: `report("defer", reason="career-break")`."""
        return self.provider.put(
            f"{self.her_path}/{action}", json=attributes(course_identifier="ecf-induction", **said)
        )

    def declare(self, type: str, on: str, by: Provider | None = None) -> httpx.Response:
        """A provider declares that she reached a milestone on a day."""
        said = {
            "participant_id": self.ect.id,
            "declaration_type": type,
            "declaration_date": f"{on}T09:00:00Z",
            "course_identifier": "ecf-induction",
        }
        if type != "started":
            said["evidence_held"] = "training-event-attended"
        return (by or self.provider).post(DECLARATIONS, json=attributes(**said))

    def declared(self, type: str, on: str, by: Provider | None = None) -> None:
        """The same; it is accepted, and remembered. Raises Astray."""
        self.declarations[type] = done(self.declare(type, on, by))

    def void(self, type: str) -> httpx.Response:
        """The provider voids what it declared."""
        return self.provider.put(self.path_of(type) + "/void")

    def path_of(self, type: str) -> str:
        """Where what was declared is found."""
        return f"{DECLARATIONS}/{self.declarations[type]['id']}"

    def look_at(self, type: str, by: Provider | None = None) -> Json:
        """The attributes of what was declared, as a provider sees it now."""
        return dict(self.see(self.path_of(type), by)["attributes"])

    def statement_of(self, type: str) -> str:
        """The statement that pays for what was declared."""
        return str(self.declarations[type]["attributes"]["statement_id"])

    def until(self, day: str) -> None:
        """Time passes, until the morning of a day."""
        self.world.clock.advance(to=f"{day}T09:00:00Z")

    def until_paid(self, statement: str, by: Provider | None = None) -> None:
        """Time passes, until the day on which one of a provider's statements is paid."""
        self.until(self.see(f"/api/v3/statements/{statement}", by)["attributes"]["payment_date"])

    def ask_why(self, response: httpx.Response, rule: str) -> Json:
        """Why a request was refused that the story tells is refused by this rule. Raises Astray."""
        return self.world.logged(refused(response, rule))


def done(response: httpx.Response) -> Any:
    """What was answered to a request that the story tells is carried out. Raises Astray."""
    if response.is_error:
        raise Astray(f"{_named(response)} was refused with {response.status_code}: {response.text}")
    return response.json()["data"]


def refused(response: httpx.Response, rule: str) -> httpx.Response:
    """The answer to a request that the story tells is refused by a rule. Raises Astray."""
    rules = response.headers.get("X-Sandbox-Rule", "")
    if rules != rule:
        raise Astray(f"{_named(response)} was to be refused by {rule}: {response.status_code} {rules} {response.text}")
    return response


def attributes(**sent: str) -> Json:
    """A body with these attributes."""
    return {"data": {"attributes": sent}}


def _named(response: httpx.Response) -> str:
    return f"{response.request.method} {response.request.url.path}"
