"""Cohorts, opened and closed for payments."""

from __future__ import annotations

import re
from typing import Final

from sandbox.actors import cohorts, dfe
from sandbox.edge.control.asked import Asked, Declined, found
from sandbox.edge.control.shown import Json
from sandbox.model import Cohort

_YEAR: Final = re.compile("20[0-9]{2}")


def open_cohort(asked: Asked) -> Json:
    """`POST /cohorts/{year}/open`."""
    year = asked.ids["year"]
    if not _YEAR.fullmatch(year):
        raise Declined(422, ("year", f"{year} is no cohort. One is named by the year it begins in, such as 2026."))
    with asked.acting() as (unit, moment):
        opened = cohorts.open_cohort(unit, moment, year)
    asked.door.settle()  # what a cohort opened late has missed
    return _shown(opened)


def close_cohort(asked: Asked) -> Json:
    """`POST /cohorts/{year}/close`."""
    with asked.acting() as (unit, moment):
        return _shown(dfe.close_cohort(unit, moment, found(unit, Cohort, asked.ids["year"], "cohort")))


def _shown(cohort: Cohort) -> Json:
    return {
        "cohort": {
            "year": cohort.id,
            "registration_opens": cohort.registration_opens,
            "academic_year_starts": cohort.academic_year_starts,
            "payments_frozen_at": cohort.payments_frozen_at,
            "mentor_funding": cohort.mentor_funding,
            "detailed_evidence": cohort.detailed_evidence,
        }
    }
