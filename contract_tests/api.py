"""One version of the target, asked as one provider. Every answer is looked at by every check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any

from contract_tests.checks import check
from contract_tests.documents import SCOPE, operation_of
from contract_tests.documents.records import trainings
from contract_tests.errors import ContractBroken, LeftOut, Unavailable, require_equal
from contract_tests.exchange import Exchange
from contract_tests.forms import form
from contract_tests.verbs import Verbs
from contract_tests.wire import Wire


@dataclass(frozen=True)
class Api(Verbs["Reply"]):
    """Asks one version as one provider; with `time`, as if it were that time (X-With-Server-Date).

    `elsewhere`: on a deployment that goes on, where cohorts come to an end.
    """

    wire: Wire
    version: str
    token: str | None = field(repr=False)
    time: str | None = None
    elsewhere: bool = False

    def at(self, time: datetime | str) -> Api:
        """The same, with the time of every request set by its header. Raises Unavailable in production."""
        if self.wire.production:
            raise LeftOut("it sets the time, which a target in production does not allow (--production)")
        return self.told(time)

    def told(self, time: datetime | str) -> Api:
        """The same, with that header, whether it has an effect or not."""
        return replace(self, time=time if isinstance(time, str) else f"{time:%Y-%m-%dT%H:%M:%SZ}")

    def with_token(self, token: str | None) -> Api:
        """The same, asked with another token, or with none."""
        return replace(self, token=token)

    def stranger(self) -> Api:
        """Somebody with a token that nobody has, in the same world of a sandbox."""
        world, dot, _ = (self.token or "").rpartition(".")
        return self.with_token(f"{world}{dot}nobody-has-this-token")

    def in_version(self, version: str) -> Api:
        """The same provider in another version."""
        return replace(self, version=version)

    def get(self, path: str, **query: str) -> Reply:
        return self.send("GET", path, params=query or None)

    def post(self, path: str, **attributes: Any) -> Reply:
        return self.send("POST", path, json={"data": {"type": "contract-test", "attributes": attributes}})

    def put(self, path: str, **attributes: Any) -> Reply:
        body = {"data": {"type": "contract-test", "attributes": attributes}} if attributes else None
        return self.send("PUT", path, json=body)

    def every(self, path: str, **query: str) -> list[Any]:
        """Every resource of a list, page after page."""
        found: list[Any] = []
        for page in range(1, 1000):
            part = self.get(path, **query, **{"page[page]": str(page), "page[per_page]": "3000"}).data
            found += part
            if len(part) < 3000:
                break
        return found

    def enrolment(self, participant_id: str, course: str = "ecf-induction") -> dict[str, Any]:
        """What is shown of one training of a participant: flat in v1 and v2, an enrolment in v3."""
        role = "ect" if course == "ecf-induction" else "mentor"
        found = self.get(f"{form().participants}/{participant_id}")
        for enrolment in enrolments(found.data):
            if enrolment["participant_type"] == role:
                return enrolment
        for person in self.every(form().participants):  # of someone who is both, v1 and v2 show one by itself
            for enrolment in enrolments(person):
                if (person["id"], enrolment["participant_type"]) == (participant_id, role):
                    return enrolment
        raise ContractBroken("check.shows", f"{participant_id} with training as {role}", "none", found.exchange)

    def shows_training(self, participant_id: str, course: str = "ecf-induction", **expected: Any) -> None:
        """Raises ContractBroken unless a training is shown so. What only v3 shows is looked at in v3 alone."""
        shown = self.enrolment(participant_id, course)
        known = {name: value for name, value in expected.items() if self.version == "v3" or name not in v3_alone()}
        require_equal(known, {name: shown.get(name) for name in known})

    def send(self, method: str, path: str, headers: Mapping[str, str] | None = None, **content: Any) -> Reply:
        """Send a request to a path of this version. Raises ContractBroken when the answer is not a proper one.

        Raises Unavailable for an operation that the run is not about.
        """
        operation = operation_of(method, f"/api/{self.version}{path.partition('?')[0]}")
        if operation is not None and operation.id not in SCOPE:
            raise LeftOut(f"it needs an operation that --operations leaves out ({operation})")
        sent = dict(headers or {})
        if self.time is not None:
            sent["X-With-Server-Date"] = self.time
        exchange = self.wire.send(method, f"/api/{self.version}{path}", token=self.token, headers=sent, **content)
        check(exchange)
        return Reply(exchange, self.elsewhere)

    @contextmanager
    def nothing_changes(self, participant_id: str | None = None) -> Iterator[None]:
        """What is asked inside must leave a participant, and everything declared of them, as it was."""
        before = self._everything(participant_id)
        yield
        after = self._everything(participant_id)
        if after != before:
            raise ContractBroken("check.refusal-changes-nothing", str(before), str(after))

    def _everything(self, participant_id: str | None) -> Any:
        about = {"filter[participant_id]": participant_id} if participant_id else {}
        declared = self.get("/participant-declarations", **about).exchange.json
        return declared, self.get(f"{form().participants}/{participant_id}").exchange.json if participant_id else None


@dataclass(frozen=True)
class Reply:
    """A proper answer."""

    exchange: Exchange
    elsewhere: bool = False

    @property
    def status(self) -> int:
        return self.exchange.status

    @property
    def data(self) -> Any:
        """What was asked for. Raises ContractBroken when it was refused, Unavailable when a cohort is over."""
        if self.status != 200:
            self._is_not_over()
            raise ContractBroken("check.accepted", "200", f"{self.status} {self.exchange.beginning()}", self.exchange)
        return self.exchange.json["data"]

    @property
    def attributes(self) -> dict[str, Any]:
        return dict(self.data["attributes"])

    @property
    def id(self) -> str:
        return str(self.data["id"])

    @property
    def ids(self) -> list[str]:
        """The ids of a list."""
        return [resource["id"] for resource in self.data]

    @property
    def titles(self) -> list[str]:
        """What is at fault, by the entries of a refusal."""
        return [error["title"] for error in (self.exchange.json or {}).get("errors", [])]

    def is_refused(self, status: int, *titles: str) -> None:
        """Raises ContractBroken unless it is refused with this status, over these things, in this order."""
        if (self.status, self.titles) != (status, [*titles]):
            self._is_not_over(*titles)
            expected = f"{status}" + (f" over {', '.join(titles)}" if titles else "")
            received = f"{self.status} {self.exchange.beginning(300)}"
            raise ContractBroken("check.refused", expected, received, self.exchange)

    def is_accepted(self) -> Reply:
        """Itself. Raises ContractBroken unless it is answered with 200."""
        assert self.data is not None
        return self

    def shows(self, **attributes: Any) -> Reply:
        """Itself. Raises ContractBroken unless the attributes of what is answered are these."""
        shown = {name: self.attributes.get(name) for name in attributes}
        if shown != attributes:
            raise ContractBroken("check.shows", str(attributes), str(shown), self.exchange)
        return self

    def _is_not_over(self, *expected: str) -> None:
        """Raises Unavailable where a cohort may have come to an end, and that is what a declaration is refused for."""
        declared = self.exchange.method == "POST" and self.exchange.path.endswith("/participant-declarations")
        if self.elsewhere and declared and "cohort" in set(self.titles) - {*expected}:
            raise Unavailable("nobody whose cohort still has a statement to come")


def enrolments(participant: Any) -> list[dict[str, Any]]:
    """The trainings that a resource shows of a participant: its enrolments in v3, itself in v1 and v2."""
    shown = participant["attributes"]
    return list(shown.get("ecf_enrolments", [shown]))


@cache
def v3_alone() -> frozenset[str]:
    """What v3 of ECF shows of a training, and its other versions do not."""
    return trainings("v3") - trainings("v1")
