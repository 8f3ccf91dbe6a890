"""What is shown of people: names, eligibility, induction, mentors; and who sees them."""

from __future__ import annotations

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.marks import accepts, refuses
from contract_tests.register.asking import (
    CLAIMED,
    IN_APRIL,
    IN_MARCH,
    PARTICIPANTS,
    UNFUNDED,
    act,
    declare,
    listed,
    lists,
    not_found,
    shows,
)
from contract_tests.register.backstage import RIVERBANK, RegisterBackstage


@accepts("show.full-name")
def test_a_corrected_name_is_shown_in_place_of_the_one_that_was_known(api: Api, stage: RegisterBackstage) -> None:
    stage.partnership()
    ect = stage.registered(full_name="Jane Smith", trn="3333333", email="jane@riverbank.example.com")
    api.get(f"{PARTICIPANTS}/{ect}").shows(full_name="Jane Smith", teacher_reference_number="3333333")
    shows(api, ect, email="jane@riverbank.example.com")
    stage.act("PATCH", f"/participants/{ect}", full_name="Jane Doe", email="doe@riverbank.example.com")
    api.get(f"{PARTICIPANTS}/{ect}").shows(full_name="Jane Doe")
    shows(api, ect, email="doe@riverbank.example.com")


@accepts("show.eligible", "show.induction", "status.derive")
def test_eligibility_and_induction_are_what_became_known_of_them(api: Api, stage: RegisterBackstage) -> None:
    unknown, exempt, claimed = (stage.person(validation="unknown").id for _ in range(3))
    stage.act("POST", f"/participants/{exempt}/validate", status="exempt")
    stage.act("POST", f"/participants/{claimed}/validate", on="2025-09-04")
    stage.act("POST", f"/participants/{claimed}/validate", status="exempt")
    for each, eligible, began in ((unknown, None, None), (exempt, False, None), (claimed, True, "2025-09-04")):
        shows(api, each, eligible_for_funding=eligible, overall_induction_start_date=began, induction_end_date=None)
    stage.act("PUT", f"/participants/{claimed}/induction-end", on="2026-09-10", outcome="pass")
    shows(
        api,
        claimed,
        induction_end_date="2026-09-10",
        most_recent_induction_period_end_date="2026-09-10",
        overall_induction_start_date="2025-09-04",
        participant_status="active",
    )


