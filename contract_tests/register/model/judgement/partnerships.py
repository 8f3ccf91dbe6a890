"""Which partnerships are refused."""

from __future__ import annotations

from datetime import date

from contract_tests.register.model.judgement.refusal import Check, Refusal, judged
from contract_tests.register.model.known import YEARS, Known
from contract_tests.register.model.records import Partner, Partnership, Provider, School


def partnering(
    known: Known, provider: Provider, cohort: str | None, school: School | None, partner: Partner | None
) -> Refusal | None:
    """Over what a partnership is refused; None stands for nothing sent."""
    k, s, d = "cohort", "school_id", "delivery_partner_id"
    there = bool(cohort and school and known.partnerships_with(school, cohort, provider))
    standing = school.standings.get(cohort) if school and cohort else None
    return judged(
        [
            Check("part.cohort-given", k, (), lambda: not cohort),
            Check("part.school-given", s, (), lambda: school is None),
            Check("part.delivery-partner-given", d, (), lambda: partner is None),
            Check("part.cohort", k, (k,), lambda: cohort not in YEARS),
            Check("part.cohort-begun", k, (k,), lambda: date(int(cohort or 0), 6, 1) > known.today),
            Check("part.cohort-enabled", k, (k,), lambda: (cohort or "") < "2023"),
            Check(
                "part.delivery-partner-yours",
                d,
                (),
                lambda: partner is not None and cohort not in partner.works_with.get(provider, ()),
            ),
            Check("part.not-yours-already", s, (), lambda: there),
            Check("part.not-school-led", s, (), lambda: standing is not None and standing.programme == "school_led"),
        ]
    )


def changing_partner(known: Known, partnership: Partnership, partner: Partner | None) -> Refusal | None:
    """Over what another delivery partner of a partnership is refused."""
    d = "delivery_partner_id"
    there = known.partnerships_with(partnership.school, partnership.cohort, partnership.provider)
    return judged(
        [
            Check("part.delivery-partner-given", d, (), lambda: partner is None),
            Check(
                "part.delivery-partner-yours",
                d,
                (),
                lambda: partner is not None and not _works_there(partner, partnership),
            ),
            Check("part.update-delivery-partner", d, (), lambda: any(each.partner is partner for each in there)),
        ]
    )


def _works_there(partner: Partner, partnership: Partnership) -> bool:
    return partnership.cohort in partner.works_with.get(partnership.provider, ())
