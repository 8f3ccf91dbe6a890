"""What there is to choose from in a world: lead providers, cohorts, schools, mentors. Long lists are not offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from sandbox.edge.console.forms import Choice
from sandbox.model import (
    Cohort,
    ContractPeriod,
    DeliveryPartner,
    LeadProvider,
    Participant,
    Schedule,
    School,
    SchoolPeriod,
    Teacher,
    TrainingRecord,
)
from sandbox.store.protocol import Reader

LONGEST: Final = 400


def lists_of(reader: Reader) -> Mapping[str, Sequence[Choice]]:
    """Every list by the name of the fields that it is for."""
    mentors = list(_people(reader, "mentor"))
    ects = list(_people(reader, "ect"))
    cohorts = sorted({cohort.id for kind in (Cohort, ContractPeriod) for cohort in reader.all(kind)}, reverse=True)
    schedules = sorted({schedule.identifier for schedule in reader.all(Schedule)})
    lists = {
        "provider": [Choice(each.id, each.name) for each in reader.all(LeadProvider)],
        "cohort": [Choice(year, year) for year in cohorts],
        "urn": _by_name(Choice(each.urn, f"{each.name} ({each.urn})") for each in reader.all(School)),
        "mentor_id": _by_name(mentors),
        "mentee_id": _by_name(ects),
        "delivery_partner_id": _by_name(Choice(each.id, each.name) for each in reader.all(DeliveryPartner)),
        "schedule_identifier": [Choice(each, each) for each in schedules],
    }
    return {name: choices for name, choices in lists.items() if 0 < len(choices) <= LONGEST}


def _people(reader: Reader, role: str) -> Iterator[Choice]:
    """Everybody who trains, or is at a school, as this."""
    found = {each.participant_id for each in reader.all(TrainingRecord) if each.participant_type == role}
    found |= {each.teacher_id for each in reader.all(SchoolPeriod) if each.role == role}
    people: list[Participant | Teacher] = [*reader.all(Participant), *reader.all(Teacher)]
    return (Choice(each.id, each.full_name) for each in people if each.id in found)


def _by_name(choices: Iterable[Choice]) -> list[Choice]:
    return sorted(choices, key=lambda choice: choice.text)
