"""What becomes of what was declared: its state, its statement, who sees it, how it is taken back and paid."""

from __future__ import annotations

import pytest

from tests.rules.marks import accepts, refuses

from .world import COURSES, NOT_FOUND, Provider, World, over

CLAIMED = {"induction_starts_on": "2025-09-02"}
COMPLETED = {"course_identifier": "ecf-mentor", "evidence_held": "75-percent-engagement-met"}


def statement(world: World, id: str | None) -> dict[str, object]:
    assert id is not None
    shown = world.control("GET", f"/statements/{id}")["statement"]
    return {name: shown[name] for name in ("cohort", "deadline", "output", "state")}


@accepts("decl.eligible", "decl.statement")
def test_of_who_is_eligible_it_is_on_the_next_open_statement(world: World, northgate: Provider) -> None:
    declared = northgate.declare(world.trainee(**CLAIMED)).attributes
    assert (declared["state"], declared["clawback_statement_id"]) == ("eligible", None)
    assert statement(world, declared["statement_id"]) == {
        "cohort": "2025",
        "deadline": "2026-10-31",
        "output": True,
        "state": "open",
    }


@accepts("decl.eligible")
def test_of_who_is_not_known_to_be_it_is_submitted(world: World, northgate: Provider) -> None:
    declared = northgate.declare(world.trainee()).attributes
    assert (declared["state"], declared["statement_id"]) == ("submitted", None)


@accepts("decl.eligible")
def test_who_was_eligible_once_stays_so_for_this(world: World, northgate: Provider) -> None:
    ect = world.trainee(**CLAIMED)
    world.control("POST", f"/participants/{ect}/validate", status="exempt")
    assert northgate.declare(ect).attributes["state"] == "eligible"


