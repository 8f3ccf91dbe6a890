"""What there is to ask about, so that what is made up is not only refused: ids there are, bodies that are accepted.

Whatever was changed by an accepted request is put right again, so that the next one can be accepted too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from schemathesis import Case
from schemathesis.core.parameters import ParameterLocation

from contract_tests.api import Api
from contract_tests.conformance.endpoints import endpoints
from contract_tests.errors import Unavailable
from contract_tests.rules.partnership_offers import Offer, offers
from contract_tests.target.backstage import Backstage, Person

Attributes = Mapping[str, Any]
STARTED: Final = ("started",)  # as most of those whom a deployment has


@dataclass
class Supply:
    """What one operation can be asked about. `put_right` is told the answer to each request that was accepted."""

    id: str | None = None
    query: Mapping[str, str] | None = None
    attributes: Attributes | None = None
    put_right: Callable[[Supply, Any], object] | None = None
    _mended: int = 0

    def mend(self, case: Case[Any]) -> None:
        """Have a case ask about something that exists, but for what is wrong with it on purpose.

        Every other case that is right altogether asks for just what is known to be accepted.
        """
        if self.id is not None and "id" in case.path_parameters and _is_right(case, ParameterLocation.PATH):
            case.path_parameters = {"id": self.id}
        assert case.meta is not None
        if case.meta.generation.mode.is_negative:
            return
        self._mended += 1
        if self._mended % 2 == 0:
            return
        case.query = dict(self.query or {})
        if self.attributes is not None:
            case.body = {"data": {"type": "contract-test", "attributes": dict(self.attributes)}}

    def used(self, answer: Any) -> None:
        """A request was accepted with this answer."""
        if self.put_right is not None:
            self.put_right(self, answer)


def _is_right(case: Case[Any], location: ParameterLocation) -> bool:
    assert case.meta is not None
    component = case.meta.components.get(location)
    return component is None or component.mode.is_positive


class Supplies:
    """What the operations of one version can be asked about, found or made when it is first needed."""

    def __init__(self, api: Api, backstage: Backstage) -> None:
        self._api = api
        self._backstage = backstage
        self._found: dict[str, Supply] = {}

    def of(self, operation_id: str) -> Supply:
        """What an operation can be asked about; nothing in particular where there is nothing."""
        if operation_id not in self._found:
            try:
                self._found[operation_id] = self._supply(operation_id.removesuffix("_alias"))
            except Unavailable:
                self._found[operation_id] = Supply()
        return self._found[operation_id]

    def _supply(self, operation_id: str) -> Supply:
        if operation_id in WRITES:
            return getattr(self, WRITES[operation_id])()  # type: ignore[no-any-return]
        for known in endpoints(self._api.version):
            if operation_id == known.one.id:
                return Supply(id=next(self._ids(known.path, known.query), None), query=known.query)
            if operation_id == known.all.id:
                return Supply(query=known.query)
        return Supply()  # a list in another form

    def _ids(self, path: str, query: Mapping[str, str]) -> Iterator[str]:
        yield from self._api.get(path, **query).ids

    def deferral(self) -> Supply:
        """Somebody to defer."""
        return self._training({"reason": "other"}, self._back, declared=STARTED)

    def withdrawal(self) -> Supply:
        """Somebody to withdraw."""
        return self._training({"reason": "other"}, self._back, declared=STARTED)

    def resumption(self) -> Supply:
        """Somebody to resume."""

        def deferred(person: Person) -> object:
            return self._api.defer(person.id, "other", person.course)

        return self._training({}, deferred, status="deferred", declared=STARTED)

    def change_of_schedule(self) -> Supply:
        """Somebody to put on another schedule."""

        def changed_back(person: Person) -> object:
            return self._api.change_schedule(person.id, person.schedule, person.course, cohort=person.cohort)

        return self._training({"schedule_identifier": "ecf-standard-january"}, changed_back)

    def _back(self, person: Person) -> object:
        return self._api.resume(person.id, person.course)

    def _training(
        self,
        attributes: Attributes,
        put_right: Callable[[Person], object],
        *,
        status: str = "active",
        declared: Sequence[str] = (),
    ) -> Supply:
        person = self._backstage.anyone(status=status, declared=declared)
        return Supply(
            id=person.id,
            attributes={"course_identifier": person.course, **attributes},
            put_right=lambda _, __: put_right(person),
        )

    def declaration(self) -> Supply:
        """Somebody to declare of."""
        person = self._backstage.anyone()
        return Supply(
            attributes={
                "participant_id": person.id,
                "declaration_type": "started",
                "declaration_date": f"{person.milestone().middle:%Y-%m-%dT%H:%M:%SZ}",
                "course_identifier": person.course,
            },
            put_right=lambda _, answer: self._api.void(answer["data"]["id"]),
        )

    def voiding(self) -> Supply:
        """A declaration to void."""
        person = self._backstage.anyone()

        def declared() -> str:
            return self._api.declare(person.id, "started", person.milestone().middle).id

        def declare_again(supply: Supply, _: Any) -> None:
            supply.id = declared()

        return Supply(id=declared(), put_right=declare_again)

    def partnership(self) -> Supply:
        """A school without a provider; after it the next one."""
        free = map(Offer._asdict, offers(self._api))

        def next_school(supply: Supply, _: Any) -> None:
            supply.attributes = next(free, None)

        return Supply(attributes=next(free, None), put_right=next_school)

    def update(self) -> Supply:
        """A partnership, to get the delivery partner that it has."""
        for partnership in self._api.get("/partnerships/ecf").data:
            shown = partnership["attributes"]
            if shown["status"] == "active":
                return Supply(id=partnership["id"], attributes={"delivery_partner_id": shown["delivery_partner_id"]})
        raise Unavailable("no active partnership")


# What writes can be asked about.
WRITES: Final[Mapping[str, str]] = {
    "create_declaration": "declaration",
    "void_declaration": "voiding",
    "defer_participant": "deferral",
    "withdraw_participant": "withdrawal",
    "resume_participant": "resumption",
    "change_participant_schedule": "change_of_schedule",
    "create_partnership": "partnership",
    "update_partnership": "update",
}
