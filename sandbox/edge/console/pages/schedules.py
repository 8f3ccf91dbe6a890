"""Schedules: the milestones of each, drawn as bars, with a line for today."""

from __future__ import annotations

from datetime import date
from typing import Final

from starlette.responses import Response

from sandbox.edge.console.pages.acts import acts_of
from sandbox.edge.console.views.bars import Line
from sandbox.edge.console.visit import Visit
from sandbox.model import Cohort, ContractPeriod, Schedule

STANDARD: Final = "standard"  # in the names of the schedules that most people are on


async def show(visit: Visit) -> Response:
    """The schedules of one cohort: the one asked for, or the newest that has begun."""
    reader, world = await visit.reading(), visit.world
    today, behaviour = world.moment({}).today, world.record.behaviour
    cohorts: list[Cohort | ContractPeriod] = [*reader.all(Cohort), *reader.all(ContractPeriod)]
    begun = [each.id for each in cohorts if _first_day(each) <= today]
    years = sorted(each.id for each in cohorts)
    year = visit.query.get("cohort", max(begun, default=years[-1] if years else ""))
    standard_first = sorted(reader.find(Schedule, cohort=year), key=lambda each: STANDARD not in each.identifier)
    schedules = [(each, each.milestones_in(behaviour)) for each in standard_first]
    days = [day for _, milestones in schedules for each in milestones for day in (each.starts, each.ends)]
    return visit.show(
        "schedules.html",
        years=years,
        year=year,
        cohort=next((each for each in cohorts if each.id == year), None),
        schedules=[(schedule, milestones) for schedule, milestones in schedules if milestones],
        line=Line.of(days, today),
        today=today,
        acts=acts_of(world.edition, "cohorts"),
    )


def _first_day(cohort: Cohort | ContractPeriod) -> date:
    return cohort.academic_year_starts if isinstance(cohort, Cohort) else cohort.starts
