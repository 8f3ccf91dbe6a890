"""What the DfE does about people and cohorts."""

from __future__ import annotations

import pytest

from sandbox.actors import dfe
from sandbox.actors.impossible import Impossible
from sandbox.model import Cohort, ValidationStatus
from sandbox.rules.rule import Refused

from .town import at, day, town

LATER = at("2024-02-05T08:00:00")


@pytest.mark.parametrize(
    ("status", "trn_validated", "eligible"),
    [
        ("contacted_for_information", False, None),
        ("dfe_checking_eligibility", False, None),
        ("checking_qts", True, None),
        ("not_eligible_for_funded_training", True, False),
        ("eligible_to_start", True, True),
    ],
)
def test_validating_says_who_is_eligible_and_whose_trn_is_right(
    status: ValidationStatus, trn_validated: bool, eligible: bool | None
) -> None:
    with town() as there:
        record = dfe.validate(there.unit, LATER, there.register(validated=None), status)
        assert record == there.record(record.id)
        assert (record.validation_status, record.trn_validated) == (status, trn_validated)
        assert record.eligible_for_funding is eligible
        told_something_new = status != "dfe_checking_eligibility"
        assert (there.participant(record.participant_id).updated_at == LATER.now) == told_something_new


def test_a_trn_may_be_wrong_although_the_rest_is_right() -> None:
    with town() as there:
        record = dfe.validate(there.unit, LATER, there.register(validated=None), "checking_qts", trn_validated=False)
        assert not record.trn_validated


def test_what_was_submitted_becomes_eligible_with_the_participant() -> None:
    with town() as there:
        record = there.register(validated="checking_qts")
        submitted = there.declare(record, "started", "2023-10-02")
        assert (submitted.state, submitted.statement_id) == ("submitted", None)
        dfe.validate(there.unit, LATER, record, "eligible_to_start")
        eligible = there.declaration(submitted.id)
        assert (eligible.state, eligible.updated_at) == ("eligible", LATER.now)
        statement = there.statement(eligible.statement_id)
        assert (statement.cohort, statement.year, statement.month) == ("2023", 2024, 4)


def test_what_was_submitted_of_the_mentor_stays_when_the_ect_becomes_eligible() -> None:
    with town() as there:
        ect = there.register(validated="checking_qts")
        mentor = there.register("mentor", validated="checking_qts", participant_id=ect.participant_id)
        submitted = there.declare(mentor, "started", "2023-10-02")
        dfe.validate(there.unit, LATER, ect, "eligible_to_start")
        assert there.declaration(submitted.id).state == "submitted"


def test_an_ect_s_induction_ends_and_a_mentor_s_does_not() -> None:
    with town() as there:
        ect, mentor = there.register(), there.register("mentor")
        ended = dfe.end_induction(there.unit, LATER, ect, day("2024-01-31"))
        assert ended == there.record(ect.id)
        assert ended.induction_end_date == day("2024-01-31")
        assert there.participant(ect.participant_id).updated_at == LATER.now
        assert dfe.end_induction(there.unit, LATER, ended, None).induction_end_date is None
        with pytest.raises(Impossible):
            dfe.end_induction(there.unit, LATER, mentor, day("2024-01-31"))


def test_a_mentor_s_funding_ends_for_one_of_the_reasons() -> None:
    with town() as there:
        ect, mentor = there.register(), there.register("mentor")
        early, on = "completed_during_early_roll_out", day("2021-04-19")
        ended = dfe.end_mentor_funding(there.unit, LATER, mentor, on, early)
        assert ended == there.record(mentor.id)
        assert (ended.mentor_funding_end_date, ended.mentor_ineligible_for_funding_reason) == (on, early)
        assert there.participant(mentor.participant_id).updated_at == LATER.now
        with pytest.raises(Impossible, match="only a mentor"):
            dfe.end_mentor_funding(there.unit, LATER, ect, on, early)
        with pytest.raises(Impossible, match="started_not_completed"):
            dfe.end_mentor_funding(there.unit, LATER, mentor, on, "tired")


def test_a_closed_cohort_takes_no_more_declarations() -> None:
    with town() as there:
        record = there.register()
        cohort = there.unit.get(Cohort, "2023")
        assert cohort is not None
        assert dfe.close_cohort(there.unit, at("2023-10-01"), cohort).payments_frozen_at == at("2023-10-01").now
        with pytest.raises(Refused, match="cohort-open"):
            there.declare(record, "started", "2023-10-02")
