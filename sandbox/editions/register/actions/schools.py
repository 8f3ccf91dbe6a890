"""Schools, as they stand in one cohort."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from sandbox.actions.ordered_index import SortedBy
from sandbox.editions.register.actions.call import Call
from sandbox.editions.register.actions.marking import school_cohort
from sandbox.editions.register.presented import PresentedSchool
from sandbox.model import ContractPeriod, School
from sandbox.rules.reading import Page, in_order
from sandbox.store.protocol import Reader


class SchoolFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which schools are asked for, and as of which cohort."""

    cohort: str
    urn: str | None = None
    updated_since: datetime | None = None


SORTED_BY: Final[SortedBy[PresentedSchool]] = {
    "created_at": lambda each: each.school.created_at,
    "updated_at": lambda each: each.updated_at,
    "urn": lambda each: each.school.urn,
    "id": lambda each: (each.school.created_at, each.school.id),
    "api_id": lambda each: each.school.id,
}


def schools(
    reader: Reader, call: Call, wanted: SchoolFilter, sort: str | None, page: Page
) -> Sequence[PresentedSchool]:
    """One page of the schools that are seen in a cohort."""
    rules = call.rules.listing
    there = reader.find(School, urn=wanted.urn) if wanted.urn is not None else reader.all(School)
    presented = (_seen(reader, call, each, wanted.cohort) for each in there)
    found = [
        each for each in presented if each is not None and rules.changed_since(each.updated_at, wanted.updated_since)
    ]
    return rules.page_of(in_order(found, sort, SORTED_BY), page)


def school(reader: Reader, call: Call, id: str, cohort: str) -> PresentedSchool | None:
    """One school, if it is seen in a cohort."""
    found = reader.get(School, id)
    return _seen(reader, call, found, cohort) if found is not None else None


def _seen(reader: Reader, call: Call, school: School, cohort: str) -> PresentedSchool | None:
    if reader.get(ContractPeriod, cohort) is None:
        return None
    known = school_cohort(reader, school.id, cohort)
    in_partnership = known is not None and known.in_partnership
    if not call.rules.visibility.sees_school(school, in_partnership):
        return None
    shows_tutor = call.rules.visibility.shows_tutor(call.provider, known)
    return PresentedSchool(
        school=school,
        cohort=cohort,
        in_partnership=in_partnership,
        programme=known.programme if known else "not_yet_known",
        interested=known is not None and call.provider.id in known.interested,
        shows_tutor=shows_tutor,
        updated_at=max(school.updated_at, known.updated_at) if known else school.updated_at,
    )
