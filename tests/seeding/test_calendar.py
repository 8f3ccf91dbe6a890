"""The dates of the programme, as the seed files give them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from sandbox.model import Behaviour, Cohort, LeadProvider, Schedule, Statement

from .played import BEHAVIOURS, played

READER = played().read()
TO_COMPLETED = ("started", "retained-1", "retained-2", "retained-3", "retained-4", "completed")
SEASONS = ("september", "january", "april")


def schedule(id: str) -> Schedule:
    found = READER.get(Schedule, id)
    assert found is not None
    return found


def window(id: str, type: str, behaviour: Behaviour = "documented") -> tuple[str, str | None, str | None] | None:
    milestone = schedule(id).milestone(type, behaviour)
    if milestone is None:
        return None
    ends, payment = milestone.ends, milestone.payment
    return (str(milestone.starts), str(ends) if ends else None, str(payment) if payment else None)


def test_there_are_cohorts_from_2020_to_2025() -> None:
    cohorts = {cohort.id: cohort for cohort in READER.all(Cohort)}
    assert list(cohorts) == ["2020", "2021", "2022", "2023", "2024", "2025"]
    assert {id for id, cohort in cohorts.items() if cohort.mentor_funding and cohort.detailed_evidence} == {"2025"}
    frozen = {id: cohort.payments_frozen_at for id, cohort in cohorts.items() if cohort.payments_frozen_at}
    assert frozen == {"2021": datetime(2024, 4, 3, tzinfo=UTC)}
    assert cohorts["2023"].registration_opens == date(2023, 6, 5)


def test_every_cohort_from_2021_has_every_schedule() -> None:
    expected = {
        f"{cohort}/ecf-{kind}-{season}"
        for cohort in range(2021, 2026)
        for kind in ("standard", "extended", "reduced", "replacement")
        for season in SEASONS
    }
    assert {found.id for found in READER.all(Schedule)} == expected


@pytest.mark.parametrize(
    ("id", "type", "behaviour", "expected"),
    [
        ("2021/ecf-standard-september", "started", "documented", ("2021-11-19", "2021-11-30", "2021-11-30")),
        ("2021/ecf-standard-september", "started", "deployed", ("2021-09-01", "2021-11-30", "2021-11-30")),
        ("2021/ecf-standard-september", "retained-1", "documented", ("2021-09-01", "2022-01-31", "2022-02-28")),
        ("2021/ecf-standard-september", "completed", "deployed", ("2023-02-01", "2023-04-30", "2023-05-31")),
        ("2021/ecf-standard-january", "completed", "documented", ("2023-05-01", "2023-10-31", "2023-11-30")),
        ("2021/ecf-standard-january", "completed", "deployed", None),
        ("2021/ecf-standard-april", "started", "documented", ("2022-04-01", "2022-07-31", "2022-08-31")),
        ("2022/ecf-standard-september", "started", "documented", ("2022-06-01", "2022-12-31", "2022-11-30")),
        ("2023/ecf-standard-september", "retained-3", "deployed", ("2024-08-01", "2024-12-31", "2025-01-31")),
        ("2024/ecf-standard-january", "completed", "documented", ("2026-08-01", "2026-12-31", "2027-01-31")),
        ("2024/ecf-standard-april", "retained-2", "documented", ("2026-01-01", "2026-03-31", "2026-04-30")),
        ("2025/ecf-standard-april", "completed", "documented", ("2025-07-01", None, "2025-07-01")),
        ("2021/ecf-extended-september", "extended-3", "deployed", ("2021-09-01", None, None)),
        ("2023/ecf-reduced-january", "completed", "documented", ("2024-01-01", None, None)),
        ("2023/ecf-reduced-january", "extended-1", "documented", None),
        ("2024/ecf-replacement-april", "started", "documented", ("2025-04-01", None, None)),
    ],
)
def test_milestones(
    id: str, type: str, behaviour: Behaviour, expected: tuple[str, str | None, str | None] | None
) -> None:
    assert window(id, type, behaviour) == expected


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_milestones_of_later_cohorts_follow_one_another_without_a_gap(behaviour: Behaviour) -> None:
    for cohort in ("2022", "2023", "2024"):
        for season in SEASONS:
            found = [schedule(f"{cohort}/ecf-standard-{season}").milestone(type, behaviour) for type in TO_COMPLETED]
            days = [(milestone.starts, milestone.ends) for milestone in found if milestone]
            assert len(days) == len(TO_COMPLETED)
            for (_, ends), (starts, _) in pairwise(days):
                assert ends is not None
                assert (starts - ends).days == 1


def test_only_mentors_have_replacement_schedules() -> None:
    for found in READER.all(Schedule):
        mentors_only = "replacement" in found.identifier
        assert found.courses == (("ecf-mentor",) if mentors_only else ("ecf-induction", "ecf-mentor"))


def statements(cohort: str) -> list[Statement]:
    (northgate, *_) = READER.all(LeadProvider)
    return [s for s in READER.find(Statement, lead_provider_id=northgate.id) if s.cohort == cohort]


@pytest.mark.parametrize(
    ("cohort", "first", "last", "number", "outputs"),
    [
        ("2021", "2021-11", "2024-09", 34, 11),
        ("2022", "2022-11", "2025-08", 33, 11),
        ("2023", "2023-11", "2026-08", 34, 11),
        ("2024", "2024-11", "2027-05", 31, 10),
        ("2025", "2025-11", "2028-05", 31, 10),
    ],
)
def test_there_is_a_statement_for_every_month(cohort: str, first: str, last: str, number: int, outputs: int) -> None:
    found = statements(cohort)
    months = [f"{statement.year}-{statement.month:02}" for statement in found]
    assert (months[0], months[-1], len(months)) == (first, last, number)
    assert sum(statement.output for statement in found) == outputs
    assert f"{cohort}-12" not in months or cohort not in ("2021", "2022")


def test_statements_close_at_the_end_of_a_month_and_are_paid_on_the_25th_of_the_next() -> None:
    dates = {
        (s.cohort, f"{s.year}-{s.month:02}"): (str(s.deadline), str(s.payment_date)) for s in READER.all(Statement)
    }
    assert dates[("2022", "2023-02")] == ("2023-01-31", "2023-02-25")
    assert dates[("2021", "2021-11")] == ("2021-11-30", "2021-11-30")
    assert dates[("2022", "2022-11")] == ("2022-11-30", "2022-11-30")
    assert dates[("2023", "2024-10")] == ("2024-09-30", "2024-11-25")
    assert dates[("2024", "2025-01")] == ("2024-12-31", "2025-01-25")
