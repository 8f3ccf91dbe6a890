"""The twelve steps, and where they branch, as `ecf-sandbox demo` tells them: what must hold after each."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.story import TITLES
from sandbox.story.branches import BRANCHES
from sandbox.story.steps import RETAINED, TWELVE
from sandbox.story.tale import DECLARATIONS, Astray, Tale, done, refused
from sandbox.testing import Provider, World


class Told(Tale):
    """A story that is looked into between its steps."""

    def take(self, number: int) -> None:
        """Play one of the twelve steps."""
        TWELVE[number - 1].play(self)

    def enrolment(self, by: Provider | None = None) -> dict[str, Any]:
        """Her training, as a provider sees it."""
        (enrolment,) = self.see(self.her_path, by)["attributes"]["ecf_enrolments"]
        return dict(enrolment)

    def states(self, by: Provider | None = None) -> list[tuple[str, str]]:
        """The type and state of each declaration of hers that a provider sees, oldest first."""
        seen = self.see(DECLARATIONS, by, participant_id=self.ect.id)
        return [(each["attributes"]["declaration_type"], each["attributes"]["state"]) for each in seen]

    def lines(self, statement: str) -> list[tuple[str, str, str]]:
        """What a statement holds of her, as the DfE sees it."""
        return [
            (line["kind"], line["declaration_type"], line["state"])
            for line in self.world.statement(statement)["declarations"]
            if line["participant_id"] == self.ect.id
        ]

    def shares(self, statement: str) -> dict[str, float]:
        """What share of a statement each milestone is."""
        return {total["declaration_type"]: total["share"] for total in self.world.statement(statement)["totals"]}

    def is_paid(self, statement: str, by: Provider | None = None) -> bool:
        """Whether the provider sees that a statement of its own has been paid."""
        return self.see(f"/api/v3/statements/{statement}", by)["attributes"]["paid"] is True


@pytest.fixture
def told(ecf_sandbox: World) -> Told:
    return Told.begun(ecf_sandbox)


def branch(told: Told, name: str) -> Told:
    """A branch of the story, up to where it leaves the twelve steps."""
    for step in BRANCHES[name].before:
        step.play(told)
    return told


def take(told: Told, name: str, number: int) -> None:
    """Play one step of a branch."""
    BRANCHES[name].steps[number - 1].play(told)


def test_the_twelve_steps(told: Told) -> None:
    told.take(1)
    partnership = told.see(f"/api/v3/partnerships/ecf/{told.partnership}")["attributes"]
    assert (partnership["status"], partnership["cohort"], partnership["urn"]) == ("active", "2024", "900405")

    told.take(2)
    assert told.ect.provider is not None
    assert (told.ect.provider.id, told.ect.school.urn) == (told.provider.id, "900405")
    refused(told.provider.get(told.her_path), "path.unknown")

    told.take(3)
    seen = told.enrolment()
    assert (seen["validation_status"], seen["eligible_for_funding"]) == ("eligible_to_start", True)
    assert (seen["training_status"], seen["participant_status"]) == ("active", "active")
    assert (seen["school_urn"], seen["schedule_identifier"]) == ("900405", "ecf-standard-september")
    refused(told.other.get(told.her_path), "path.unknown")

    told.take(4)
    assert told.states() == []

    told.take(5)
    assert told.states() == [("started", "eligible")]
    assert not told.is_paid(told.statement_of("started"))

    told.take(6)
    first = told.statement_of("started")
    assert told.states() == [("started", "paid")]
    assert told.is_paid(first)
    assert told.lines(first) == [("payment", "started", "paid")]
    assert told.shares(first) == {"started": 1.0}

    told.take(7)
    told.take(8)
    assert told.states() == [("started", "paid"), ("retained-1", "eligible")]
    assert told.statement_of("retained-1") != first

    told.take(9)
    assert told.states() == [("started", "paid"), *((type, "paid") for type in RETAINED)]
    for type in RETAINED:
        assert told.is_paid(told.statement_of(type))
        assert told.lines(told.statement_of(type)) == [("payment", type, "paid")]
        assert told.shares(told.statement_of(type)) == {type: 1.0}

    told.take(10)
    told.take(11)
    assert told.states()[-1] == ("completed", "eligible")
    assert not told.is_paid(told.statement_of("completed"))

    told.take(12)
    assert told.states() == [(type, "paid") for type in ("started", *RETAINED, "completed")]
    assert told.is_paid(told.statement_of("completed"))
    assert len({told.statement_of(type) for type in told.declarations}) == 6
    assert told.world.clock.now().date().isoformat() == "2026-08-25"


def test_a_payment_waits_for_the_payment_date(told: Told) -> None:
    for number in range(1, 6):
        told.take(number)
    told.until("2025-01-01")
    assert told.states() == [("started", "payable")]
    told.until("2025-01-24")
    assert (told.states(), told.is_paid(told.statement_of("started"))) == ([("started", "payable")], False)
    told.until("2025-01-25")
    assert (told.states(), told.is_paid(told.statement_of("started"))) == ([("started", "paid")], True)


def test_a_break_and_back(told: Told) -> None:
    branch(told, "deferral")
    take(told, "deferral", 1)
    seen = told.enrolment()
    assert (seen["training_status"], seen["participant_status"]) == ("deferred", "active")
    assert seen["deferral"] == {"reason": "parental-leave", "date": "2024-12-02T09:00:00Z"}

    take(told, "deferral", 2)
    assert (told.enrolment()["training_status"], told.enrolment()["deferral"]) == ("active", None)

    take(told, "deferral", 3)
    assert told.enrolment()["schedule_identifier"] == "ecf-extended-september"
    assert told.states() == [("started", "paid"), ("retained-1", "eligible")]


def test_she_leaves_training(told: Told) -> None:
    branch(told, "withdrawal")
    take(told, "withdrawal", 1)
    seen = told.enrolment()
    assert (seen["training_status"], seen["participant_status"]) == ("withdrawn", "active")
    assert seen["withdrawal"]["reason"] == "left-teaching-profession"

    take(told, "withdrawal", 2)
    assert told.states() == [("started", "paid"), ("retained-1", "paid")]
    assert told.is_paid(told.statement_of("retained-1"))


def test_she_moves_to_a_school_of_another_provider(told: Told) -> None:
    branch(told, "transfer")
    take(told, "transfer", 1)
    take(told, "transfer", 2)
    assert told.enrolment()["participant_status"] == "left"
    assert told.enrolment(told.other)["participant_status"] == "active"
    before, after = (told.see(f"{told.her_path}/transfers", by)["attributes"] for by in (told.provider, told.other))
    assert before == after
    assert [(each["transfer_type"], each["status"]) for each in before["transfers"]] == [("new_provider", "complete")]

    take(told, "transfer", 3)
    assert told.states(told.other) == [("started", "paid"), ("retained-1", "paid")]
    assert told.states() == [("started", "paid")]
    assert told.is_paid(told.statement_of("retained-1"), told.other)
    refused(told.provider.get(f"/api/v3/statements/{told.statement_of('retained-1')}"), "path.unknown")


def test_she_turns_out_to_be_on_another_schedule(told: Told) -> None:
    branch(told, "schedule")
    take(told, "schedule", 1)
    assert told.enrolment()["schedule_identifier"] == "ecf-standard-september"

    take(told, "schedule", 2)
    assert told.enrolment()["schedule_identifier"] == "ecf-standard-january"
    assert told.states() == [("started", "voided"), ("started", "eligible")]


def test_what_was_paid_is_taken_back(told: Told) -> None:
    branch(told, "clawback")
    take(told, "clawback", 1)
    assert told.states() == [("started", "awaiting-clawback")]
    statement = told.look_at("started")["clawback_statement_id"]
    assert told.lines(statement) == [("clawback", "started", "awaiting-clawback")]

    take(told, "clawback", 2)
    assert told.states() == [("started", "clawed-back")]
    assert told.lines(statement) == [("clawback", "started", "clawed-back")]
    assert told.lines(told.statement_of("started")) == [("payment", "started", "clawed-back")]
    assert told.is_paid(statement)


def test_every_branch_has_a_title() -> None:
    assert list(BRANCHES) == list(TITLES)


def test_a_story_that_goes_another_way_is_not_told_as_if_it_had_not(told: Told) -> None:
    for number in range(1, 6):
        told.take(number)
    again = told.declare("started", on="2024-12-01")
    with pytest.raises(Astray, match="participant-declarations was refused with 422"):
        done(again)
    with pytest.raises(Astray, match=r"was to be refused by decl\.milestone-end: 422 decl\.one-per-milestone"):
        refused(again, "decl.milestone-end")
