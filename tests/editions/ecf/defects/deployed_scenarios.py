"""The same for defects that show in the behaviour `deployed` alone. Schools and the DfE act through the control API."""

from __future__ import annotations

from typing import Any

from tests.rules.partnerships.places import HILLTOP_VIEW, OAKFIELD, through

from .sandbox import World
from .scenarios import PARTICIPANTS, STARTED, scenario
from .scenarios import SCENARIOS as SCENARIOS

SEPTEMBER = "2024-09-02"
EXTENDED, JANUARY, STANDARD = "ecf-extended-september", "ecf-standard-january", "ecf-standard-september"
MENTOR = {"course_identifier": "ecf-mentor"}


def new(world: World, **details: Any) -> str:
    """Somebody registered, an ECT of 2024 unless said."""
    sent = {"cohort": "2024", "starts_on": SEPTEMBER} | details
    return str(world.acts("/participants", **sent)["participant"]["id"])


def joins_harbour(world: World, id: str, on: str = "2024-11-04") -> None:
    world.acts(f"/participants/{id}/join", urn=world.backstage.school("harbour").urn, on=on)


@scenario("accepted-statement-taken-as-of-then", right=False, wrong=True)
def declare_as_of_a_time_before_a_statement_was_accepted(world: World) -> bool:
    api, mentor = world.api(), new(world, participant_type="mentor")
    first = api.declare(new(world), *STARTED).attributes["statement_id"]
    world.acts(f"/statements/{first}/payable")
    before = api.at("2024-11-15T08:00:00Z")
    return bool(before.declare(mentor, *STARTED, **MENTOR).attributes["statement_id"] == first)


@scenario("context-before-the-first-day", right=True, wrong=False)
def declare_of_a_day_before_the_first(world: World) -> bool:
    ada = new(world, starts_on="2024-10-21")
    return world.api().declare(ada, *STARTED).attributes["delivery_partner_id"] is None


def withdrawn(world: World) -> str:
    ada = new(world)
    assert world.api().withdraw(ada).status == 200
    return ada


@scenario("undated-withdrawal-accepted", right=400, wrong=422)
def declare_of_somebody_withdrawn_without_a_date(world: World) -> int:
    return world.api().declare(withdrawn(world), "started", "rubbish").status


@scenario("stranger-named-first", right=["declaration_date"], wrong=["participant_id", "declaration_date"])
def declare_a_stranger_in_the_future(world: World) -> list[str]:
    return world.api().declare(new(world, provider="harbour"), "started", "2090-01-01T00:00:00Z").titles


@scenario("former-provider-by-its-own-schedule", right=422, wrong=200)
def declare_once_the_new_provider_has_changed_the_schedule(world: World) -> int:
    ada = new(world)
    joins_harbour(world, ada)
    assert world.api(provider="harbour").change_schedule(ada, JANUARY).status == 200
    return world.api().declare(ada, *STARTED).status


@scenario("duplicate-completes-a-mentor", right=None, wrong="2024-06-03")
def complete_a_mentor_twice(world: World) -> Any:
    known = {"participant_type": "mentor", "cohort": "2022", "starts_on": "2022-09-05", "trn": "7654321"}
    older = new(world, validation="none", **known)
    newer = new(world, **known)
    world.acts(f"/participants/{older}/validate", status="eligible_to_start")
    for mentor in (older, newer):
        assert world.api().declare(mentor, "completed", "2024-06-03T09:00:00Z", **MENTOR).status == 200
    return world.api().enrolment(newer, "mentor")["mentor_funding_end_date"]


@scenario("unknown-schedule-named-first", right=["Invalid action"], wrong=["schedule_identifier"])
def change_to_a_schedule_that_there_is_not(world: World) -> list[str]:
    return world.api().change_schedule(new(world), "ecf-standard-june").titles


@scenario("declared-milestone-not-sought", right=404, wrong=422)
def change_to_a_schedule_without_what_was_declared(world: World) -> int:
    api, ada = world.api().at("2025-03-10T09:00:00Z"), new(world)
    assert api.change_schedule(ada, EXTENDED).status == 200
    assert api.declare(ada, "extended-1", "2025-03-03T09:00:00Z", evidence_held="other").status == 200
    return api.change_schedule(ada, STANDARD).status


