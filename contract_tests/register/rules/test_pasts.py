"""People with a past, on days that count: gone and back, released and inducted anew, frozen out and come back."""

from __future__ import annotations

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.marks import accepts, refuses
from contract_tests.register.asking import (
    ELSEWHERE,
    EXTENDED,
    JANUARY,
    MENTOR,
    PARTICIPANTS,
    PARTNERSHIPS,
    STANDARD,
    TRANSFERS,
    UNFUNDED,
    act,
    change,
    declare,
    enrolment,
    listed,
    not_found,
    refused,
    shows,
)
from contract_tests.register.backstage import RIVERBANK, RegisterBackstage

MIDNIGHT = "2026-09-13T23:30:00Z"  # which is half past midnight of the 14th in London


@accepts("show.eligible")
def test_who_is_exempt_and_claimed_on_one_day_in_london_is_eligible(api: Api, stage: RegisterBackstage) -> None:
    same, later = (stage.person(validation="unknown").id for _ in range(2))
    for ect, claimed in ((same, "2026-09-14T08:00:00Z"), (later, "2026-09-15T08:00:00Z")):
        stage.act("POST", f"/participants/{ect}/validate", at=MIDNIGHT, status="exempt")
        stage.act("POST", f"/participants/{ect}/validate", at=claimed, on="2026-09-01")
    shows(api, same, eligible_for_funding=True)
    shows(api, later, eligible_for_funding=False)
    declare(api, later).shows(state="eligible")


@accepts("show.eligible")
def test_who_is_exempt_from_a_day_before_they_were_claimed_is_not_eligible(api: Api, stage: RegisterBackstage) -> None:
    before, same, after = (stage.person(validation="unknown").id for _ in range(3))
    for ect, day in ((before, "2026-09-13"), (same, "2026-09-14"), (after, "2026-09-15")):
        stage.act("POST", f"/participants/{ect}/validate", at="2026-09-14T08:00:00Z", on="2026-09-01")
        stage.act("POST", f"/participants/{ect}/validate", status="exempt", on=day)
        shows(api, ect, eligible_for_funding=ect != before)
        declare(api, ect).shows(state="eligible")