@accepts("show.induction")
def test_a_release_ends_a_period_and_not_the_induction(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    stage.act("PUT", f"/participants/{ect}/induction-end", on="2026-06-10", outcome="release")
    shows(api, ect, induction_end_date=None, most_recent_induction_period_end_date="2026-06-10")
    stage.act("POST", f"/participants/{ect}/validate", on="2026-09-01")
    shows(api, ect, most_recent_induction_period_end_date=None, overall_induction_start_date="2025-09-02")


@accepts("show.eligible")
def test_a_mentor_is_eligible_at_once_and_not_once_they_are_not_funded(api: Api, stage: RegisterBackstage) -> None:
    mentor = stage.person("mentor").id
    shows(api, mentor, "mentor", eligible_for_funding=True, mentor_funding_end_date=None)
    early = stage.person("mentor").id
    reason = "completed_during_early_roll_out"
    stage.act("POST", f"/participants/{early}/validate", status=reason, on="2025-08-01")
    shows(
        api,
        early,
        "mentor",
        eligible_for_funding=False,
        mentor_funding_end_date="2025-08-01",
        mentor_ineligible_for_funding_reason=reason,
    )


@refuses("path.unknown")
@accepts("show.mentor", "vis.unfunded-mentor", "updated.unfunded-mentor")
def test_a_mentor_is_shown_as_long_as_they_mentor(api: Api, rival: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    mentor = stage.registered("mentor", "2025-09-03", programme="school_led", mentee_id=ect)
    shows(api, ect, mentor_id=mentor)
    listed(api, UNFUNDED, [mentor])
    listed(rival, UNFUNDED, [])
    not_found(rival.get(f"{UNFUNDED}/{mentor}"))
    not_found(api.get(f"{PARTICIPANTS}/{mentor}"))
    stage.act("PATCH", f"/participants/{mentor}", at="2026-09-15T10:00:00Z", email="new@riverbank.example.com")
    changed = {"email": "new@riverbank.example.com", "updated_at": "2026-09-15T10:00:00Z"}
    api.get(f"{UNFUNDED}/{mentor}").shows(**changed)
    listed(api, UNFUNDED, [mentor], **{"filter[updated_since]": "2026-09-15T10:00:00Z"})
    listed(api, UNFUNDED, [], **{"filter[updated_since]": "2026-09-15T10:00:01Z"})
    stage.act("POST", f"/participants/{mentor}/leave", on="2026-09-10")
    shows(api, ect, mentor_id=None)
    listed(api, UNFUNDED, [])


@accepts("show.mentor", "vis.unfunded-mentor")
def test_one_mentor_follows_another(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    first, second = (stage.registered("mentor", day, programme="school_led") for day in ("2025-09-03", "2025-09-04"))
    stage.act("POST", f"/participants/{ect}/mentor", at="2025-10-01T09:00:00Z", mentor_id=first)
    shows(api, ect, mentor_id=first)
    stage.act("POST", f"/participants/{ect}/mentor", mentor_id=second)
    shows(api, ect, mentor_id=second)
    shows(api.at("2026-09-14T09:00:00Z"), ect, mentor_id=first)
    listed(api, UNFUNDED, [second])


@accepts("show.mentor", "clock.header")
def test_a_mentor_goes_an_hour_after_their_last_day_whenever_that_is_asked(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    mentor = stage.registered("mentor", "2025-09-03", programme="school_led", mentee_id=ect)
    stage.act("POST", f"/participants/{mentor}/leave", on="2026-09-13")
    listed(api, PARTICIPANTS, [ect])  # who was looked at with everybody may be remembered as they were shown
    for asked, shown in (("00:59:59", mentor), ("01:00:00", None), ("00:59:59", mentor), ("23:59:59", None)):
        shows(api.at(f"2026-09-14T{asked}+01:00"), ect, mentor_id=shown)


@accepts("vis.unfunded-mentor")
def test_who_ever_trained_with_the_provider_is_no_unfunded_mentor(
    api: Api, rival: Api, stage: RegisterBackstage
) -> None:
    ect = stage.person().id
    mentor = stage.registered("mentor", "2025-09-03", mentee_id=ect)
    shows(api, ect, mentor_id=mentor)
    listed(api, UNFUNDED, [])
    stage.partnership(provider="harbour")
    theirs = stage.registered("mentor", "2025-09-04", provider="harbour")
    stage.act("POST", f"/participants/{ect}/mentor", mentor_id=theirs)
    listed(api, UNFUNDED, [theirs])
    listed(rival, UNFUNDED, [])


@accepts("vis.participant")
def test_who_ever_trained_with_a_provider_stays_in_its_sight(api: Api, rival: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    lists(rival, PARTICIPANTS, [])
    not_found(rival.get(f"{PARTICIPANTS}/{ect}"))
    stage.partnership(provider="harbour")
    stage.act("POST", f"/participants/{ect}/provider", provider="harbour")
    for provider, status in ((api, "left"), (rival, "active")):
        lists(provider, PARTICIPANTS, [ect])
        shows(provider, ect, participant_status=status, school_urn=RIVERBANK)


@accepts("vis.participant")
def test_training_that_had_not_begun_goes_with_the_provider(api: Api, rival: Api, stage: RegisterBackstage) -> None:
    for provider in ("northgate", "harbour"):
        stage.partnership("2026", provider=provider)
    ect = stage.registered(on="2026-09-02", starts_on="2026-10-05")
    lists(api, PARTICIPANTS, [ect])
    stage.act("POST", f"/participants/{ect}/provider", provider="harbour")
    lists(api, PARTICIPANTS, [])
    not_found(api.get(f"{PARTICIPANTS}/{ect}"))
    shows(rival, ect, participant_status="joining")


@accepts("vis.participant", "show.training-status")
def test_each_provider_sees_its_own_latest_training(api: Api, rival: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    act(api.at(IN_MARCH), "defer", ect, reason="career-break").is_accepted()
    stage.partnership(provider="harbour")
    stage.act("POST", f"/participants/{ect}/provider", at=IN_APRIL, provider="harbour")
    deferral = {"reason": "career-break", "date": IN_MARCH}
    shows(api, ect, training_status="deferred", deferral=deferral, participant_status="left")
    shows(rival, ect, training_status="active", deferral=None, participant_status="active")


@accepts("vis.participant", "status.derive")
def test_who_is_registered_in_error_is_gone(api: Api, stage: RegisterBackstage) -> None:
    ect, paid_for = stage.person(validation="unknown").id, stage.person().id
    declare(api, paid_for).shows(state="eligible")
    for each in (ect, paid_for):
        stage.act("POST", f"/participants/{each}/withdraw")
    not_found(api.get(f"{PARTICIPANTS}/{ect}"))
    lists(api, PARTICIPANTS, [paid_for])
    shows(api, paid_for, participant_status="left", training_status="active")


@accepts("read.cohort-filter", "vis.participant")
def test_who_is_both_is_one_with_two_enrolments_the_ects_first(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person(cohort="2024").id
    about = {"participant_type": "mentor", "urn": RIVERBANK, "provider": "northgate", "starts_on": "2025-09-03"}
    stage.partnership("2025")
    stage.act("POST", "/participants", at="2025-09-03T09:00:00Z", participant_id=ect, **about)
    shown = api.get(f"{PARTICIPANTS}/{ect}").attributes["ecf_enrolments"]
    require_equal(["ect", "mentor"], [each["participant_type"] for each in shown])
    require_equal(2, len({each["training_record_id"] for each in shown}))
    require_equal((True, None), (shown[0]["working_pattern"] is not None, shown[1]["working_pattern"]))
    for cohort in {each["cohort"] for each in shown}:
        listed(api, PARTICIPANTS, [ect], **{"filter[cohort]": cohort})
    listed(api, PARTICIPANTS, [], **{"filter[cohort]": "2023"})


@accepts("show.eligible", "decl.eligible")
def test_an_appropriate_body_makes_an_ect_eligible(api: Api, stage: RegisterBackstage) -> None:
    stage.partnership()
    ect = stage.registered(**CLAIMED)
    shows(api, ect, eligible_for_funding=True, overall_induction_start_date="2025-09-02")