@scenario("going-back-undoes-the-move", right=True, wrong=False)
def go_back_with_nothing_billable(world: World) -> Any:
    api, ada = world.api(), new(world, cohort="2023", starts_on="2023-09-04")
    made = api.declare(ada, "started", "2023-10-02T09:00:00Z")
    world.acts("/cohorts/2023/close")
    assert api.change_schedule(ada, STANDARD, cohort="2024").status == 200
    assert api.void(made.id).status == 200
    assert api.change_schedule(ada, STANDARD, cohort="2023").status == 200
    return api.enrolment(ada)["cohort_changed_after_payments_frozen"]


@scenario("partnership-carries-nobody", right=200, wrong=404)
def confirm_a_partnership_where_somebody_is(world: World) -> int:
    ada = new(world, school_id=HILLTOP_VIEW)
    assert world.api().confirm_partnership(HILLTOP_VIEW, OAKFIELD, "2024").status == 200
    return world.api().get(f"{PARTICIPANTS}/{ada}").status


@scenario("programme-parts-nobody", right="left", wrong="active")
def choose_another_programme(world: World) -> Any:
    ada = new(world)
    school = through(world, ada).school_id
    world.acts(f"/schools/{school}/programme", cohort="2024", programme="no_early_career_teachers")
    return world.api().enrolment(ada)["participant_status"]


@scenario("no-ects-decides-nothing", right="no_early_career_teachers", wrong="provider_led")
def challenge_for_want_of_teachers(world: World) -> Any:
    standing = through(world, new(world))
    world.acts(f"/partnerships/{standing.id}/challenge", reason="no_ects")
    shown = world.api().get(f"/schools/ecf/{standing.school_id}", **{"filter[cohort]": "2024"})
    return shown.attributes["induction_programme_choice"]


@scenario("challenge-stops-writes", right=200, wrong=422)
def defer_through_a_challenged_partnership(world: World) -> int:
    ada = new(world)
    world.acts(f"/partnerships/{through(world, ada).id}/challenge")
    return world.api().defer(ada).status


@scenario("joiner-leaves-nowhere", right=200, wrong=404)
def look_for_the_transfer_of_a_joiner(world: World) -> int:
    ada = new(world)
    joins_harbour(world, ada)
    return world.api().get(f"{PARTICIPANTS}/{ada}/transfers").status


def mentored(world: World) -> tuple[str, str]:
    """An ECT, and who mentors them."""
    eve = new(world, participant_type="mentor")
    return new(world, mentor_id=eve), eve


@scenario("withdrawn-mentor-mentors-on", right=True, wrong=False)
def withdraw_a_mentor_from_school(world: World) -> bool:
    ada, eve = mentored(world)
    world.acts(f"/participants/{eve}/withdraw")
    return world.api().enrolment(ada)["mentor_id"] is None


@scenario("school-withdrawal-overlooked", right=422, wrong=200)
def defer_whom_the_school_withdrew(world: World) -> int:
    ada = new(world)
    world.acts(f"/participants/{ada}/withdraw")
    return world.api().defer(ada).status


def moves(world: World, id: str, path: str, **body: Any) -> bool:
    """Whether somebody's time is another once something is done an hour later."""
    before = world.api().participant(id)["updated_at"]
    world.passes_to("2024-11-15T10:00:00Z")
    world.acts(path, **body)
    return bool(world.api().participant(id)["updated_at"] != before)


@scenario("partnership-touches-its-own-alone", right=True, wrong=False)
def challenge_where_somebody_keeps_their_provider(world: World) -> bool:
    there, ben = through(world, new(world)), new(world, provider="meadow")
    world.acts(f"/participants/{ben}/join", school_id=there.school_id, on="2024-11-04", keeps_provider=True)
    meadow = world.api(provider="meadow")
    before = meadow.participant(ben)["updated_at"]
    world.passes_to("2024-11-15T10:00:00Z")
    world.acts(f"/partnerships/{there.id}/challenge")
    return bool(meadow.participant(ben)["updated_at"] != before)


@scenario("mentor-untouched", right=True, wrong=False)
def assign_a_mentor(world: World) -> bool:
    ada, eve = new(world), new(world, participant_type="mentor")
    return moves(world, eve, f"/participants/{ada}/mentor", mentor_id=eve)


@scenario("second-record-somebody-else", right=404, wrong=200)
def validate_the_second_record_of_a_trn(world: World) -> int:
    new(world, trn="7654321")
    second = new(world, trn="7654321", validation="none")
    world.acts(f"/participants/{second}/validate", status="eligible_to_start")
    return world.api().get(f"{PARTICIPANTS}/{second}").status


