"""What a client does to one record after another, and what it therefore has a right to find there."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from client import Client

PARTICIPANTS: Final = "/api/v3/participants/ecf"
DECLARATIONS: Final = "/api/v3/participant-declarations"
PARTNERSHIPS: Final = "/api/v3/partnerships/ecf"
MOST_DECLARED: Final = 5  # of one participant, so that the data stop growing
ECT: Final = {"course_identifier": "ecf-induction"}


class WrongAnswer(Exception):
    """The sandbox refused what it should have done, or failed."""


async def asked(client: Client, method: str, path: str, body: Any = None) -> Any:
    """The content of a good answer. Raises WrongAnswer, Unanswered."""
    status, content = await client.ask(method, path, body)
    if status not in (200, 201):
        raise WrongAnswer(f"{method} {path} was answered {status}: {content}")
    return content


@dataclass
class Seen:
    """A participant as the API, or the file, tells of them."""

    status: str = "active"
    declared: dict[str, str] = field(default_factory=dict)  # the state of each declaration, by its id

    def then(self, step: str, seen: Seen) -> bool:
        """True when `seen` is what this step makes of it."""
        if step == "declare":
            new = seen.declared.keys() - self.declared.keys()
            kept = {id: state for id, state in seen.declared.items() if id not in new}
            return (seen.status, kept, len(new)) == (self.status, self.declared, 1)
        if step == "void":
            return seen == Seen(self.status, dict.fromkeys(self.declared, "voided"))
        return seen == Seen({"defer": "deferred", "resume": "active"}[step], self.declared)


class Life:
    """A participant in training: declared and voided, deferred and resumed, over and over."""

    def __init__(self, id: str) -> None:
        self.id = id
        self.known = Seen()
        self.under_way: str | None = None  # the step that is asked for and not answered
        self.answers = 0

    @classmethod
    async def begun(cls, client: Client, name: str, world: str = "main") -> Life:
        """A new one, registered through the control API. Raises WrongAnswer, Unanswered."""
        body = {"full_name": name, "email": f"{name.lower().replace(' ', '.')}@example.com"}
        return cls((await asked(client, "POST", f"/sandbox/participants?world={world}", body))["participant"]["id"])

    async def step(self, client: Client) -> None:
        """What comes next in it. Raises WrongAnswer, Unanswered."""
        self.under_way = step = self._next()
        path, attributes = f"{PARTICIPANTS}/{self.id}/{step}", dict(ECT)
        match step:
            case "declare":
                path = DECLARATIONS
                attributes |= {"participant_id": self.id, "declaration_type": "started"}
                attributes |= {"declaration_date": "2024-11-01T09:00:00Z"}
            case "void":
                (id,) = (id for id, state in self.known.declared.items() if state == "eligible")
                path = f"{DECLARATIONS}/{id}/void"
            case "defer":
                attributes |= {"reason": "bereavement"}
        method = "POST" if step == "declare" else "PUT"
        data = (await asked(client, method, path, {"data": {"attributes": attributes}}))["data"]
        if step in ("declare", "void"):
            self.settle(Seen(self.known.status, self.known.declared | {data["id"]: data["attributes"]["state"]}))
        else:
            self.settle(Seen(_status(data), self.known.declared))

    async def look(self, client: Client) -> str | None:
        """What is wrong with what the API tells of it; None when nothing is. Raises WrongAnswer, Unanswered."""
        before = self.answers
        person = (await asked(client, "GET", f"{PARTICIPANTS}/{self.id}"))["data"]
        declared = (await asked(client, "GET", f"{DECLARATIONS}?filter[participant_id]={self.id}"))["data"]
        seen = Seen(_status(person), {one["id"]: one["attributes"]["state"] for one in declared})
        # Between the two questions, or on the way, whoever leads this life may have gone on.
        return self.compare(seen) if before == self.answers else None

    def compare(self, seen: Seen) -> str | None:
        """What is wrong with what was seen. What was shown once, even if it was not answered, has to stay."""
        if seen == self.known:
            return None
        if self.under_way is not None and self.known.then(self.under_way, seen):
            self.known, self.under_way = seen, None
            return None
        return f"participant {self.id} was {self.known}, then asked to {self.under_way}, and is {seen}"

    def settle(self, known: Seen) -> None:
        """Note how it stands, with nothing under way."""
        self.known, self.under_way = known, None
        self.answers += 1

    def after_a_kill(self) -> None:
        """Go on from how it was found: what was under way has happened or has not."""
        self.settle(self.known)

    def _next(self) -> str:
        if "eligible" in self.known.declared.values():
            return "void"
        if self.known.status == "deferred":
            return "resume"
        return random.choice(("declare", "defer")) if len(self.known.declared) < MOST_DECLARED else "defer"


class Arrangement:
    """A partnership whose delivery partner changes, back and forth."""

    def __init__(self, id: str, partner: str, other: str) -> None:
        self.id = id
        self.known = partner
        self.other = other
        self.under_way = False
        self.answers = 0

    async def step(self, client: Client) -> None:
        """Change it. Raises WrongAnswer, Unanswered."""
        wanted, self.under_way = self.other, True
        body = {"data": {"attributes": {"delivery_partner_id": wanted}}}
        data = (await asked(client, "PUT", f"{PARTNERSHIPS}/{self.id}", body))["data"]
        if data["attributes"]["delivery_partner_id"] != wanted:
            raise WrongAnswer(f"partnership {self.id} was not changed: {data}")
        if self.known != wanted:  # a look may have noted it already
            self._turn()
        self.after_a_kill()

    async def look(self, client: Client) -> str | None:
        """What is wrong with what the API tells of it. Raises WrongAnswer, Unanswered."""
        before = self.answers
        data = (await asked(client, "GET", f"{PARTNERSHIPS}/{self.id}"))["data"]
        return self.compare(data["attributes"]["delivery_partner_id"]) if before == self.answers else None

    def compare(self, partner: str) -> str | None:
        """What is wrong with what was seen."""
        if partner == self.other and self.under_way:
            self._turn()
        if partner == self.known:
            return None
        return f"partnership {self.id} was with {self.known} and is with {partner}"

    def after_a_kill(self) -> None:
        """Go on from how it was found."""
        self.under_way = False
        self.answers += 1

    def _turn(self) -> None:
        self.known, self.other, self.under_way = self.other, self.known, False


def _status(person: Mapping[str, Any]) -> str:
    (enrolment,) = person["attributes"]["ecf_enrolments"]
    return str(enrolment["training_status"])
