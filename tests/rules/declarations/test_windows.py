"""Every milestone of every schedule opens and closes to the second."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise, product
from typing import NamedTuple

import pytest

from tests.api import Api
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import Refusal, over, refusal

TYPES = ("started", "retained-1", "retained-2", "retained-3", "retained-4", "completed")
SEASONS = ("september", "january", "april")
AFTERWARDS = "2029-01-01T00:00:00Z"


class Window(NamedTuple):
    """The first and the last day that may be declared; None when it never closes."""

    cohort: int
    schedule: str
    type: str
    opens: date
    closes: date | None

    def __str__(self) -> str:
        return f"{self.cohort}/{self.schedule}/{self.type}"


def one_after_the_other(cohort: int, schedule: str, *opening: str) -> list[Window]:
    """Windows of which each opens when the one before has closed; with the last day that comes after them all."""
    days = [date.fromisoformat(day) for day in opening]
    return [
        Window(cohort, schedule, type, opens, next_opens - timedelta(days=1))
        for type, (opens, next_opens) in zip(TYPES, pairwise(days), strict=True)
    ]


def of_cohorts_2022_to_2024() -> list[Window]:
    """The same periods for all: whoever begins one period later has their milestones one period later."""
    windows: list[Window] = []
    for cohort in (2022, 2023, 2024):
        opening = [
            f"{cohort}-06-01",
            *(f"{year}-{day}" for year in (cohort + 1, cohort + 2) for day in ("01-01", "04-01", "08-01")),
            *(f"{cohort + 3}-{day}" for day in ("01-01", "04-01")),
        ]
        for begin, season in enumerate(SEASONS):
            windows += one_after_the_other(cohort, f"ecf-standard-{season}", *opening[begin : begin + len(TYPES) + 1])
    return windows


def of_cohort_2021() -> list[Window]:
    september = one_after_the_other(
        2021,
        "ecf-standard-september",
        *("2021-11-19", "2021-12-01", "2022-02-01", "2022-05-01", "2022-10-01", "2023-02-01", "2023-05-01"),
    )
    september[1] = september[1]._replace(opens=date(2021, 9, 1))
    january = ("2021-12-01", "2022-02-01", "2022-05-01", "2022-10-01", "2023-02-01", "2023-05-01", "2023-11-01")
    april = ("2022-04-01", "2022-08-01", "2023-01-01", "2023-04-01", "2023-08-01", "2024-01-01", "2024-04-01")
    return [
        *september,
        *one_after_the_other(2021, "ecf-standard-january", *january),
        *one_after_the_other(2021, "ecf-standard-april", *april),
    ]


def that_never_close() -> list[Window]:
    """Of cohort 2025 each type; and of the schedules that are not standard, the last milestone of each."""
    windows = [
        Window(2025, f"ecf-standard-{season}", type, date(2025, 7, 1), None)
        for season, type in [*product(SEASONS, ("started", "completed")), *product(SEASONS[:1], TYPES[1:-1])]
    ]
    for cohort in range(2021, 2026):
        first_days = (date(cohort, 9, 1), date(cohort + 1, 1, 1), date(cohort + 1, 4, 1))
        for season, opens in zip(SEASONS, first_days, strict=True):
            windows.append(Window(cohort, f"ecf-reduced-{season}", "completed", opens, None))
            windows.append(Window(cohort, f"ecf-extended-{season}", "extended-3", opens, None))
    return windows


@pytest.mark.parametrize("window", [*of_cohort_2021(), *of_cohorts_2022_to_2024(), *that_never_close()], ids=str)
@refuses("decl.milestone-start", "decl.milestone-end")
@accepts("decl.milestone-start", "decl.milestone-end")
def test_a_milestone_can_be_declared_from_its_first_second_to_its_last(
    northgate: Api, backstage: Backstage, window: Window
) -> None:
    # Nobody pays for her, so that her cohort need not be open.
    ada = backstage.person(cohort=str(window.cohort), validated="checking_qts")
    backstage.put_on_schedule(ada, f"{window.cohort}/{window.schedule}")
    afterwards = northgate.at(AFTERWARDS)
    engaged = window.cohort == 2025 and window.type in ("retained-2", "completed")
    evidence = "75-percent-engagement-met" if engaged else "other"

    def refused(dated: str) -> Refusal:
        return refusal(afterwards, Api.declare, ada, window.type, dated, evidence_held=evidence)

    def declared_and_voided(dated: str) -> int:
        declared = afterwards.declare(ada, window.type, dated, evidence_held=evidence)
        return afterwards.void(declared.id).status

    day = timedelta(days=1)
    assert refused(f"{window.opens - day}T23:59:59Z") == over("declaration_date", "decl.milestone-start")
    assert declared_and_voided(f"{window.opens}T00:00:00Z") == 200
    if window.closes is None:
        assert declared_and_voided(AFTERWARDS) == 200
    else:
        assert declared_and_voided(f"{window.closes}T23:59:59Z") == 200
        assert refused(f"{window.closes + day}T00:00:00Z") == over("declaration_date", "decl.milestone-end")
