"""What each list holds of what is known, in which order, under which filters and sorts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from contract_tests.model import shown
from contract_tests.model.moves import moves_seen
from contract_tests.model.records import Declaration, Person, Placement, Provider, Training
from contract_tests.model.register import Register
from contract_tests.walking.rows import Order, Ordering, Row, by, in_order, oldest

PARTICIPANTS: Final = "/participants/ecf"
DECLARATIONS: Final = "/participant-declarations"
TRANSFERS: Final = "/participants/ecf/transfers"
UNFUNDED: Final = "/unfunded-mentors/ecf"
PARTNERSHIPS: Final = "/partnerships/ecf"
SCHOOLS: Final = "/schools/ecf"
PARTNERS: Final = "/delivery-partners"
STATEMENTS: Final = "/statements"
OF_V3: Final = (TRANSFERS, UNFUNDED, PARTNERSHIPS, SCHOOLS, PARTNERS, STATEMENTS)


@dataclass(frozen=True)
class Query:
    """What is asked of a list; None asks for nothing."""

    cohorts: frozenset[str] | None = None
    since: datetime | None = None
    training_status: str | None = None
    from_participant_id: str | None = None
    participant_ids: frozenset[str] | None = None
    partner_ids: frozenset[str] | None = None
    urn: str | None = None
    type: str | None = None
    sort: str | None = None


def listed(register: Register, provider: Provider, version: str, path: str, query: Query) -> tuple[list[Row], Order]:
    """The rows of a list in order, and what each is put in order by: those alike in that are in order of their ids."""
    rows, order = _LISTS[path](register, provider, version, query)
    return in_order(rows, order, query.sort)


def ordered(rows: list[Row], sort: str | None) -> tuple[list[Row], Order]:
    """Such rows put in order, the oldest first unless `sort` says otherwise."""
    return in_order(rows, oldest, sort)


def _last(value: Any) -> tuple[bool, Any]:
    """Puts in order what comes last where it is missing."""
    return value is None, value


def _in(cohort: str, query: Query) -> bool:
    return cohort > "2020" if query.cohorts is None else cohort in query.cohorts


def _since(rows: Iterable[Row], query: Query) -> list[Row]:
    return [row for row in rows if query.since is None or row.changed >= query.since]


def _participants(register: Register, provider: Provider, version: str, query: Query) -> tuple[list[Row], Ordering]:
    if version != "v3":
        found = [
            Row(whom.id, shown.flat(register, placement), whom.created, whom.updated, {"updated_at": whom.updated})
            for training in register.trainings
            for whom in [training.person]
            for placement in _newest_in(register.shown(provider, training), query)
        ]
        return _since(found, query), oldest if query.since is None else by("updated_at", oldest, descends=False)
    people = []
    for whom in register.people:
        placements = seen(register, provider, whom)
        wanted = [each for each in placements if _in(each.schedule.cohort, query)]
        status = query.training_status
        if not wanted or not (status is None or any(each.said.status == status for each in wanted)):
            continue
        if query.from_participant_id and register.current(query.from_participant_id) != whom.id:
            continue
        if query.from_participant_id and query.from_participant_id.lower() == whom.id:
            continue
        attributes = shown.person(register, whom, placements, register.now)
        keys = {"created_at": whom.created, "updated_at": whom.updated, "id": whom.id}
        people.append(Row(whom.id, attributes, whom.created, whom.updated, keys))
    return _since(people, query), oldest


def _newest_in(placements: list[Placement], query: Query) -> list[Placement]:
    return [each for each in placements if _in(each.schedule.cohort, query)][:1]


def seen(register: Register, provider: Provider, whom: Person) -> list[Placement]:
    """The newest placement of each training of somebody that a provider is shown."""
    return [p for training in register.trainings_of(whom) for p in register.shown(provider, training)[:1]]


def _declarations(register: Register, provider: Provider, version: str, query: Query) -> tuple[list[Row], Ordering]:
    found = [
        Row(each.id, shown.declaration(each, version), each.created, each.updated)
        for each in register.declarations
        if sees_declaration(register, provider, each, leavers=version == "v3")
        and _in(each.cohort, query)
        and (query.participant_ids is None or each.person.id in query.participant_ids)
        and (query.partner_ids is None or each.partner_id in query.partner_ids)
    ]
    if version == "v3" or register.deployed:
        return _since(found, query), oldest
    return [row for row in found if query.since is None or row.changed > query.since], oldest


def sees_declaration(register: Register, provider: Provider, made: Declaration, *, leavers: bool) -> bool:
    """Its own, and of others what stands of those whom it took over."""
    if made.provider is provider:
        return True
    for placement in register.shown(provider, made.training):
        ends = placement.ends_on
        leaves = leavers and placement.view == "leaving" and ends is not None and made.dated.date() <= ends
        if made.live and (placement.view == "active" or leaves):
            return True
    return False


def _transfers(register: Register, provider: Provider, _version: str, query: Query) -> tuple[list[Row], Ordering]:
    rows = []
    for whom in register.people:
        trainings = sorted(register.trainings_of(whom), key=lambda each: (each.created, each.id))
        found = [move for training in trainings for move in moves_seen(register, provider, training)]
        if found:
            keys = {"updated_at": whom.updated}
            rows.append(Row(whom.id, shown.transfers(register, whom, found), whom.created, whom.updated, keys))
    return _since(rows, query), oldest if query.since is None else lambda row: (row.changed,)


def _unfunded(register: Register, provider: Provider, _version: str, query: Query) -> tuple[list[Row], Ordering]:
    latest = [each for whom in register.people for each in seen(register, provider, whom)]
    trained = {each.training.person.id for each in latest}
    mentors = {each.mentor.id: each.mentor for each in latest if each.mentor and each.mentor.id not in trained}
    rows = []
    for whom in mentors.values():
        training = _as_mentor(register, whom)
        if training is not None and (register.deployed or training.validated):
            attributes = shown.unfunded_mentor(whom, training)
            keys = {"created_at": whom.created, "updated_at": whom.updated}
            keys |= {name: attributes[name] for name in ("full_name", "email")}
            rows.append(Row(whom.id, attributes, whom.created, whom.updated, keys))
    return _since(rows, query), oldest


def _as_mentor(register: Register, whom: Person) -> Training | None:
    return next((each for each in register.trainings_of(whom) if each.role == "mentor"), None)


def _partnerships(register: Register, provider: Provider, _version: str, query: Query) -> tuple[list[Row], Ordering]:
    rows = []
    for each in register.partnerships:
        if each.provider is not provider or each.relationship or not _in(each.cohort, query):
            continue
        if query.partner_ids is not None and each.partner.id not in query.partner_ids:
            continue
        changed = max(each.updated, each.school.updated, each.partner.updated)
        keys: dict[str, Any] = {
            "created_at": each.created,
            "updated_at": each.updated if register.deployed else changed,
        }
        keys |= {"id": each.id, "school_id": each.school.id, "delivery_partner_id": each.partner.id}
        keys |= {"challenge_reason": _last(each.challenged_reason), "challenged_at": _last(each.challenged_at)}
        rows.append(Row(each.id, shown.partnership(each), each.created, changed, keys))
    return _since(rows, query), oldest


def _schools(register: Register, _provider: Provider, _version: str, query: Query) -> tuple[list[Row], Ordering]:
    (cohort,) = query.cohorts or ("",)
    rows = []
    for each in register.schools:
        if query.urn not in (None, each.urn):
            continue
        shown_as_changed = each.updated_in(cohort)
        ever = max([each.updated, *each.programmes_updated.values()])
        keys = {"created_at": each.created, "name": each.name, "urn": each.urn, "id": each.id}
        keys |= {"updated_at": each.updated if register.deployed else shown_as_changed}
        changed = ever if register.deployed else shown_as_changed
        rows.append(Row(each.id, shown.school(register, each, cohort), each.created, changed, keys))
    return _since(rows, query), oldest


def _partners(register: Register, provider: Provider, _version: str, query: Query) -> tuple[list[Row], Ordering]:
    rows = []
    for each in register.partners:
        if any(_in(cohort, query) for cohort in each.works_with.get(provider.id, ())):
            keys = {"created_at": each.created, "updated_at": each.updated, "name": each.name, "id": each.id}
            rows.append(Row(each.id, shown.partner(each, provider), each.created, each.updated, keys))
    return rows, oldest


def _statements(register: Register, provider: Provider, _version: str, query: Query) -> tuple[list[Row], Ordering]:
    rows = []
    for each in register.statements:
        if each.provider is provider and each.output and _in(each.cohort, query) and query.type in (None, "ecf"):
            keys: dict[str, date | str] = {"payment_date": each.payment, "cohort": each.cohort}
            rows.append(Row(each.id, shown.statement(each), each.created, each.updated, keys))
    return _since(rows, query), lambda row: (row.keys["payment_date"], row.keys["cohort"])


_LISTS: Final[Mapping[str, Callable[[Register, Provider, str, Query], tuple[list[Row], Ordering]]]] = {
    PARTICIPANTS: _participants,
    DECLARATIONS: _declarations,
    TRANSFERS: _transfers,
    UNFUNDED: _unfunded,
    PARTNERSHIPS: _partnerships,
    SCHOOLS: _schools,
    PARTNERS: _partners,
    STATEMENTS: _statements,
}
