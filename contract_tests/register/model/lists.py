"""What each list holds of what is known, under which filters, in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, Final

from contract_tests.register.asking import (
    DECLARATIONS,
    PARTICIPANTS,
    PARTNERS,
    PARTNERSHIPS,
    SCHOOLS,
    STATEMENTS,
    TRANSFERS,
    UNFUNDED,
)
from contract_tests.register.model import shown
from contract_tests.register.model.known import Known
from contract_tests.register.model.moves import moves_seen
from contract_tests.register.model.records import ROLES, Declaration, Person, Provider, Stay, Training
from contract_tests.walking.rows import Order, Ordering, Row, in_order, oldest


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
    sort: str | None = None


def listed(known: Known, provider: Provider, path: str, query: Query) -> tuple[list[Row], Order]:
    """The rows of a list in order, and what each is put in order by."""
    found = _LISTS[path](known, provider, query)
    kept = [row for row in found if query.since is None or row.changed >= query.since]
    return in_order(kept, _ORDERS.get(path, oldest), None if path in _UNSORTED else query.sort)


def _in(cohort: str, query: Query) -> bool:
    return query.cohorts is None or cohort in query.cohorts


def _of(person: Person, id: str, attributes: dict[str, Any], changed: datetime, **keys: Any) -> Row:
    """A row about somebody: all lists of people can be sorted by what is known of the person."""
    known = {"created_at": person.created, "updated_at": person.updated, "trn": (person.trn is None, person.trn or "")}
    return Row(id, attributes, person.created, changed, known | keys)


def latest_of(known: Known, provider: Provider, person: Person) -> list[Training]:
    """A provider's latest training of somebody in each role."""
    found = (known.latest(provider, person, role) for role in ROLES)
    return [each for each in found if each is not None]


def _participants(known: Known, provider: Provider, query: Query) -> list[Row]:
    rows = []
    for person in known.people:
        latest = latest_of(known, provider, person)
        if not any(_in(each.cohort or "", query) for each in latest):
            continue
        if query.training_status and not any(query.training_status in _statuses(each) for each in latest):
            continue
        if query.from_participant_id and not _was(known, person, query.from_participant_id):
            continue
        rows.append(_of(person, person.id, shown.participant(known, person, latest), person.updated))
    return rows


def _statuses(training: Training) -> set[str]:
    stamps = {"withdrawn": training.withdrawn, "deferred": training.deferred}
    return {name for name, stamp in stamps.items() if stamp} or {"active"}


def _was(known: Known, person: Person, id: str) -> bool:
    return any(each.retired == id and each.remaining is person for each in known.id_changes)


def _declarations(known: Known, provider: Provider, query: Query) -> list[Row]:
    return [
        Row(each.id, shown.declaration(each), each.created, each.updated)
        for each in known.declarations
        if _sees(known, provider, each)
        and _in(each.cohort, query)
        and (query.participant_ids is None or each.person.id in query.participant_ids)
        and (query.partner_ids is None or each.partner.id in query.partner_ids)
    ]


def _sees(known: Known, provider: Provider, made: Declaration) -> bool:
    """Its own, and what stands of others' up to the midnight at which its own last training ends."""
    if made.provider is provider:
        return True
    latest = known.latest(provider, made.person, made.role)
    if latest is None or not made.live:
        return False
    return latest.ends is None or made.dated <= datetime.combine(latest.ends, time.min, UTC)


def _transfers(known: Known, provider: Provider, _query: Query) -> list[Row]:
    rows = []
    for person in known.people:
        moves = moves_seen(known, provider, person)
        own = [each.moved for move in moves for each in move.sides if each.provider is provider]
        if moves:
            rows.append(_of(person, person.id, shown.transfers(known, moves), max(own)))
    return rows


def _unfunded(known: Known, provider: Provider, _query: Query) -> list[Row]:
    found: dict[Person, Stay] = {}
    for person in known.people:
        latest = known.latest(provider, person, "ect")
        mentorship = known.mentorship_shown(latest.stay) if latest else None
        if mentorship and not known.sees(provider, mentorship.mentor.person):
            stay = mentorship.mentor
            newest = found.get(stay.person, stay)
            found[stay.person] = stay if newest.starts < stay.starts else newest
    return [
        _of(who, who.id, shown.unfunded_mentor(stay), who.mentor_updated, updated_at=who.mentor_updated)
        for who, stay in found.items()
    ]


def _partnerships(known: Known, provider: Provider, query: Query) -> list[Row]:
    return [
        Row(
            each.id,
            shown.partnership(known, each),
            each.created,
            each.updated,
            {"created_at": each.created, "updated_at": each.updated},
        )
        for each in known.partnerships
        if each.provider is provider
        and _in(each.cohort, query)
        and (query.partner_ids is None or each.partner.id in query.partner_ids)
    ]


def _schools(known: Known, provider: Provider, query: Query) -> list[Row]:
    (cohort,) = query.cohorts or ("",)
    rows = []
    for each in known.schools:
        if query.urn in (None, each.urn):
            changed = each.updated_in(cohort)
            keys = {"created_at": each.created, "updated_at": changed, "urn": each.urn}
            rows.append(Row(each.id, shown.school(provider, each, cohort), each.created, changed, keys))
    return rows


def _partners(known: Known, provider: Provider, query: Query) -> list[Row]:
    return [
        Row(
            each.id,
            shown.partner(each, provider),
            each.created,
            query.since or each.updated,  # which does not filter these
            {"created_at": each.created, "updated_at": each.updated, "name": each.name},
        )
        for each in known.partners
        if any(_in(cohort, query) for cohort in each.works_with.get(provider, ()))
    ]


def _statements(known: Known, provider: Provider, query: Query) -> list[Row]:
    return [
        Row(each.id, shown.statement(each), each.created, each.updated, {"due": (each.payment, each.cohort)})
        for each in known.statements
        if each.provider is provider and each.output and _in(each.cohort, query)
    ]


_LISTS: Final[Mapping[str, Callable[[Known, Provider, Query], list[Row]]]] = {
    PARTICIPANTS: _participants,
    DECLARATIONS: _declarations,
    TRANSFERS: _transfers,
    UNFUNDED: _unfunded,
    PARTNERSHIPS: _partnerships,
    SCHOOLS: _schools,
    PARTNERS: _partners,
    STATEMENTS: _statements,
}
_ORDERS: Final[Mapping[str, Ordering]] = {STATEMENTS: lambda row: (row.keys["due"],)}
_UNSORTED: Final = (DECLARATIONS, STATEMENTS)
