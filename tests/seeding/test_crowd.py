"""The many: dealt like cards, the same way every time."""

from __future__ import annotations

from collections import Counter

import msgspec

from sandbox.seeding import crowd
from sandbox.seeding.biography import windows
from sandbox.seeding.events import Declare, Register
from sandbox.seeding.files import SEEDS, read
from sandbox.seeding.records import address, schedules
from sandbox.seeding.seeds import Person, Seeds

SEEDS_READ = read(SEEDS)


def registration(person: Person) -> Register:
    first = person.life[0]
    assert isinstance(first, Register)
    return first


def shuffled(shuffle: str) -> Seeds:
    other = msgspec.structs.replace(SEEDS_READ.crowd, shuffle=shuffle)
    return msgspec.structs.replace(SEEDS_READ, crowd=other)


def test_the_same_cards_deal_the_same_people() -> None:
    assert list(crowd.people(SEEDS_READ)) == list(crowd.people(read(SEEDS)))


def test_another_shuffle_deals_other_lives() -> None:
    assert list(crowd.people(shuffled("second deal"))) != list(crowd.people(SEEDS_READ))


def test_there_are_as_many_as_asked_for() -> None:
    wanted = dict.fromkeys(("2021", "2022", "2023", "2024"), 0)
    for numbers in SEEDS_READ.crowd.numbers.values():
        for cohort, number in numbers.items():
            wanted[cohort] += number
    assert Counter(registration(person).cohort for person in crowd.people(SEEDS_READ)) == wanted


def test_mentors_are_registered_before_their_ects_at_the_same_school() -> None:
    mentors: dict[str, Register] = {}
    for person in crowd.people(SEEDS_READ):
        registered = registration(person)
        if registered.role == "mentor":
            mentors[person.id] = registered
        else:
            mentor = mentors[registered.mentor or ""]
            assert (mentor.school, mentor.cohort) == (registered.school, registered.cohort)
            assert mentor.at < registered.at


def test_no_two_have_the_same_name_trn_or_address() -> None:
    people = list(crowd.people(SEEDS_READ))
    for known_by in ("id", "name", "trn", "email"):
        assert len({getattr(person, known_by) for person in people}) == len(people)


def test_declarations_are_made_in_time_and_after_what_they_declare() -> None:
    for person in crowd.people(SEEDS_READ):
        for event in person.life:
            if isinstance(event, Declare):
                assert event.dated < f"{event.at:%Y-%m-%dT%H:%M:%SZ}"


def test_windows_are_those_of_both_behaviours() -> None:
    found = {schedule.id: windows(schedule) for schedule in schedules(SEEDS_READ.schedules)}
    started = found["2021/ecf-standard-september"][0]
    assert (started.type, str(started.starts), str(started.ends)) == ("started", "2021-11-19", "2021-11-30")
    assert "completed" not in [window.type for window in found["2021/ecf-standard-january"]]
    assert found["2025/ecf-standard-april"] == ()


def test_addresses_are_plain() -> None:
    assert address("Siân D'Souza", "ashdown.example.com") == "sian.dsouza@ashdown.example.com"
    assert address("Ada Smith-Jones", "ashdown.example.com") == "ada.smith-jones@ashdown.example.com"
