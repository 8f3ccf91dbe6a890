"""Schools, with what they chose for each cohort and who trains there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from sandbox.edge.console.views.person import provider_name
from sandbox.model import DeliveryPartner, Partnership, School, SchoolCohort
from sandbox.store.protocol import Reader


class Partnered(msgspec.Struct, frozen=True, kw_only=True):
    """A partnership of a school; `challenged_at` if it stands no more."""

    id: str
    cohort: str
    provider: str
    delivery_partner: str
    challenged_at: datetime | None


class ListedSchool(msgspec.Struct, frozen=True, kw_only=True):
    """A school in a list. `programmes` go by cohort."""

    school: School
    programmes: Mapping[str, str]
    partnerships: Sequence[Partnered]


def schools(reader: Reader, wanted: str) -> Iterator[ListedSchool]:
    """Every school whose name or URN has this text in it, by name."""
    by_school: dict[str, list[Partnership]] = {}
    for partnership in reader.all(Partnership):
        if not partnership.relationship:
            by_school.setdefault(partnership.school_id, []).append(partnership)
    known = (each for each in reader.all(School) if wanted in f"{each.name} {each.urn}".lower())
    for school in sorted(known, key=lambda each: each.name):
        shown = {each.cohort: each.programme for each in reader.find(SchoolCohort, school_id=school.id)}
        theirs = sorted(by_school.get(school.id, ()), key=lambda each: each.cohort, reverse=True)
        yield ListedSchool(
            school=school,
            programmes=dict(sorted({**shown, **school.programmes}.items(), reverse=True)),
            partnerships=[_partnered(reader, each) for each in theirs],
        )


def _partnered(reader: Reader, partnership: Partnership) -> Partnered:
    partner = reader.get(DeliveryPartner, partnership.delivery_partner_id)
    return Partnered(
        id=partnership.id,
        cohort=partnership.cohort,
        provider=provider_name(reader, partnership.lead_provider_id) or "",
        delivery_partner=partner.name if partner else "",
        challenged_at=partnership.challenged_at,
    )
