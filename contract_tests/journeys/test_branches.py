"""Where an ECT's training takes another way than the twelve steps."""

from __future__ import annotations

from contract_tests.api import Api
from contract_tests.errors import require
from contract_tests.journeys.tale import STARTED, Tale
from contract_tests.rules.partnership_offers import partnership
from contract_tests.target.backstage import Backstage


def test_a_break_and_back(rosa: Tale) -> None:
    rosa.declared("started", STARTED)
    rosa.api.defer(rosa.id, "parental-leave").is_accepted()
    rosa.is_shown(training_status="deferred")

    rosa.is_trained_until("2025-09-01")
    rosa.api.resume(rosa.id).is_accepted()
    rosa.is_shown(training_status="active")

    # The milestone ended while she was away. An extended schedule has no last days.
    rosa.declares("retained-1", "2025-09-01").is_refused(422, "declaration_date")
    rosa.api.change_schedule(rosa.id, "ecf-extended-september").is_accepted()
    rosa.is_shown(schedule_identifier="ecf-extended-september")
    rosa.declared("retained-1", "2025-09-01")
    rosa.has_declared(("started", "paid"), ("retained-1", "eligible"))


def test_she_leaves_training(rosa: Tale) -> None:
    rosa.is_paid(rosa.declared("started", STARTED))
    rosa.is_trained_until("2025-02-20")
    rosa.api.withdraw(rosa.id, "left-teaching-profession").is_accepted()
    rosa.is_shown(training_status="withdrawn")

    # What is dated before she left is accepted later, and paid for.
    rosa.is_trained_until("2025-03-03")
    rosa.declares("retained-1", "2025-03-03").is_refused(422, "participant_id")
    late = rosa.declares("retained-1", "2025-02-10").is_accepted()
    rosa.is_paid(late.id)
    rosa.has_declared(("started", "paid"), ("retained-1", "paid"))


def test_she_moves_to_a_school_of_another_provider(rosa: Tale, rival: Api, backstage: Backstage) -> None:
    rosa.is_paid(rosa.declared("started", STARTED))
    there = partnership(rival.in_version("v3"), cohort="2024")["attributes"]["urn"]
    backstage.act("POST", f"/participants/{rosa.id}/leave", on="2025-02-14")
    backstage.act("POST", f"/participants/{rosa.id}/join", urn=there, on="2025-02-24")
    rosa.is_trained_until("2025-03-03")

    rosa.is_shown(by=rival, school_urn=there, training_status="active")
    if rosa.api.version == "v3":
        seen, theirs = (each.get(f"{rosa.path}/transfers") for each in (rosa.api, rival))
        require(seen.data == theirs.data, "journey.transfer", str(seen.data), theirs.data, theirs.exchange)
        kinds = [(each["transfer_type"], each["status"]) for each in seen.attributes["transfers"]]
        require(kinds == [("new_provider", "complete")], "journey.transfer", "one, new_provider and complete", kinds)
        rosa.is_shown(participant_status="left")

    # The new provider sees what was declared, and goes on from there.
    rosa.has_declared(("started", "paid"), by=rival)
    rosa.declares("started", "2024-12-05", by=rival).is_refused(422, "base")
    rosa.is_paid(rosa.declared("retained-1", "2025-03-03", by=rival))
    rosa.has_declared(("started", "paid"), ("retained-1", "paid"), by=rival)
    rosa.has_declared(("started", "paid"))


def test_she_turns_out_to_be_on_another_schedule(rosa: Tale) -> None:
    started = rosa.declared("started", STARTED)
    rosa.api.change_schedule(rosa.id, "ecf-standard-january").is_refused(422, "schedule_identifier")
    rosa.is_shown(schedule_identifier="ecf-standard-september")

    rosa.api.void(started).is_accepted().shows(state="voided")
    rosa.api.change_schedule(rosa.id, "ecf-standard-january").is_accepted()
    rosa.is_shown(schedule_identifier="ecf-standard-january")
    rosa.declared("started", "2025-01-13")
    rosa.has_declared(("started", "voided"), ("started", "eligible"))


def test_what_was_paid_is_taken_back(rosa: Tale) -> None:
    started = rosa.declared("started", STARTED)
    rosa.is_paid(started)
    rosa.api.void(started).is_accepted().shows(state="awaiting-clawback")
    rosa.api.void(started).is_refused(422, "Invalid action")

    statement = rosa.is_paid(started, "clawback")
    rosa.has_declared(("started", "clawed-back"))
    if rosa.api.version == "v3":
        rosa.api.get(f"/participant-declarations/{started}").shows(clawback_statement_id=statement["id"])
