"""What whoever writes seeds is told when something is wrong with them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sandbox.editions import ecf
from sandbox.seeding.files import SEEDS, SeedProblem
from sandbox.seeding.scenarios import play, scenarios

from .played import BEGAN_AT

Break = Callable[[str, str, str], None]

NEWCOMER = """---
- name: Nina Test
  id: 11111111-2222-4333-8444-555555555555
  email: nina.test@ashdown.example.com
  life:
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the seeds with no crowd, to be broken."""
    seeds = shutil.copytree(SEEDS, tmp_path / "seeds")
    crowd = seeds / "crowd.yaml"
    crowd.write_text(re.sub(r"\{2021: .*\}", "{}", crowd.read_text()))
    return seeds


def problem(folder: Path) -> str:
    with pytest.raises(SeedProblem) as caught:
        play("main", ecf.EDITION, "documented", began_at=BEGAN_AT, folder=folder)
    return str(caught.value)


def told(folder: Path, *events: str) -> str:
    """What is said of a life of these events."""
    life = NEWCOMER + "".join(f"    - {{{event}}}\n" for event in events)
    (folder / "people" / "newcomers.yaml").write_text(life)
    return problem(folder)


REGISTERED = "at: 2023-09-04T10:00:00Z, do: register, as: ect, school: 900101, cohort: 2023"
VALIDATED = "at: 2023-09-06T08:00:00Z, do: validate, found: eligible_to_start"
STARTED = "at: 2023-10-03T10:00:00Z, do: declare, type: started, dated: 2023-10-02T09:00:00Z"


def test_the_copy_is_sound_before_it_is_broken(folder: Path) -> None:
    play("main", ecf.EDITION, "documented", began_at=BEGAN_AT, folder=folder)


def test_an_unknown_scenario(folder: Path) -> None:
    with pytest.raises(SeedProblem, match=r"no scenario 'mian'. There are: main, first-cohort"):
        play("mian", ecf.EDITION, "documented", began_at=BEGAN_AT, folder=folder)


def test_a_missing_file(folder: Path) -> None:
    (folder / "schools.yaml").unlink()
    assert "schools.yaml cannot be read: No such file" in problem(folder)
    (folder / "scenarios.yaml").unlink()
    with pytest.raises(SeedProblem, match=r"scenarios\.yaml cannot be read"):
        scenarios(folder)


def test_what_is_no_yaml(folder: Path) -> None:
    (folder / "cohorts.yaml").write_text("- {year: 2021\n")
    assert re.search(r"cohorts\.yaml is not proper YAML: .*line", problem(folder), re.DOTALL)


def test_a_slip_of_the_pen_in_an_event(folder: Path) -> None:
    found = told(folder, REGISTERED, VALIDATED, STARTED.replace("dated", "datde"))
    assert re.search(r"newcomers\.yaml, Nina Test, life, declare: .*unknown field `datde`.*Correct it", found)


def test_an_event_that_nobody_knows(folder: Path) -> None:
    assert re.search(
        r"Nina Test, life, celebrate.*: Invalid value 'celebrate'",
        told(folder, "at: 2023-09-04T10:00:00Z, do: celebrate"),
    )


def test_a_time_that_is_not_utc(folder: Path) -> None:
    for time in ("2023-09-04T10:00:00", "2023-09-04T10:00:00+01:00"):
        found = told(folder, REGISTERED.replace("2023-09-04T10:00:00Z", time))
        assert "Nina Test, life, register: times are written in UTC" in found


def test_a_wrong_word(folder: Path) -> None:
    found = told(folder, REGISTERED, VALIDATED.replace("eligible_to_start", "fine"))
    assert "Nina Test, life, validate, found: Invalid enum value 'fine'" in found


def test_an_event_that_the_rules_refuse(folder: Path) -> None:
    found = told(folder, REGISTERED, VALIDATED, STARTED.replace("dated: 2023-10-02", "dated: 2023-05-02"))
    assert found.startswith(
        "people/newcomers.yaml, Nina Test (11111111-2222-4333-8444-555555555555): 'declare' at 2023-10-03T10:00:00Z "
        "is against decl.milestone-start."
    )


def test_an_event_that_is_impossible(folder: Path) -> None:
    assert "'declare' at 2023-10-03T10:00:00Z cannot happen: Nina Test is not registered" in told(folder, STARTED)
    assert "cannot happen: there is no school 123456" in told(folder, REGISTERED.replace("900101", "123456"))
    assert "has declared no started" in told(
        folder, REGISTERED, VALIDATED, "at: 2024-01-08T09:00:00Z, do: void, type: started"
    )
    found = told(folder, REGISTERED, VALIDATED, "at: 2024-01-08T09:00:00Z, do: retire-id, id: somebody")
    assert "nobody with the id somebody is registered" in found


def test_a_person_without_a_provider_and_nobody_named(folder: Path) -> None:
    found = told(folder, REGISTERED.replace("900101", "900405"), VALIDATED, STARTED)
    assert "say which one acts with `by`" in found
    found = told(folder, REGISTERED, VALIDATED, f"{STARTED}, by: southgate")
    assert "no lead provider 'southgate': there are northgate, harbour, meadow" in found


def test_a_person_who_is_two_things_and_neither_named(folder: Path) -> None:
    as_mentor = "at: 2024-09-04T10:00:00Z, do: register, as: mentor, school: 900101, cohort: 2024"
    found = told(folder, REGISTERED, VALIDATED, as_mentor, "at: 2024-09-05T08:00:00Z, do: withdraw-from-school")
    assert "registered as two things: say which with `as`" in found


def test_a_day_that_is_none(folder: Path) -> None:
    file = folder / "schedules.yaml"
    file.write_text(file.read_text().replace("from: Y-06-01", "from: Y-06-31", 1))
    assert "schedules.yaml, cohort 2022: 'Y-06-31' is no day" in problem(folder)


def test_a_delivery_partner_that_is_none(folder: Path) -> None:
    file = folder / "providers.yaml"
    file.write_text(file.read_text().replace("      fellside: [", "      hillside: [", 1))
    assert "providers.yaml, Northgate Teaching Institute: there is no delivery partner 'hillside'" in problem(folder)


def test_a_school_s_decision_that_is_impossible(folder: Path) -> None:
    file = folder / "schools.yaml"
    file.write_text(file.read_text().replace("programme: no_early_career_teachers", "programme: none_at_all", 1))
    found = problem(folder)
    assert found.startswith("schools.yaml, Stonebridge Infant School (900406): 'choose-programme' at 2024-04-")
    assert "there is no programme 'none_at_all'" in found


def test_a_partnership_that_the_rules_refuse(folder: Path) -> None:
    file = folder / "schools.yaml"
    file.write_text(file.read_text().replace("cohort: 2022, with: northgate", "cohort: 2021, with: northgate", 1))
    assert problem(folder).startswith(
        "schools.yaml, Riverbank Primary School (106286): 'agree-partnership' at 2022-05-20T08:28:42Z is against "
        "part.not-yours-already."
    )


def test_nothing_of_what_is_broken_is_kept_for_the_next_time(folder: Path) -> None:
    told(folder, STARTED)
    (folder / "people" / "newcomers.yaml").unlink()
    play("main", ecf.EDITION, "documented", began_at=BEGAN_AT, folder=folder)
