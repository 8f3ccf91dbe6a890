"""A world of ECF carried over into Register: ids stay, nobody is lost without a reason, nobody sees another's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import orjson
import pytest

from sandbox.editions import ALL
from sandbox.model import (
    Declaration,
    IdChange,
    LeadProvider,
    Participant,
    Partnership,
    Placement,
    Record,
    SchoolPeriod,
    Statement,
    Teacher,
    TrainingPeriod,
    TrainingRecord,
)
from sandbox.seeding.carrying import Migration, migrated
from sandbox.seeding.creation import Creation, exported
from sandbox.seeding.scenarios import scenarios
from sandbox.store.engine import MemoryStore
from tests.conformance import problems_with
from tests.editions.register.served import Server

SCENARIOS = [("main", "documented"), ("main", "deployed"), ("first-cohort", "documented")]
LISTS = (
    *("participants", "participant-declarations", "partnerships", "statements", "delivery-partners"),
    *("participants/transfers", "unfunded-mentors"),
)

Json = dict[str, Any]


@cache
def carried(scenario: str, behaviour: Any) -> tuple[MemoryStore, Migration]:
    """A scenario as ECF has it, and what it comes to."""
    creation, at = Creation(ALL), scenarios()[scenario].starts_at
    source = creation.fresh(scenario, behaviour, at, edition="ecf")
    return source, migrated(source, creation.editions["register"], at)


@pytest.fixture(params=SCENARIOS, ids=["-".join(each) for each in SCENARIOS])
def move(request: pytest.FixtureRequest) -> tuple[MemoryStore, Migration]:
    return carried(*request.param)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


def ids(store: MemoryStore, kind: type[Record]) -> set[str]:
    return {record.id for record in store.read().all(kind)}


def left(migration: Migration, kind: str) -> set[str]:
    return {remark.id for remark in migration.remarks.left_out if remark.kind == kind}


def test_everyone_and_everything_is_there_under_the_same_id_or_told_of(move: tuple[MemoryStore, Migration]) -> None:
    source, migration = move
    for kind, successor, name in (
        (Participant, Teacher, "participants"),
        (Partnership, Partnership, "partnerships"),
        (Statement, Statement, "statements"),
        (Declaration, Declaration, "declarations"),
        (LeadProvider, LeadProvider, "lead providers"),
        (IdChange, IdChange, "id changes"),
    ):
        before, after, told = ids(source, kind), ids(migration.store, successor), left(migration, name)
        assert before == after | told, name
        assert after & told == set(), name
        assert bool(after) == bool(before), name


def test_training_records_keep_their_ids_in_their_role(move: tuple[MemoryStore, Migration]) -> None:
    source, migration = move
    for record in source.read().all(TrainingRecord):
        teacher = migration.store.read().get(Teacher, record.participant_id)
        if teacher is None:
            assert record.participant_id in left(migration, "participants")
        else:
            assert teacher.as_role(record.participant_type).record_id == record.id


def test_declarations_keep_state_statements_and_times_and_are_of_a_training_of_their_provider(
    move: tuple[MemoryStore, Migration],
) -> None:
    source, migration = move
    reader = migration.store.read()
    for before in source.read().all(Declaration):
        after = reader.get(Declaration, before.id)
        if after is None:
            assert before.state == "ineligible"
            continue
        for name in ("state", "statement_id", "clawback_statement_id", "declaration_date", "updated_at", "cohort"):
            assert getattr(after, name) == getattr(before, name)
        training = reader.get(TrainingPeriod, after.training_period_id or "")
        assert training is not None
        assert (training.lead_provider_id, training.teacher_id) == (after.lead_provider_id, after.participant_id)
        assert after.delivery_partner_id is not None


def test_trainings_of_a_role_never_overlap_and_lie_inside_their_time_at_a_school(
    move: tuple[MemoryStore, Migration],
) -> None:
    _, migration = move
    reader = migration.store.read()
    for teacher in reader.all(Teacher):
        for role in ("ect", "mentor"):
            theirs = [each for each in reader.find(TrainingPeriod, teacher_id=teacher.id) if each.role == role]
            theirs.sort(key=lambda each: each.starts_on)
            for one, another in pairwise(theirs):
                assert one.ends_on is not None
                assert one.ends_on < another.starts_on
            for training in theirs:
                period = reader.get(SchoolPeriod, training.school_period_id)
                assert period is not None
                assert period.starts_on <= training.starts_on
                assert period.ends_on is None or (training.ends_on is not None and training.ends_on <= period.ends_on)
                partnership = reader.get(Partnership, training.partnership_id or "")
                assert (partnership is None) == (training.programme == "school_led")
                if partnership is not None:
                    assert training.schedule_id is not None
                    assert training.cohort == partnership.cohort == training.schedule_id.partition("/")[0]


@pytest.mark.parametrize("scenario", ["main", "first-cohort"])
def test_every_read_of_every_provider_works_and_nobody_sees_anybody_elses(server: Server, scenario: str) -> None:
    source, _ = carried(scenario, "documented")
    brought = server.control("POST", "/worlds/import", _export(source)).json()
    answer = server.control("POST", f"/worlds/{brought['id']}/migrate", {"id": f"register-{scenario}"})
    assert answer.status_code == 201, answer.text
    assert problems_with(answer) == []
    world, account = answer.json()["world"], answer.json()["migration"]
    told = {id for each in account["left_out"] if each["what"] == "participants" for id in each["ids"]}
    assert (world["edition"], world["scenario"]) == ("register", scenario)
    reader = source.read()
    for provider in world["providers"]:
        token = provider["token"]
        shown = {path: _all(server, path, token) for path in LISTS}
        placed = {each.participant_id for each in reader.find(Placement, lead_provider_id=provider["id"])}
        assert shown["participants"].keys() <= placed
        seen_in_ecf = _all(server, "participants/ecf", _token(brought, provider["id"]), "ecf").keys()
        assert seen_in_ecf - shown["participants"].keys() <= told
        declared = {each.id for each in reader.all(Declaration) if each.participant_id in placed}
        assert shown["participant-declarations"].keys() <= declared
        for path in ("partnerships", "statements"):
            kind: Any = {"partnerships": Partnership, "statements": Statement}[path]
            own = {each.id for each in reader.find(kind, lead_provider_id=provider["id"])}
            assert shown[path].keys() <= own
        for cohort in ("2021", "2024"):
            schools = _all(server, f"schools?filter[cohort]={cohort}", token)
            first = next(iter(schools))
            assert server.get(f"/schools/{first}?filter[cohort]={cohort}", token)["id"] == first
        for path, found in shown.items():
            for id in list(found)[:3]:
                single = f"/participants/{id}/transfers" if path == "participants/transfers" else f"/{path}/{id}"
                assert server.get(single, token)["id"] == id
    assert server.control("DELETE", f"/worlds/{world['id']}").status_code == 204


def test_what_is_carried_over_goes_on_there(server: Server) -> None:
    made = server.control("POST", "/worlds/main/migrate").json()
    token = made["world"]["providers"][0]["token"]
    people = _all(server, "participants?filter[training_status]=active&filter[cohort]=2024", token)
    ects = (id for id, each in people.items() if each["ecf_enrolments"][0]["participant_type"] == "ect")
    deferred = {"reason": "bereavement", "course_identifier": "ecf-induction"}
    answer = server.put(f"/participants/{next(ects)}/defer", deferred, token)
    assert answer.json()["data"]["attributes"]["ecf_enrolments"][0]["training_status"] == "deferred"
    assert server.control("PUT", f"/time?world={made['world']['id']}", {"now": "2025-02-01T09:00:00Z"}).is_success


def test_a_world_of_register_and_one_that_is_not_there_are_declined(server: Server) -> None:
    assert server.control("POST", "/worlds/register/migrate").json()["errors"][0]["title"] == "Impossible"
    assert server.control("POST", "/worlds/nowhere/migrate").status_code == 404
    assert (
        server.control("POST", "/worlds/main/migrate", {"edition": "ecf"}).json()["errors"][0]["title"] == "Impossible"
    )


def _export(source: MemoryStore) -> Json:
    exporting: Json = orjson.loads(exported(source, scenarios()["main"].starts_at))
    return exporting


def _token(world: Json, provider_id: str) -> str:
    return str(next(each["token"] for each in world["providers"] if each["id"] == provider_id))


def _all(server: Server, path: str, token: str, edition: str = "register") -> dict[str, Json]:
    """Every record of a list, by its id."""
    joint = "&" if "?" in path else "?"
    found: dict[str, Json] = {}
    for page in range(1, 20):
        answer = server.send("GET", f"/api/v3/{path}{joint}page[page]={page}&page[per_page]=500", token)
        assert answer.status_code == 200, answer.text
        assert problems_with(answer, edition) == []
        data = answer.json()["data"]
        found |= {each["id"]: each["attributes"] for each in data}
        if len(data) < 500:
            return found
    raise AssertionError(f"{path} never ends")
