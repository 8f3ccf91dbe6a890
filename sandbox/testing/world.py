"""One world: its lead providers, its clock, and what schools and the DfE do in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from . import reasons
from .answers import Participant, School
from .clock import Clock
from .control import Control, Refusal, Unreachable
from .provider import Provider
from .reasons import Answer

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
        there = ", ".join(f"{each['name'].split()[0].lower()} ({each['name']})" for each in known)
        raise LookupError(f"There is no lead provider {name}. Give an id, or the first word of a name: {there}.")

    def why(self, answer: Answer) -> str:
        """Why an answer is as it is: `assert answer.status_code == 200, world.why(answer)`. It never raises.

        The answer may be one of httpx, requests, urllib or whatever else has `headers`.
        """
        try:
            return reasons.of_logged(self.logged(answer))
        except (LookupError, Refusal):
            return reasons.of_unknown(answer)
        except Unreachable as problem:
            return str(problem)

    def logged(self, answer: Answer) -> Json:
        """What the world remembers of a request by its answer: the rules it broke, the facts they saw, what would do.

        Raises LookupError when the answer is none of a sandbox, Refusal when the world does not remember it.
        """
        id = (reasons.headers_of(answer) or {}).get(reasons.REQUEST)
        if id is None:
            raise LookupError("The answer has no X-Request-Id, so it is none of a sandbox.")
        return dict(self._control.get(f"/requests/{id}")["request"])

    # Schools

    def register_ect(self, **details: Any) -> Participant:
        """A school registers an ECT, whom the DfE validates at once unless `validation` says otherwise."""
        return self._participant("POST", "/participants", {"participant_type": "ect", **details})

    def register_mentor(self, **details: Any) -> Participant:
        """A school registers a mentor."""
        return self._participant("POST", "/participants", {"participant_type": "mentor", **details})

    def change_details(self, participant: Who, **details: Any) -> Json:
        """A school corrects somebody's name or e-mail address; who they are now."""
        return dict(self._control.send("PATCH", _of(participant), details)["person"])

    def assign_mentor(self, ect: Who, mentor: Who | None, **details: Any) -> Participant:
        """A school says who mentors an ECT; None for nobody."""
        return self._participant("POST", f"{_of(ect)}/mentor", {"mentor_id": mentor, **details})

    def leave(self, participant: Who, **details: Any) -> Participant:
        """A school reports that somebody leaves it, `on` a day or today."""
        return self._participant("POST", f"{_of(participant)}/leave", details)

    def join(self, participant: Who, **details: Any) -> Participant:
        """A school, by its `urn` or `school_id`, reports that somebody joins it, `on` a day or today."""
        return self._participant("POST", f"{_of(participant)}/join", details)

    def withdraw(self, participant: Who, **details: Any) -> Participant:
        """A school reports that somebody is no longer in training there."""
        return self._participant("POST", f"{_of(participant)}/withdraw", details)

    def choose_programme(self, school: School | str, programme: str = "provider_led", **details: Any) -> Json:
        """A school, or the one with this id or URN, says how it trains a `cohort`; the school, with its programmes."""
        return dict(self._done(f"/schools/{_id(school)}/programme", programme=programme, **details)["school"])

    def challenge(self, partnership: str, reason: str = "mistake") -> Json:
        """A school challenges a partnership: everyone placed through it vanishes from its provider's view."""
        return dict(self._done(f"/partnerships/{partnership}/challenge", reason=reason)["partnership"])

    # The DfE

    def validate(self, participant: Who, status: str = "eligible_to_start", **details: Any) -> Participant:
        """The DfE says how far it has come with somebody's details."""
        return self._participant("POST", f"{_of(participant)}/validate", {"status": status, **details})

    def end_induction(self, participant: Who, on: date | None) -> Participant:
        """The DfE notes the day an ECT's induction ended; None takes it back."""
        return self._participant("PUT", f"{_of(participant)}/induction-end", {"on": on})

    def merge(self, retired: Who, into: Who) -> Json:
        """The DfE retires a duplicate's id in favour of another; the change of id."""
        return dict(self._done(f"{_of(retired)}/merge", into=into)["id_change"])

    def open_cohort(self, year: str) -> Json:
        """The DfE opens a cohort, drawn up if there was none; the cohort."""
        return dict(self._done(f"/cohorts/{year}/open")["cohort"])

    def close_cohort(self, year: str) -> Json:
        """The DfE closes a cohort for payments; the cohort."""
        return dict(self._done(f"/cohorts/{year}/close")["cohort"])

    def statements(self, **query: str) -> Sequence[Json]:
        """Statements, by payment date: those of a `provider`, of a `cohort`, in a `state`."""
        return list(self._control.get("/statements", **query)["statements"])

    def statement(self, id: str) -> Json:
        """A statement with its declarations, and what share of them each milestone is."""
        return dict(self._control.get(f"/statements/{id}")["statement"])

    def make_payable(self, statement: str) -> Json:
        """The DfE accepts what a statement holds for payment; the statement, in full."""
        return dict(self._done(f"/statements/{statement}/payable")["statement"])

    def pay(self, statement: str) -> Json:
        """The DfE pays a statement, and takes back what it claws back; the statement, in full."""
        return dict(self._done(f"/statements/{statement}/pay")["statement"])

    def add_provider(self, name: str) -> Provider:
        """The DfE takes a lead provider on."""
        added = self._done("/providers", name=name)
        return Provider(**added["provider"], token=added["token"], http=self._control.http)

    def relate(self, **details: Any) -> Json:
        """The DfE notes that a provider works with a delivery partner in a cohort; the relationship."""
        return dict(self._done("/relationships", **details)["relationship"])

    def issue_token(self, provider: Provider | str) -> str:
        """The DfE gives a lead provider one more token."""
        return str(self._done("/tokens", provider=provider)["token"])

    def revoke_token(self, token: str) -> None:
        """The DfE has a token refused from now on."""
        self._done("/tokens/revoke", token=token)

    # The world itself

    def change(self, **details: Any) -> None:
        """Answer otherwise from now on: `change(rate_limit=True)`, `change(defects=["duplicate-accepted"])`."""
        self._everywhere.send("PATCH", f"/worlds/{self.id}", details)

    def fault(self, kind: str, **details: Any) -> Json:
        """Have the lead providers' next request go wrong: `fault("503")`, `fault("latency", milliseconds=200)`."""
        return dict(self._done("/faults", kind=kind, **details))

    def end_faults(self) -> None:
        """Have nothing go wrong any more."""
        self._control.send("DELETE", "/faults")

    def reset(self) -> None:
        """Bring the world's seeds back. Its tokens stay."""
        self._everywhere.send("POST", f"/worlds/{self.id}/reset")

    def _known(self) -> Sequence[Json]:
        return list(self._everywhere.get(f"/worlds/{self.id}")["providers"])

    def _provider(self, known: Json) -> Provider:
        id = known["id"]
        if id not in self._tokens:  # the main world does not tell its own, and gives another
            self._tokens[id] = self.issue_token(id)
        return Provider(id, known["name"], self._tokens[id], self._control.http)

    def _participant(self, method: str, path: str, body: Json) -> Participant:
        return msgspec.convert(self._control.send(method, path, body)["participant"], Participant)

    def _done(self, path: str, **body: Any) -> Json:
        return dict(self._control.send("POST", path, body))


def _id(record: School | Participant | str) -> str:
    return record if isinstance(record, str) else record.id


def _of(participant: Who) -> str:
    return f"/participants/{_id(participant)}"
