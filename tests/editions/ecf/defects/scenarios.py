"""For each defect something to do in a world, what comes of it if all is right, and what if the defect is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from tests.rules.payment.personas import declaration_in

from .sandbox import World

DYLAN = "fdcde722-0f67-4663-b3ab-8595b4266b2e"  # declared as retained in February 2024, never as started
STARTED = ("started", "2024-10-14T09:00:00Z")
PARTICIPANTS = "/participants/ecf"
EVERYBODY = {"page[per_page]": "3000"}


class Scenario(NamedTuple):
    """What to do, and what it gives."""

    play: Callable[[World], Any]
    right: Any
    wrong: Any


SCENARIOS: Final[dict[str, Scenario]] = {}


def scenario(defect: str, *, right: Any, wrong: Any) -> Callable[[Callable[[World], Any]], Callable[[World], Any]]:
    def kept(play: Callable[[World], Any]) -> Callable[[World], Any]:
        assert defect not in SCENARIOS
        SCENARIOS[defect] = Scenario(play, right, wrong)
        return play

    return kept


@scenario("milestone-end-ignored", right=422, wrong=200)
def declare_after_the_milestone(world: World) -> int:
    ada = world.backstage.person()
    return world.api().at("2025-02-03T10:00:00Z").declare(ada, "started", "2025-01-01T00:00:00Z").status


@scenario("milestone-start-ignored", right=422, wrong=200)
def declare_before_the_milestone(world: World) -> int:
    return world.api().declare(world.backstage.person(), "started", "2024-05-20T09:00:00Z").status


@scenario("future-date-accepted", right=422, wrong=200)
def declare_what_is_still_to_come(world: World) -> int:
    return world.api().declare(world.backstage.person(), "started", "2024-11-20T09:00:00Z").status


@scenario("evidence-unchecked", right=422, wrong=200)
def declare_without_evidence(world: World) -> int:
    february = "2025-02-03T09:00:00Z"
    ada = world.backstage.person()
    return world.api().at(february).declare(ada, "retained-1", february, evidence_held=None).status


@scenario("declared-after-withdrawal", right=422, wrong=200)
def declare_of_somebody_withdrawn(world: World) -> int:
    api, ada, february = world.api(), world.backstage.person(), "2025-02-03T09:00:00Z"
    api.declare(ada, *STARTED)
    assert api.withdraw(ada).status == 200
    return api.at(february).declare(ada, "retained-1", february).status


@scenario("duplicate-accepted", right=422, wrong=200)
def declare_twice_on_different_days(world: World) -> int:
    api, ada = world.api(), world.backstage.person()
    assert api.declare(ada, *STARTED).status == 200
    return api.declare(ada, "started", "2024-10-15T09:00:00Z").status


@scenario("repeat-refused", right=200, wrong=422)
def declare_the_same_twice(world: World) -> int:
    api, ada = world.api(), world.backstage.person()
    assert api.declare(ada, *STARTED).status == 200
    return api.declare(ada, *STARTED).status


@scenario("accepted-statement-taken", right=False, wrong=True)
def declare_once_the_statement_is_accepted(world: World) -> bool:
    api, backstage = world.api(), world.backstage
    first = api.declare(backstage.person(), *STARTED).attributes["statement_id"]
    backstage.make_payable(backstage.statement(first))
    mentor = backstage.person("mentor", trn="7000003")
    second = api.declare(mentor, *STARTED, course_identifier="ecf-mentor").attributes["statement_id"]
    return bool(second == first)


@scenario("paid-voided-at-once", right="awaiting-clawback", wrong="voided")
def void_what_is_paid(world: World) -> Any:
    return world.api().void(declaration_in(world, "paid").id).attributes["state"]


@scenario("void-twice-accepted", right=422, wrong=200)
def void_what_is_voided(world: World) -> int:
    return world.api().void(declaration_in(world, "voided").id).status


@scenario("paid-without-started", right="eligible", wrong="paid")
def let_a_statement_be_paid(world: World) -> Any:
    world.passes_to("2025-02-03T09:00:00Z")
    (dylans,) = world.api().get("/participant-declarations", **{"filter[participant_id]": DYLAN}).data
    return dylans["attributes"]["state"]


@scenario("deferred-twice-accepted", right=422, wrong=200)
def defer_twice(world: World) -> int:
    api, ada = world.api(), world.backstage.person()
    assert api.defer(ada).status == 200
    return api.defer(ada).status


@scenario("withdrawal-changes-participant-status", right="active", wrong="withdrawn")
def withdraw(world: World) -> Any:
    api, ada = world.api(), world.backstage.person()
    api.declare(ada, *STARTED)
    assert api.withdraw(ada).status == 200
    return api.enrolment(ada)["participant_status"]


@scenario("past-forgotten", right=True, wrong=False)
def declare_of_the_time_before_another_mentor(world: World) -> Any:
    eve, ben = world.backstage.person("mentor", trn="7000091"), world.backstage.person("mentor", trn="7000092")
    ada = world.backstage.person(trn="7000093", mentor_id=eve)
    world.sandbox.control("POST", f"/participants/{ada}/mentor?world={world.id}", json={"mentor_id": ben})
    return world.api().declare(ada, *STARTED).attributes["mentor_id"] == eve


@scenario("schedule-ignores-declarations", right=422, wrong=200)
def move_to_a_schedule_that_opens_after_what_was_declared(world: World) -> int:
    api, ada = world.api(), world.backstage.person()
    api.declare(ada, *STARTED)
    return api.change_schedule(ada, "ecf-standard-january").status


@scenario("other-providers-participant-shown", right=404, wrong=200)
def ask_for_another_providers_participant(world: World) -> int:
    return world.api(provider="harbour").get(f"{PARTICIPANTS}/{world.backstage.person()}").status


@scenario("other-providers-participants-listed", right=False, wrong=True)
def look_for_another_providers_participant(world: World) -> bool:
    return world.backstage.person() in world.api(provider="harbour").get(PARTICIPANTS, **EVERYBODY).ids


@scenario("other-training-handed-over", right=404, wrong=200)
def ask_for_what_was_declared_of_other_training(world: World) -> int:
    api, ada = world.api(), world.backstage.person()
    mentoring = {"participant_id": ada, "participant_type": "mentor", "cohort": "2024"}
    world.acts("/participants", **mentoring)
    made = api.declare(ada, *STARTED, course_identifier="ecf-mentor")
    there = {"urn": world.backstage.school("harbour").urn, "participant_type": "ect"}
    world.acts(f"/participants/{ada}/leave", on="2024-11-03", participant_type="ect")
    world.acts(f"/participants/{ada}/join", on="2024-11-04", **there)
    return world.api(provider="harbour").get(f"/participant-declarations/{made.id}").status


@scenario("updated-since-exclusive", right=True, wrong=False)
def poll_since_the_last_change(world: World) -> bool:
    api, ada = world.api(), world.backstage.person()
    since = api.participant(ada)["updated_at"]
    return ada in api.get(PARTICIPANTS, **{"filter[updated_since]": since}, **EVERYBODY).ids


@scenario("cohort-filter-ignored", right={"2024"}, wrong={"2021", "2022", "2023", "2024", "2025"})
def ask_for_one_cohort(world: World) -> set[str]:
    listed = world.api("v1").get(PARTICIPANTS, **{"filter[cohort]": "2024"}, **EVERYBODY).data
    return {participant["attributes"]["cohort"] for participant in listed}


@scenario("page-two-repeats-page-one", right=False, wrong=True)
def turn_the_page(world: World) -> bool:
    return page(world, 1) == page(world, 2)


@scenario("page-skips-a-record", right=True, wrong=False)
def put_pages_together(world: World) -> bool:
    return page(world, 1) + page(world, 2) == world.api().get(PARTICIPANTS).ids[:4]


def page(world: World, number: int) -> list[str]:
    return world.api().get(PARTICIPANTS, **{"page[per_page]": "2", "page[page]": str(number)}).ids


@scenario("csv-lacks-a-column", right=True, wrong=False)
def compare_csv_with_json(world: World) -> bool:
    api = world.api("v1")
    header, *_ = api.get(f"{PARTICIPANTS}.csv").response.text.splitlines()
    return header.split(",") == ["id", *api.get(PARTICIPANTS).data[0]["attributes"]]


@scenario("v1-shows-everyone-active", right="deferred", wrong="active")
def compare_v1_with_v3(world: World) -> Any:
    ada = world.backstage.person()
    world.api().defer(ada)
    assert world.api().enrolment(ada)["training_status"] == "deferred"
    return world.api("v1").participant(ada)["training_status"]


@scenario("times-with-fractions", right="2024-11-15T09:00:00Z", wrong="2024-11-15T09:00:00.000Z")
def read_a_time(world: World) -> Any:
    return world.api().participant(world.backstage.person())["updated_at"]


@scenario("refusals-all-titled-base", right=["declaration_date"], wrong=["base"])
def read_the_title_of_a_refusal(world: World) -> list[str]:
    return world.api().declare(world.backstage.person(), "started", "yesterday").titles


@scenario("not-found-in-another-form", right=["error"], wrong=["errors"])
def ask_for_nobody(world: World) -> list[str]:
    return list(world.api().get(f"{PARTICIPANTS}/nobody").json)


@scenario("methods-answered-not-found", right=405, wrong=404)
@scenario("methods-answered-not-allowed", right=404, wrong=405)
def delete_a_list(world: World) -> int:
    return world.api().send("DELETE", PARTICIPANTS).status


@scenario("any-page-taken", right=400, wrong=200)
def turn_to_no_page(world: World) -> int:
    return world.api().get(PARTICIPANTS, **{"page[page]": "two"}).status


@scenario("any-server-date-taken", right=400, wrong=200)
def ask_as_of_no_time(world: World) -> int:
    return world.api().at("yesterday").get(PARTICIPANTS).status