@accepts("decl.becomes-eligible")
def test_when_they_become_eligible_what_was_submitted_joins_a_statement(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    declared = northgate.declare(ect)
    assert declared.attributes["state"] == "submitted"
    world.control("POST", f"/participants/{ect}/validate", on="2026-09-01")
    after = northgate.declaration(declared.id)
    assert after["state"] == "eligible"
    assert statement(world, after["statement_id"])["deadline"] == "2026-10-31"
    assert northgate.enrolment(ect)["eligible_for_funding"] is True


@accepts("decl.becomes-eligible")
def test_where_it_can_join_none_they_do_not_become_eligible(world: World, northgate: Provider) -> None:
    ect = world.trainee(cohort="2022")
    world.control("POST", f"/participants/{ect}/leave", "2023-07-03T09:00:00Z", on="2023-07-03")
    declared = northgate.declare(ect, dated="2022-10-10T09:00:00Z")
    world.control("POST", f"/participants/{ect}/validate", on="2026-09-01")
    assert northgate.declaration(declared.id)["state"] == "submitted"
    assert northgate.enrolment(ect)["eligible_for_funding"] is None


@accepts("decl.records-context", "updated.declaration")
def test_it_keeps_partner_and_mentor_of_its_time(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    mentor = world.person("mentor", "2025-09-03T09:00:00Z", mentee_id=ect)
    declared = northgate.declare(ect)
    assert declared.attributes["mentor_id"] == mentor
    before = declared.attributes["delivery_partner_id"]
    assert before == northgate.enrolment(ect)["delivery_partner_id"]
    (partnership,) = northgate.get("/partnerships").ids
    partners = northgate.get("/delivery-partners", **{"filter[cohort]": "2025"}).ids
    other = next(id for id in partners if id != before)
    later = northgate.at("2026-09-16T09:00:00Z")
    assert later.put(f"/partnerships/{partnership}", delivery_partner_id=other).status == 200
    after = northgate.declaration(declared.id)
    assert after["delivery_partner_id"] == before
    assert after["updated_at"] == "2026-09-16T09:00:00Z"


@accepts("decl.records-context")
def test_the_mentor_nearest_to_its_date_is_kept(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    first = world.person("mentor", "2025-09-03T09:00:00Z", mentee_id=ect)
    second = world.person("mentor", "2026-01-05T09:00:00Z", mentee_id=ect)
    kept = [
        northgate.declare(ect, type, date).attributes["mentor_id"]
        for type, date in [("started", "2025-07-01T09:00:00Z"), ("retained-1", "2026-02-02T09:00:00Z")]
    ]
    assert kept == [first, second]


@accepts("decl.records-context", "show.uplifts")
def test_uplifts_are_paid_with_a_start_before_2025(world: World, northgate: Provider) -> None:
    ect = world.trainee(cohort="2024", induction_starts_on="2024-09-02")
    assert northgate.enrolment(ect)["sparsity_uplift"] is True
    started = northgate.declare(ect, dated="2024-10-10T09:00:00Z")
    retained = northgate.declare(ect, "retained-1", "2025-01-10T09:00:00Z")
    pay(world, started.attributes["statement_id"])
    shown = {id: northgate.declaration(id) for id in (started.id, retained.id)}
    assert [shown[id]["state"] for id in shown] == ["paid", "paid"]
    assert [shown[id]["uplift_paid"] for id in shown] == [True, False]


def pay(world: World, statement_id: str) -> None:
    """Have a statement's deadline pass, and the DfE pay it."""
    deadline = str(world.control("GET", f"/statements/{statement_id}")["statement"]["deadline"])
    world.control("PUT", "/time", now=f"{deadline[:7]}-28T09:00:00Z")
    world.control("POST", "/time/advance", days=10)
    world.control("POST", f"/statements/{statement_id}/pay")


@accepts("pay.payable", "pay.paid", "updated.statement")
def test_statements_become_payable_at_night_and_are_paid_by_the_dfe_alone(world: World, northgate: Provider) -> None:
    declared = northgate.declare(world.trainee(**CLAIMED))
    on = declared.attributes["statement_id"]
    world.control("PUT", "/time", now="2026-11-01T09:00:00Z")
    assert northgate.declaration(declared.id)["state"] == "payable"
    assert northgate.get(f"/statements/{on}").attributes["updated_at"] == "2026-11-01T00:00:00Z"
    world.control("PUT", "/time", now="2027-02-01T09:00:00Z")
    assert northgate.get(f"/statements/{on}").attributes["paid"] is False
    world.control("POST", f"/statements/{on}/pay")
    assert northgate.declaration(declared.id)["state"] == "paid"
    assert northgate.get(f"/statements/{on}").attributes["paid"] is True


def test_a_statement_is_not_paid_before_its_deadline_nor_without_anything_to_settle(
    world: World, northgate: Provider
) -> None:
    on = northgate.declare(world.trainee(**CLAIMED)).attributes["statement_id"]
    refused = world.send("POST", f"/sandbox/statements/{on}/pay?world={world.id}")
    assert refused.status_code == 422
    listed = world.send("GET", f"/sandbox/statements?world={world.id}&cohort=2024&output=true&state=payable")
    (empty, *_) = [each["id"] for each in listed.json()["statements"]]
    assert world.send("POST", f"/sandbox/statements/{empty}/pay?world={world.id}").status_code == 422


@accepts("void.unpaid", "void.once")
@refuses("void.once")
def test_what_is_unpaid_is_voided_once(world: World, northgate: Provider) -> None:
    declared = northgate.declare(world.trainee(**CLAIMED))
    voided = northgate.void(declared.id).attributes
    assert (voided["state"], voided["statement_id"]) == ("voided", None)
    again = northgate.refused(lambda: northgate.void(declared.id))
    assert again == over("participant_declaration_id", "void.once")


@accepts("void.paid", "void.final", "void.frees-milestone", "pay.paid")
@refuses("void.final")
def test_what_is_paid_is_clawed_back(world: World, northgate: Provider) -> None:
    ect = world.trainee(**CLAIMED)
    declared = northgate.declare(ect)
    pay(world, declared.attributes["statement_id"])
    voided = northgate.void(declared.id).attributes
    assert voided["state"] == "awaiting-clawback"
    assert voided["statement_id"] == declared.attributes["statement_id"]
    final = over("participant_declaration_id", "void.final")
    assert northgate.refused(lambda: northgate.void(declared.id)) == final
    assert northgate.declare(ect).attributes["state"] == "eligible"
    pay(world, voided["clawback_statement_id"])
    assert northgate.declaration(declared.id)["state"] == "clawed-back"
    assert northgate.refused(lambda: northgate.void(declared.id)) == final


@refuses("void.paid-needs-statement")
@accepts("void.paid-needs-statement")
def test_nothing_is_clawed_back_without_a_later_statement(world: World, northgate: Provider) -> None:
    declared = northgate.declare(world.trainee(**CLAIMED))
    pay(world, declared.attributes["statement_id"])
    late = northgate.at("2028-08-01T09:00:00Z")
    refused = late.refused(lambda: late.void(declared.id))
    assert refused == over("participant_declaration_id", "void.paid-needs-statement")
    assert northgate.void(declared.id).attributes["state"] == "awaiting-clawback"


@refuses("path.unknown")
@accepts("vis.declaration", "path.unknown")
def test_another_providers_live_declarations_are_seen_but_not_voided(
    world: World, northgate: Provider, harbour: Provider
) -> None:
    ect = world.trainee()
    declared = northgate.declare(ect)
    assert harbour.get("/participant-declarations").ids == []
    world.partnership(provider="harbour")
    world.control("POST", f"/participants/{ect}/provider", provider="harbour")
    assert harbour.get("/participant-declarations").ids == [declared.id]
    assert harbour.declaration(declared.id)["lead_provider_name"] == "Northgate Teaching Institute"
    assert harbour.refused(lambda: harbour.void(declared.id)) == NOT_FOUND
    northgate.void(declared.id)
    assert harbour.get("/participant-declarations").ids == []
    assert harbour.refused(lambda: harbour.get(f"/participant-declarations/{declared.id}")) == NOT_FOUND
    assert northgate.get("/participant-declarations").ids == [declared.id]


@accepts("vis.declaration")
def test_what_another_declares_is_seen_up_to_midnight_before_the_last_day(
    world: World, northgate: Provider, harbour: Provider
) -> None:
    ect = world.trainee()
    world.partnership(provider="harbour")
    world.control("POST", f"/participants/{ect}/provider", "2026-03-02T09:00:00Z", provider="harbour")
    midnight = harbour.declare(ect, dated="2026-03-01T00:00:00Z")
    assert northgate.get("/participant-declarations").ids == [midnight.id]
    harbour.void(midnight.id)
    harbour.declare(ect, dated="2026-03-01T00:00:01Z")
    assert northgate.get("/participant-declarations").ids == []


@accepts("decl.mentor-completes")
def test_a_mentor_who_completes_is_not_funded_any_more(world: World, northgate: Provider) -> None:
    mentor = world.trainee("mentor")
    northgate.declare(mentor, "completed", "2026-07-02T23:30:00Z", **COMPLETED)
    shown = northgate.enrolment(mentor)
    assert shown["mentor_funding_end_date"] == "2026-07-03"
    assert shown["mentor_ineligible_for_funding_reason"] == "completed_declaration_received"
    assert shown["eligible_for_funding"] is True
    assert shown["participant_status"] == "active"
    counted = northgate.get("/partnerships").data[0]["attributes"]["participants_currently_training"]
    assert counted == 0


@accepts("void.mentor-reopens")
def test_a_mentor_trains_on_once_that_is_voided(world: World, northgate: Provider) -> None:
    mentor = world.trainee("mentor")
    declared = northgate.declare(mentor, "completed", "2026-07-03T09:00:00Z", **COMPLETED)
    northgate.void(declared.id)
    shown = northgate.enrolment(mentor)
    assert (shown["mentor_funding_end_date"], shown["mentor_ineligible_for_funding_reason"]) == (None, None)
    counted = northgate.get("/partnerships").data[0]["attributes"]["participants_currently_training"]
    assert (shown["participant_status"], counted) == ("active", 1)


@accepts("void.mentor-reopens")
def test_a_mentor_who_has_left_the_school_does_not_train_on(world: World, northgate: Provider) -> None:
    mentor = world.trainee("mentor")
    world.control("POST", f"/participants/{mentor}/leave", on="2026-09-10")
    declared = northgate.declare(mentor, "completed", "2026-07-03T09:00:00Z", **COMPLETED)
    assert northgate.void(declared.id).attributes["state"] == "voided"
    shown = northgate.enrolment(mentor)
    assert (shown["participant_status"], shown["mentor_funding_end_date"]) == ("left", None)


@accepts("sched.history", "read.participant-id", "read.cohort-filter", "read.single-unfiltered")
def test_declarations_are_listed_by_what_they_were_made_under(world: World, northgate: Provider) -> None:
    ect, mentor = world.trainee(), world.person("mentor")
    started, other = northgate.declare(ect), northgate.declare(mentor, course_identifier=COURSES["mentor"])
    world.partnership("2026")
    into = {"schedule_identifier": "ecf-standard-september", "course_identifier": "ecf-induction", "cohort": "2026"}
    assert northgate.put(f"/participants/{ect}/change-schedule", **into).status == 200
    listed = [
        ({}, [started.id, other.id]),
        ({"filter[cohort]": "2025"}, [started.id, other.id]),
        ({"filter[cohort]": "2026"}, []),
        ({"filter[cohort]": "abc,2025"}, [started.id, other.id]),
        ({"filter[cohort][]": "2025"}, [started.id, other.id]),
        ({"filter[participant_id]": ect.upper()}, [started.id]),
        ({"filter[participant_id]": f"abc,{mentor}"}, [other.id]),
        ({"filter[participant_id]": ect.replace("-", "")}, []),
        ({"filter[participant_id][]": ect}, [started.id, other.id]),
        ({"filter[delivery_partner_id]": ect}, []),
        ({"filter[delivery_partner_id]": started.attributes["delivery_partner_id"]}, [started.id, other.id]),
        ({"filter[updated_since]": "2026-09-15T00:00:00Z"}, [started.id, other.id]),
        ({"filter[updated_since]": "2026-10-15T00:00:00Z"}, []),
    ]
    for query, ids in listed:
        assert northgate.get("/participant-declarations", **query).ids == ids, query
    assert northgate.get(f"/participant-declarations/{started.id}", **{"filter[cohort]": "1999"}).id == started.id
    again = northgate.refused(lambda: northgate.declare(ect, dated="2026-09-14T09:00:00Z"))
    assert again == over("declaration_type", "decl.one-per-milestone")


@pytest.mark.parametrize("state", ["left", "deferred", "joining", "passed"])
@accepts("decl.before-withdrawal")
def test_it_does_not_matter_whether_training_goes_on(world: World, northgate: Provider, state: str) -> None:
    if state == "joining":
        world.partnership("2026")
        ect = world.person(at="2026-09-02T09:00:00Z", starts_on="2026-10-05")
    else:
        ect = world.trainee(**CLAIMED)
    if state == "left":
        world.control("POST", f"/participants/{ect}/leave", on="2026-09-10")
    if state == "deferred":
        northgate.put(f"/participants/{ect}/defer", reason="other", course_identifier="ecf-induction")
    if state == "passed":
        world.control("PUT", f"/participants/{ect}/induction-end", on="2026-09-10", outcome="pass")
    assert northgate.declare(ect, dated="2026-09-14T09:00:00Z").status == 200
