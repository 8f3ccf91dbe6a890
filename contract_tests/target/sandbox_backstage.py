"""What scenarios need, made: a sandbox's control API gives each a world of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, ClassVar

from contract_tests.api import Api
from contract_tests.config import Behaviour, RunConfig
from contract_tests.errors import Declined, NotDone
from contract_tests.exchange import Exchange
from contract_tests.target.backstage import STANDARD, Backstage, Person, Role
from contract_tests.wire import Wire

DELAYED_BY = 3  # days between the start of the academic year and someone's registration


class SandboxBackstage(Backstage):
    """A world of a sandbox, with a clock that stands: one of `scenario`, or one in which there is much to read."""

    scenario: ClassVar[str] = "main"
    populated: ClassVar[str] = "main"

    def __init__(self, wire: Wire, config: RunConfig, behaviour: Behaviour, *, populated: bool = False) -> None:
        self.behaviour = behaviour
        self._wire = wire
        self._control_token = config.control_token
        scenario = self.populated if populated else self.scenario
        asked: dict[str, Any] = {"scenario": scenario, "behaviour": behaviour, "frozen": True}
        if config.defects:
            asked["defects"] = list(config.defects)
        self.world = self._control("POST", "/worlds", **asked)

    @property
    def now(self) -> datetime:
        """The world's time."""
        return datetime.fromisoformat(self.act("GET", "/time")["now"])

    def provider(self, number: int = 0) -> Api:
        """One of the world's lead providers."""
        return Api(self._wire, "v3", self.world["providers"][number]["token"])

    def person(
        self,
        role: Role = "ect",
        *,
        cohort: str = "2024",
        schedule: str = STANDARD,
        declared: Sequence[str] = (),
        status: str = "active",
        validation: str = "eligible_to_start",
    ) -> Person:
        """Someone new: registered in the first days of their cohort, and brought on as far as is asked."""
        registered = datetime.combine(date(int(cohort), 9, 1 + DELAYED_BY), time(9), UTC)
        made = self.act(
            "POST", "/participants", at=registered, participant_type=role, cohort=cohort, validation=validation
        )["participant"]
        person = Person(
            id=made["id"], role=role, cohort=cohort, schedule=made["schedule_identifier"], behaviour=self.behaviour
        )
        api = self.provider()
        if schedule != person.schedule:
            api.at(registered).change_schedule(person.id, schedule, person.course).is_accepted()
            person = replace(person, schedule=schedule)
        for declaration_type in declared:
            dated = max(person.milestone(declaration_type).middle, registered)
            evidence = evidence_for(person, declaration_type)
            declaring = api.at(dated).declare(
                person.id, declaration_type, dated, course_identifier=person.course, evidence_held=evidence
            )
            declaring.is_accepted()
        if status == "deferred":
            api.at(max(registered, self.now)).defer(person.id, course=person.course).is_accepted()
        if status == "withdrawn":
            api.at(max(registered, self.now)).withdraw(person.id, course=person.course).is_accepted()
        return person

    def act(self, method: str, path: str, *, at: datetime | str | None = None, **body: Any) -> Any:
        """Have a school, the DfE or time do something in the world."""
        exchange = self._asked(method, path, at=at, params={"world": self.world["id"]}, **body)
        if exchange.status == 422:
            raise Declined(f"{method} {path}", exchange)
        return _done(exchange)

    def done(self) -> None:
        """End the world."""
        self._control("DELETE", f"/worlds/{self.world['id']}")

    def may_write(self) -> None:
        """A world may be written to."""

    def may_act(self) -> None:
        """Schools, the DfE and time do what they are asked to."""

    def name_of(self, number: int) -> str:
        """The id of one of the world's lead providers."""
        return str(self.world["providers"][number]["id"])

    def limit_requests(self) -> None:
        """Have the world count each token's requests."""
        self._control("PATCH", f"/worlds/{self.world['id']}", rate_limit=True)

    def _control(self, method: str, path: str, **body: Any) -> Any:
        """What is asked for the run itself."""
        return _done(self._asked(method, path, **body))

    def _asked(
        self,
        method: str,
        path: str,
        *,
        at: datetime | str | None = None,
        params: dict[str, str] | None = None,
        **body: Any,
    ) -> Exchange:
        headers = {}
        if at is not None:
            headers["X-With-Server-Date"] = at if isinstance(at, str) else f"{at:%Y-%m-%dT%H:%M:%SZ}"
        return self._wire.send(
            method,
            f"/sandbox{path}",
            token=self._control_token,
            headers=headers,
            params=params,
            json=body if method != "GET" else None,
        )


def _done(exchange: Exchange) -> Any:
    """What was answered to something that was done. Raises NotDone."""
    if exchange.status >= 400:
        raise NotDone(
            f"The control API refused {exchange.method} {exchange.path}: {exchange.status} {exchange.content!r}"
        )
    return exchange.json


def evidence_for(person: Person, declaration_type: str) -> str | None:
    """Evidence that is accepted for a type of declaration; None where none is needed."""
    if declaration_type == "started":
        return None
    if person.cohort < "2025":
        return "other"
    if declaration_type == "completed" or (declaration_type == "retained-2" and person.role == "ect"):
        return "75-percent-engagement-met"
    return "other"