@scenario("retired-id-does-for-all", right=422, wrong=200)
def defer_other_training_under_a_retired_id(world: World) -> int:
    ada, eve = new(world), new(world, participant_type="mentor")
    world.acts(f"/participants/{ada}/merge", into=eve)
    return world.api().defer(ada, course="ecf-mentor").status


@scenario("paths-by-the-letter", right=200, wrong=404)
def ask_with_an_extension(world: World) -> int:
    return world.api().get(f"{PARTICIPANTS}.json").status


@scenario("private-paths-unknown", right=403, wrong=404)
def ask_for_what_is_there_for_others(world: World) -> int:
    return world.api("v1").get("/users").status


@scenario("bearers-only", right=200, wrong=401)
def ask_with_a_token_by_its_name(world: World) -> int:
    api = world.api()
    return api.send("GET", PARTICIPANTS, headers={"Authorization": f'Token token="{api.token}"'}).status


@scenario("third-name-of-json-unknown", right=200, wrong=400)
def defer_by_the_third_name_of_json(world: World) -> int:
    body = b'{"data":{"attributes":{"reason":"other","course_identifier":"ecf-induction"}}}'
    path = f"{PARTICIPANTS}/{world.backstage.person()}/defer"
    return world.api().send("PUT", path, headers={"Content-Type": "text/x-json"}, content=body).status


@scenario("list-of-attributes-ignored", right=400, wrong=422)
def defer_with_a_list(world: World) -> int:
    path = f"{PARTICIPANTS}/{world.backstage.person()}/defer"
    return world.api().send("PUT", path, json={"data": {"attributes": ["other"]}}).status


@scenario("deferral-resumes", right=400, wrong=200)
def resume_with_the_body_of_a_deferral(world: World) -> int:
    api, ada = world.api(), world.backstage.person()
    assert api.defer(ada).status == 200
    again = {"reason": "career-break", "course_identifier": "ecf-induction"}
    return api.put(f"{PARTICIPANTS}/{ada}/resume", **again).status


@scenario("no-cohort-judged", right=400, wrong=422)
def confirm_in_a_cohort_there_is_not(world: World) -> int:
    sent = {"school_id": HILLTOP_VIEW, "delivery_partner_id": OAKFIELD, "cohort": "1066"}
    return world.api().post("/partnerships/ecf", **sent).status


@scenario("sorted-by-the-person", right=400, wrong=200)
def sort_by_name(world: World) -> int:
    return world.api().get(PARTICIPANTS, sort="full_name").status


@scenario("ids-by-the-letter", right=200, wrong=404)
def ask_by_an_id_without_hyphens(world: World) -> int:
    return world.api().get(f"{PARTICIPANTS}/{world.backstage.person().replace('-', '')}").status


@scenario("filtered-ids-by-the-letter", right=1, wrong=0)
def look_for_what_was_declared_by_an_id_without_hyphens(world: World) -> int:
    api, ada = world.api(), world.backstage.person()
    api.declare(ada, *STARTED)
    return len(api.get("/participant-declarations", **{"filter[participant_id]": ada.replace("-", "")}).ids)


@scenario("years-by-the-letter", right=True, wrong=False)
def ask_for_what_begins_with_a_year(world: World) -> bool:
    return bool(world.api().get(PARTICIPANTS, **{"filter[cohort]": "2024x"}).ids)


@scenario("texts-trimmed", right=422, wrong=200)
def defer_for_a_reason_with_a_space(world: World) -> int:
    return world.api().defer(world.backstage.person(), "other ").status


@scenario("dates-never-roll-over", right=200, wrong=422)
def declare_on_the_last_day_and_one_more(world: World) -> int:
    return world.api().declare(world.backstage.person(), "started", "2024-09-31T09:00:00Z").status


@scenario("times-by-the-letter", right=200, wrong=400)
def poll_since_a_day_and_one_more(world: World) -> int:
    return world.api().get(PARTICIPANTS, **{"filter[updated_since]": "2024-09-31T09:00:00Z"}).status


@scenario("server-dates-by-the-letter", right="2024-12-24T00:00:00Z", wrong="2024-11-15T09:00:00Z")
def defer_on_a_day(world: World) -> Any:
    return world.api().at("2024-12-24").defer(world.backstage.person()).attributes["updated_at"]


@scenario("csv-refused-as-json", right="text/csv", wrong="application/vnd.api+json")
def ask_for_csv_wrongly(world: World) -> str:
    refused = world.api("v1").get(f"{PARTICIPANTS}.csv", **{"filter[updated_since]": "yesterday"})
    return refused.response.headers["Content-Type"]
