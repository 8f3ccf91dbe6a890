"""One world: its lead providers, its clock, and what schools and the DfE do in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import httpx
import msgspec

from sandbox.testing.answers import Participant, School
from sandbox.testing.clock import Clock
from sandbox.testing.control import Control
from sandbox.testing.provider import Provider

Json = dict[str, Any]
Who = Participant | str
"""Somebody, or their id."""


class World:
    """Acts in one world. Every method raises Refusal when what it asks for cannot be done.

    `details` are the members of the request that the control API describes, as it names them.
    """

    def __init__(self, everywhere: Control, id: str, tokens: Mapping[str, str]) -> None:
        self.id = id
        self.url = str(everywhere.http.base_url).rstrip("/")
        self._everywhere = everywhere
        self._control = everywhere.of(id)
        self.clock = Clock(self._control)
        self._tokens = dict(tokens)

    # Lead providers

    @property
    def providers(self) -> Sequence[Provider]:
        """Every lead provider of the world."""
        return [self._provider(known) for known in self._known()]

    def provider(self, name: str | None = None) -> Provider:
        """A lead provider, by its id or the first word of its name; without either, the first there is.

        Raises LookupError.
        """
        known = self._known()
        for provider in known:
            if name in (None, provider["id"], provider["name"].split()[0].lower()):
                return self._provider(provider)
        raise LookupError(f"There is no lead provider {name}. There are: {', '.join(p['name'] for p in known)}.")

    def why(self, response: httpx.Response) -> Json:
        """What came of a request: the rules it broke, the facts they saw, and what would have been accepted."""
        return dict(self._control.get(f"/requests/{response.headers['X-Request-Id']}"))

    # Schools

    def register_ect(self, **details: Any) -> Participant:
        """A school registers an ECT, whom the DfE validates at once unless `validation` says otherwise."""
        return self._participant("POST", "/participants", {"participant_type": "ect", **details})

    def register_mentor(self, **details: Any) -> Participant:
        """A school registers a mentor."""
        return self._participant("POST", "/participants", {"participant_type": "mentor", **details})

    def change_details(self, participant: Who, **details: Any) -> Participant:
        """A school corrects somebody's name or email."""
        return self._participant("PATCH", _of(participant), details)

    def assign_mentor(self, ect: Who, mentor: Who | None) -> Participant:
        """A school says who mentors an ECT; None for nobody."""
        return self._participant("POST", f"{_of(ect)}/mentor", {"mentor_id": mentor})

    def leave(self, participant: Who, on: date, **details: Any) -> Participant:
        """A school reports that somebody leaves it on a day."""
        return self._participant("POST", f"{_of(participant)}/leave", {"on": on, **details})

    def join(self, participant: Who, **details: Any) -> Participant:
        """A school reports that somebody joins it, with their own provider or the school's."""
        return self._participant("POST", f"{_of(participant)}/join", details)

    def withdraw(self, participant: Who, **details: Any) -> Participant:
        """A school reports that somebody is no longer in training there."""
        return self._participant("POST", f"{_of(participant)}/withdraw", details)

    def choose_programme(self, school: School | str, cohort: str, programme: str) -> Json:
        """A school tells the DfE which programme it has for a cohort."""
        return self._done(f"/schools/{_id(school)}/programme", cohort=cohort, programme=programme)

    def challenge(self, partnership: str, reason: str) -> Json:
        """A school challenges a partnership: everyone placed through it vanishes from its provider's view."""
        return self._done(f"/partnerships/{partnership}/challenge", reason=reason)

    # The DfE

    def validate(self, participant: Who, status: str = "eligible_to_start", **details: Any) -> Participant:
        """The DfE says how far it has come with somebody's details."""
        return self._participant("POST", f"{_of(participant)}/validate", {"status": status, **details})

    def end_induction(self, participant: Who, on: date | None) -> Participant:
        """The DfE notes the day an ECT's induction ended; None takes it back."""
        return self._participant("PUT", f"{_of(participant)}/induction-end", {"on": on})

    def merge(self, retired: Who, into: Who) -> Participant:
        """The DfE retires a duplicate's id in favour of another."""
        return self._participant("POST", f"{_of(retired)}/merge", {"into": into})

    def open_cohort(self, year: str, **details: Any) -> Json:
        """The DfE opens a cohort."""
        return self._done(f"/cohorts/{year}/open", **details)

    def close_cohort(self, year: str) -> Json:
        """The DfE closes a cohort for payments."""
        return self._done(f"/cohorts/{year}/close")

    def statements(self, **query: str) -> Sequence[Json]:
        """The DfE's statements."""
        return list(self._control.get("/statements", **query)["statements"])

    def statement(self, id: str) -> Json:
        """A statement with its declarations, and what share of the whole each milestone is."""
        return dict(self._control.get(f"/statements/{id}"))

    def make_payable(self, statement: str) -> Json:
        """The DfE accepts what a statement holds for payment."""
        return self._done(f"/statements/{statement}/payable")

    def pay(self, statement: str) -> Json:
        """The DfE pays a statement, and takes back what it claws back."""
        return self._done(f"/statements/{statement}/pay")

    # The world itself

    def reset(self) -> None:
        """Bring the world's seeds back. Its tokens stay."""
        self._everywhere.send("POST", f"/worlds/{self.id}/reset")

    def _known(self) -> Sequence[Json]:
        return list(self._everywhere.get(f"/worlds/{self.id}")["providers"])

    def _provider(self, known: Json) -> Provider:
        id = known["id"]
        if id not in self._tokens:  # the main world does not tell its own, and gives another
            self._tokens[id] = self._done("/tokens", provider=id)["token"]
        return Provider(id, known["name"], self._tokens[id], self._control.http)

    def _participant(self, method: str, path: str, body: Json) -> Participant:
        return msgspec.convert(self._control.send(method, path, body)["participant"], Participant)

    def _done(self, path: str, **body: Any) -> Json:
        return dict(self._control.send("POST", path, body))


def _id(record: School | Participant | str) -> str:
    return record if isinstance(record, str) else record.id


def _of(participant: Who) -> str:
    return f"/participants/{_id(participant)}"
