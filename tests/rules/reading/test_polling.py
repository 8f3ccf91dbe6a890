"""A client that asks again and again for what changed since the newest `updated_at` it has seen misses nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sandbox.actors import dfe, school
from sandbox.model import Behaviour, Partnership, School, Statement
from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts
from tests.rules.variants import EVERY_BEHAVIOUR, EVERY_VERSION

from .mergers import moment, retire

STEP = timedelta(seconds=1, milliseconds=370)


@dataclass
class Poller:
    """Keeps a copy of a list up to date by what it is shown."""

    api: Api
    path: str
    query: dict[str, str] = field(default_factory=dict)
    copy: dict[str, dict[str, Any]] = field(default_factory=dict)

    def poll(self) -> None:
        newest = max((shown["updated_at"] for shown in self.copy.values()), default="2021-01-01T00:00:00Z")
        query = {**self.query, "filter[updated_since]": newest, "page[per_page]": "3000"}
        self.copy |= self._by_key(self.api.get(self.path, **query).data)
        for shown in list(self.copy.values()):
            for change in shown.get("participant_id_changes", []):
                self.copy.pop(change["from_participant_id"], None)

    def is_up_to_date(self) -> bool:
        return self.copy == self._by_key(self.api.get(self.path, **self.query, **{"page[per_page]": "3000"}).data)

    @staticmethod
    def _by_key(listed: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
        return {each["attributes"].get("training_record_id", each["id"]): each["attributes"] for each in listed}


def follow(poller: Poller, changes: list[Callable[[], object]]) -> None:
    """Poll after every change, with less than two seconds between them."""
    world = poller.api.world
    poller.poll()
    assert poller.is_up_to_date()
    for number, change in enumerate(changes):
        world.clock.at += STEP
        before = dict(poller.copy)
        change()
        poller.poll()
        assert poller.is_up_to_date(), f"change {number} was missed"
        assert poller.copy != before, f"change {number} is not seen at all"


@EVERY_VERSION
@EVERY_BEHAVIOUR
@accepts("read.updated-since")
def test_no_change_to_a_participant_is_missed_whoever_made_it(version: str, behaviour: Behaviour) -> None:
    world = World(behaviour=behaviour)
    backstage, api = Backstage(world), world.api(version)
    ada = backstage.person(trn="7000011")
    twin = backstage.person("mentor", trn="7000012", full_name="Ada J Hart")
    mentor = backstage.person("mentor", trn="7000013")

    def assign_mentor() -> None:
        with world.writing() as unit:
            school.assign_mentor(unit, moment(world), backstage.placement(ada), mentor)

    def end_induction() -> None:
        with world.writing() as unit:
            dfe.end_induction(unit, moment(world), backstage.training_record(ada), date(2024, 11, 1))

    def end_mentor_funding() -> None:
        with world.writing() as unit:
            record = backstage.training_record(mentor, "mentor")
            dfe.end_mentor_funding(unit, moment(world), record, date(2024, 11, 1), "started_not_completed")

    only_in_v3 = [end_induction, end_mentor_funding] if version == "v3" else []
    follow(
        Poller(api, "/participants/ecf"),
        [
            lambda: backstage.person(trn="7000014"),
            lambda: backstage.validate(ada, "checking_qts"),
            lambda: backstage.validate(ada, "eligible_to_start"),
            assign_mentor,
            lambda: api.defer(ada),
            lambda: api.resume(ada),
            lambda: api.change_schedule(ada, "ecf-reduced-september"),
            lambda: api.change_schedule(ada, "ecf-standard-september", cohort="2023"),
            *only_in_v3,
            lambda: api.declare(ada, "started", "2023-11-01T09:00:00Z") and api.withdraw(ada),
            lambda: backstage.withdraw_from_school(ada),
            lambda: retire(world, twin, ada),
        ],
    )


@EVERY_VERSION
@EVERY_BEHAVIOUR
@accepts("read.updated-since")
def test_no_change_to_a_declaration_is_missed_whoever_made_it(version: str, behaviour: Behaviour) -> None:
    world = World(behaviour=behaviour)
    backstage, api = Backstage(world), world.api(version)
    ada, ben = backstage.person(trn="7000021", validated="checking_qts"), backstage.person(trn="7000022")
    made: list[str] = []

    def statement() -> Statement:
        return backstage.statement(backstage.declaration(made[0]).statement_id)

    def declare(participant_id: str) -> None:
        made.append(api.declare(participant_id, "started", "2024-11-01T09:00:00Z").id)

    follow(
        Poller(api, "/participant-declarations"),
        [
            lambda: declare(ben),
            lambda: declare(ada),
            lambda: backstage.validate(ada, "eligible_to_start"),
            lambda: api.void(made[1]),
            lambda: backstage.make_payable(statement()),
            lambda: backstage.pay(statement()),
            lambda: api.void(made[0]),
        ],
    )


@EVERY_VERSION
@EVERY_BEHAVIOUR
@accepts("read.updated-since")
def test_what_falls_due_by_itself_is_not_missed_either(version: str, behaviour: Behaviour) -> None:
    world = World(behaviour=behaviour)
    api = world.api(version)
    poller = Poller(api, "/participant-declarations")
    poller.poll()
    for day in (datetime(2024, 11, 26, tzinfo=UTC), datetime(2025, 1, 2, tzinfo=UTC), datetime(2025, 2, 1, tzinfo=UTC)):
        world.clock.at = day
        before = dict(poller.copy)
        poller.poll()
        assert poller.copy != before
        assert poller.is_up_to_date()


@EVERY_BEHAVIOUR
@accepts("read.updated-since")
def test_no_change_to_a_school_is_missed_whoever_made_it(behaviour: Behaviour) -> None:
    world = World(behaviour=behaviour)
    backstage = Backstage(world)

    def hilltop() -> School:
        (found,) = world.store.read().find(School, urn="900405")
        return found

    def choose(programme: str) -> None:
        with world.writing() as unit:
            school.choose_programme(unit, moment(world), hilltop(), "2024", programme)

    def agree() -> None:
        oakfield = "cd3a1234-7308-4879-942a-c4a70ced400a"
        assert world.api("v3").confirm_partnership(hilltop().id, oakfield, "2024").status == 200

    def challenge() -> None:
        (made,) = world.store.read().find(Partnership, school_id=hilltop().id, cohort="2024")
        backstage.challenge(made)

    follow(
        Poller(world.api("v3", "harbour"), "/schools/ecf", {"filter[cohort]": "2024"}),
        [lambda: choose("school_led"), lambda: choose("provider_led"), agree, challenge],
    )


@EVERY_BEHAVIOUR
@accepts("read.updated-since")
def test_no_change_to_an_unfunded_mentor_is_missed_whoever_made_it(behaviour: Behaviour) -> None:
    world = World(behaviour=behaviour)
    backstage = Backstage(world)
    eve = backstage.person("mentor", provider="meadow", trn="7000041", validated="dfe_checking_eligibility")
    backstage.person(mentor_id=eve, trn="7000042")

    def move() -> None:
        with world.writing() as unit:
            leaving = school.report_leaving(unit, moment(world), backstage.placement(eve), date(2024, 11, 1))
            to = backstage.school("harbour")
            school.transfer_in(unit, moment(world), leaving, to, date(2024, 11, 1), email="eve@example.com")

    follow(
        Poller(world.api("v3"), "/unfunded-mentors/ecf"),
        [lambda: backstage.validate(eve, "eligible_to_start", "mentor"), move],
    )
