"""Cohorts, opened and closed for payments."""

from __future__ import annotations

import re
from typing import Final

from sandbox.actors import cohorts, dfe
from sandbox.edge.control.presented import Json
from sandbox.edge.control.request import ControlRequest, Declined, found
from sandbox.model import Cohort

_YEAR: Final = re.compile("20[0-9]{2}")


def open_cohort(request: ControlRequest) -> Json:
    """`POST /cohorts/{year}/open`."""
    year = request.ids["year"]
    if not _YEAR.fullmatch(year):
        raise Declined(422, ("year", f"{year} is no cohort. One is named by the year it begins in, such as 2026."))
    with request.acting() as (unit, moment):
        opened = cohorts.open_cohort(unit, moment, year)
    request.world.settle()  # what a cohort opened late has missed
    return _presented(opened)


def close_cohort(request: ControlRequest) -> Json:
    """`POST /cohorts/{year}/close`."""
    with request.acting() as (unit, moment):
        return _presented(dfe.close_cohort(unit, moment, found(unit, Cohort, request.ids["year"], "cohort")))


def _presented(cohort: Cohort) -> Json:
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