@accepts("show.induction")
def test_who_was_released_and_passes_later_began_with_the_first_period(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    stage.act("PUT", f"/participants/{ect}/induction-end", on="2026-06-10", outcome="release")
    stage.act("POST", f"/participants/{ect}/validate", on="2026-07-01")
    stage.act("PUT", f"/participants/{ect}/induction-end", on="2026-09-11", outcome="fail")
    shows(
        api,
        ect,
        overall_induction_start_date="2025-09-02",
        most_recent_induction_period_end_date="2026-09-11",
        induction_end_date="2026-09-11",
        participant_status="active",
    )


@refuses("resume.still-at-school")
@accepts("transfer.listed", "transfer.type", "status.derive")
def test_who_went_away_and_came_back_moved_twice(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    first = enrolment(api, ect)
    stage.partnership(urn=ELSEWHERE)
    stage.act("POST", f"/participants/{ect}/leave", at="2026-02-02T09:00:00Z", on="2026-02-02")
    stage.act("POST", f"/participants/{ect}/join", at="2026-03-02T09:00:00Z", urn=ELSEWHERE, on="2026-03-02")
    stage.act("POST", f"/participants/{ect}/join", at="2026-06-01T09:00:00Z", urn=RIVERBANK, on="2026-06-01")
    shows(api, ect, school_urn=RIVERBANK, participant_status="active", created_at=first["created_at"])
    moves = api.get(f"{PARTICIPANTS}/{ect}/transfers").attributes["transfers"]
    sides = [(side["school_urn"], side["date"]) for move in moves for side in (move["leaving"], move["joining"])]
    away = [(RIVERBANK, "2026-02-02"), (ELSEWHERE, "2026-03-02")]
    back = [(ELSEWHERE, "2026-05-31"), (RIVERBANK, "2026-06-01")]
    require_equal(away + back, sides)
    act(api, "withdraw", ect).is_accepted()
    stage.act("POST", f"/participants/{ect}/leave", on="2026-09-15")
    later = api.at("2026-09-16T09:00:00Z")
    refused(later, lambda: act(later, "resume", ect), "participant_id", of=ect)


@refuses("sched.not-left", "sched.fits-declarations")
@accepts("sched.effect", "sched.not-left", "sched.fits-declarations")
def test_who_leaves_tomorrow_is_put_on_a_schedule_and_who_leaves_today_is_not(
    api: Api, stage: RegisterBackstage
) -> None:
    today, tomorrow = (stage.person().id for _ in range(2))
    for ect, on in ((today, "2026-09-15"), (tomorrow, "2026-09-16")):
        stage.act("POST", f"/participants/{ect}/leave", on=on)
    refused(api, lambda: change(api, today), "participant_id", of=today)
    declare(api, tomorrow, dated="2025-10-10T09:00:00Z").is_accepted()
    change(api, tomorrow, JANUARY).is_accepted()
    shows(api, tomorrow, participant_status="leaving", schedule_identifier=JANUARY)
    shows(api.at("2026-09-16T09:00:00Z"), tomorrow, participant_status="left")


@refuses("training.begun", "sched.fits-declarations")
@accepts("training.begun", "sched.fits-declarations", "status.derive")
def test_training_that_begins_tomorrow_is_not_paused_yet_but_declared_of(api: Api, stage: RegisterBackstage) -> None:
    stage.partnership("2026")
    ect = stage.registered(on="2026-09-14", starts_on="2026-09-16")
    for name in ("withdraw", "defer"):
        refused(api, lambda: act(api, name, ect), "participant_id", of=ect)  # noqa: B023
    declare(api, ect, dated="2026-09-15T08:00:00Z").is_accepted()
    refused(api, lambda: change(api, ect, JANUARY), "schedule_identifier", of=ect)
    change(api, ect, EXTENDED).is_accepted()
    shows(api.at("2026-09-15T22:59:59Z"), ect, participant_status="joining")
    shows(api.at("2026-09-15T23:00:00Z"), ect, participant_status="active")
    second = api.at("2026-09-16T23:00:00Z")
    act(second, "defer", ect).is_accepted()


@refuses("sched.not-into-frozen", "decl.cohort-not-frozen")
@accepts("sched.frozen-cohort", "sched.not-into-frozen")
def test_a_mentor_comes_back_into_the_frozen_cohort_from_any_other(api: Api, stage: RegisterBackstage) -> None:
    mentor = stage.person("mentor", cohort="2022").id
    for cohort in ("2021", "2024", "2025"):
        stage.partnership(cohort)
    course = {"course_identifier": MENTOR}
    change(api, mentor, STANDARD, cohort="2024", **course).is_accepted()
    change(api, mentor, JANUARY, cohort="2025", **course).is_accepted()
    shows(api, mentor, "mentor", cohort="2025", cohort_changed_after_payments_frozen=True)
    refused(api, lambda: change(api, mentor, STANDARD, cohort="2021", **course), "cohort", of=mentor)
    change(api, mentor, STANDARD, cohort="2022", **course).is_accepted()
    shows(api, mentor, "mentor", cohort="2022", cohort_changed_after_payments_frozen=False)
    refused(api, lambda: declare(api, mentor, dated="2022-10-10T09:00:00Z", **course), "cohort", of=mentor)
    refused(api, lambda: change(api, mentor, JANUARY, **course), "cohort", of=mentor)


@accepts("transfer.who-sees", "vis.participant", "show.training-status")
def test_of_a_move_only_the_last_provider_before_and_the_first_after_it_know(
    api: Api, rival: Api, meadow: Api, stage: RegisterBackstage
) -> None:
    ect = stage.person().id
    for name, urn in (("meadow", RIVERBANK), ("harbour", ELSEWHERE), ("northgate", ELSEWHERE)):
        stage.partnership(provider=name, urn=urn)
    stage.act("POST", f"/participants/{ect}/provider", at="2025-11-03T09:00:00Z", provider="meadow")
    joining = {"on": "2026-02-02", "urn": ELSEWHERE, "provider": "harbour"}
    stage.act("POST", f"/participants/{ect}/join", at="2026-02-02T09:00:00Z", **joining)
    stage.act("POST", f"/participants/{ect}/provider", at="2026-05-04T09:00:00Z", provider="northgate")
    not_found(api.get(f"{PARTICIPANTS}/{ect}/transfers"))
    listed(api, TRANSFERS, [])
    for provider in (rival, meadow):
        listed(provider, TRANSFERS, [ect])
        (move,) = provider.get(f"{PARTICIPANTS}/{ect}/transfers").attributes["transfers"]
        require_equal(
            ("Meadow Education Partnership", "Harbour Learning Trust"),
            (move["leaving"]["provider"], move["joining"]["provider"]),
        )
    for provider, status, urn in ((api, "active", ELSEWHERE), (rival, "left", ELSEWHERE), (meadow, "left", RIVERBANK)):
        shows(provider, ect, participant_status=status, school_urn=urn, training_status="active")


@accepts("show.mentor", "vis.unfunded-mentor")
def test_a_mentor_who_is_leaving_is_shown_on_the_last_day_and_not_on_the_next(
    api: Api, rival: Api, stage: RegisterBackstage
) -> None:
    ect = stage.person().id
    stage.partnership(provider="harbour")
    mentor = stage.registered("mentor", provider="harbour")
    stage.act("POST", f"/participants/{ect}/mentor", at="2025-10-01T09:00:00Z", mentor_id=mentor)
    listed(rival, UNFUNDED, [])
    stage.act("POST", f"/participants/{mentor}/leave", on="2026-10-25")  # a day of 25 hours
    for at, shown in (("2026-10-25T12:00:00Z", mentor), ("2026-10-26T12:00:00Z", None)):
        shows(api.at(at), ect, mentor_id=shown)
        listed(api.at(at), UNFUNDED, [mentor] if shown else [])


@accepts("part.training-count", "status.derive")
def test_a_last_day_ends_at_midnight_in_london_whatever_the_clocks_do(api: Api, stage: RegisterBackstage) -> None:
    summer, winter = (stage.person().id for _ in range(2))
    (partnership,) = api.get(PARTNERSHIPS).ids
    stage.act("POST", f"/participants/{summer}/leave", on="2026-10-24")
    stage.act("POST", f"/participants/{winter}/leave", on="2026-10-26")
    shows(api.at("2026-10-23T22:59:59Z"), summer, participant_status="leaving")
    shows(api.at("2026-10-23T23:00:00Z"), summer, participant_status="left")
    shows(api.at("2026-10-25T23:59:59Z"), winter, participant_status="leaving")
    shows(api.at("2026-10-26T00:00:00Z"), winter, participant_status="left")
    counts = {
        "2026-10-24T22:59:59Z": 2,
        "2026-10-24T23:00:00Z": 1,
        "2026-10-26T23:59:59Z": 1,
        "2026-10-27T00:00:00Z": 0,
    }
    for at, count in counts.items():
        api.at(at).get(f"{PARTNERSHIPS}/{partnership}").shows(participants_currently_training=count)


@refuses("decl.evidence", "decl.before-withdrawal", "decl.one-per-milestone", "decl.in-sequence")
def test_of_who_was_withdrawn_everything_at_fault_is_told_in_order(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    act(api.at("2026-03-02T09:00:00Z"), "withdraw", ect).is_accepted()
    declare(api, ect, "retained-1", "2026-03-02T08:59:59Z").is_accepted()
    at, late = "2026-03-02T09:00:00Z", "2026-04-02T09:00:00Z"
    refused(api, lambda: declare(api, ect, "retained-2", at), "evidence_held", "participant_id", of=ect)
    refused(api, lambda: declare(api, ect, "retained-1", late), "declaration_type", "participant_id", of=ect)
    refused(api, lambda: declare(api, ect, "started", at), "participant_id", "declaration_date", of=ect)
    refused(api, lambda: declare(api, ect, "extended-1", late), "participant_id", of=ect)


@accepts("vis.participant")
def test_two_who_are_one_are_shown_in_the_order_in_which_they_began(api: Api, stage: RegisterBackstage) -> None:
    stage.partnership("2026")
    for told_first_remains in (True, False):
        later = stage.registered(on="2026-06-15", starts_on="2026-09-10", working_pattern="part_time")
        sooner = stage.registered(on="2026-07-01", working_pattern="full_time")
        stage.act("POST", f"/participants/{sooner}/leave", at="2026-08-20T09:00:00Z", on="2026-08-20")
        begun = enrolment(api, sooner)["created_at"]
        retired, remaining = (sooner, later) if told_first_remains else (later, sooner)
        stage.act("POST", f"/participants/{retired}/merge", into=remaining)
        shows(api, remaining, working_pattern="part_time", created_at=begun, participant_status="active")


@accepts("vis.participant")
def test_who_begins_after_all_cohorts_that_there_are_is_of_the_present_one(api: Api, stage: RegisterBackstage) -> None:
    stage.partnership("2026")
    for role in ("ect", "mentor"):
        for starts_on, season in (("2040-09-03", "september"), ("2040-04-03", "april")):
            who = stage.registered(role, "2026-09-14", starts_on=starts_on)
            shows(api, who, role, cohort="2026", schedule_identifier=f"ecf-standard-{season}")
            shows(api, who, role, participant_status="joining")
