"""Lists as plainly as they can be made: everything that a provider sees, filtered, sorted and cut, each time anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sandbox.actions import ledger
from sandbox.actions.call import Call
from sandbox.actions.enrolments import enrolment_of, newest_of_each, participant_of, person_of
from sandbox.actions.ledger import DeclarationFilter
from sandbox.actions.provider_view import ProviderView
from sandbox.actions.roster import ParticipantFilter
from sandbox.editions.ecf.book import BOOKS
from sandbox.editions.ecf.presentation import PRESENTATIONS
from sandbox.editions.ecf.views import v1, v3
from sandbox.model import Declaration, IdChange, Participant, Placement, Schedule
from sandbox.rules.reading import Page, in_order
from sandbox.rules.visibility import sees_declaration
from sandbox.store.protocol import Reader

Json = dict[str, Any]

CREATED_OR_UPDATED = {
    "created_at": lambda record: record.created_at,
    "updated_at": lambda record: record.updated_at,
    "id": lambda record: record.id,
}


def cut(items: Sequence[Any], page: Page) -> Sequence[Any]:
    return items[(page.page - 1) * page.per_page : page.page * page.per_page]


def people(reader: Reader, call: Call, wanted: ParticipantFilter, sort: str | None, page: Page) -> list[Json]:
    """As v3 lists them."""

    def is_wanted(one: Participant) -> bool:
        retired = {change.from_participant_id for change in reader.find(IdChange, to_participant_id=one.id)}
        newest = [p for p in newest_of_each(seen[one.id]) if _is_of(reader, p, wanted.cohorts)]
        return (
            (wanted.updated_since is None or one.updated_at >= wanted.updated_since)
            and wanted.from_participant_id in (None, *retired)
            and any(wanted.training_status in (None, placement.training.status) for placement in newest)
        )

    seen = ProviderView.of(reader, call).all_placements()
    everyone = [participant_of(reader, id) for id in seen]
    found = in_order(filter(is_wanted, everyone), sort, CREATED_OR_UPDATED)
    shown = (person_of(reader, call, one.id, seen[one.id]) for one in cut(found, page))
    (presentation,) = (PRESENTATIONS[behaviour] for behaviour, book in BOOKS.items() if book is call.rules)
    return [presentation.person(person) for person in shown]


def enlisted(reader: Reader, call: Call, wanted: ParticipantFilter, page: Page) -> list[Json]:
    """As v1 lists them."""
    found = []
    for id, placements in ProviderView.of(reader, call).all_placements().items():
        one = participant_of(reader, id)
        if wanted.updated_since is None or one.updated_at >= wanted.updated_since:
            of_cohorts = newest_of_each(p for p in placements if _is_of(reader, p, wanted.cohorts))
            found += [(one, placement) for placement in of_cohorts]
    found.sort(key=lambda pair: (pair[0].created_at, pair[0].id, pair[1].training_record_id))
    if wanted.updated_since is not None:
        found.sort(key=lambda pair: pair[0].updated_at)
    return [v1.participant(enrolment_of(reader, call, placement)) for _, placement in cut(found, page)]


def declarations(reader: Reader, call: Call, wanted: DeclarationFilter, page: Page, *, leavers: bool) -> list[Json]:
    """As v3 lists them with `leavers`, else as v1 does."""

    def is_wanted(one: Declaration) -> bool:
        return (
            sees_declaration(call.provider.id, one, sight.placements(one.participant_id), leavers=leavers)
            and (wanted.participant_ids is None or one.participant_id in wanted.participant_ids)
            and (wanted.cohorts is None or one.cohort in wanted.cohorts)
            and (wanted.delivery_partner_ids is None or one.delivery_partner_id in wanted.delivery_partner_ids)
            and (wanted.changed_since is None or one.updated_at >= wanted.changed_since)
            and (wanted.changed_after is None or one.updated_at > wanted.changed_after)
        )

    sight = ProviderView.of(reader, call)
    found = in_order(filter(is_wanted, reader.all(Declaration)), None, CREATED_OR_UPDATED)
    view = v3.declaration if leavers else v1.declaration
    return [view(ledger.presented(reader, declaration)) for declaration in cut(found, page)]


def _is_of(reader: Reader, placement: Placement, cohorts: frozenset[str] | None) -> bool:
    schedule = reader.get(Schedule, placement.schedule_id)
    assert schedule is not None
    return schedule.cohort > "2020" if cohorts is None else schedule.cohort in cohorts
