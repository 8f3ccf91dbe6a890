"""Which schools there are to train with in a cohort: what `GET /schools/ecf` shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from sandbox.actions.call import Call
from sandbox.model import Cohort, Partnership, PresentedSchool, School
from sandbox.rules.book import RuleBook
from sandbox.rules.reading import Page
from sandbox.store.protocol import Reader


class SchoolFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which schools are asked for, and as of which cohort; None filters nothing."""

    cohort: str
    urn: str | None = None
    updated_since: datetime | None = None


def schools(
    reader: Reader, call: Call, wanted: SchoolFilter, sort: str | None, page: Page
) -> Sequence[PresentedSchool]:
    """One page of schools. A cohort that does not exist has none."""
    found = (_presented(reader, call.rules, school, wanted) for school in reader.all(School))
    rules = call.rules.reading
    listed = (school for school in found if school is not None)
    return rules.page_of(rules.in_order(listed, sort, rules.schools_by), page)


def school(reader: Reader, call: Call, school_id: str, wanted: SchoolFilter) -> PresentedSchool | None:
    """One school, if it is listed and the filter lets it through."""
    found = reader.get(School, school_id)
    return _presented(reader, call.rules, found, wanted) if found else None


def _presented(reader: Reader, rules: RuleBook, school: School, wanted: SchoolFilter) -> PresentedSchool | None:
    """A school as it stands in the cohort asked for; None if it is not listed there or not wanted."""
    partnerships = reader.find(Partnership, school_id=school.id, cohort=wanted.cohort)
    in_partnership = rules.visibility.in_partnership(partnerships)
    if not (
        reader.get(Cohort, wanted.cohort)
        and rules.visibility.lists_school(school, in_partnership=in_partnership)
        and wanted.urn in (None, school.urn)
        and rules.reading.changed_since(rules.marking.compared_of_school(school, wanted.cohort), wanted.updated_since)
    ):
        return None
    return PresentedSchool(
        school=school,
        cohort=wanted.cohort,
        in_partnership=in_partnership,
        updated_at=max(school.updated_at, school.programme_updated_at(wanted.cohort)),
    )
