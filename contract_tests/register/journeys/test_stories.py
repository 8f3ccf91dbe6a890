"""Stories from beginning to end, with what each of two providers sees after every step."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.marks import accepts
from contract_tests.register.asking import (
    CLAIMED,
    DECLARATIONS,
    ELSEWHERE,
    IN_APRIL,
    IN_MARCH,
    PARTICIPANTS,
    PARTNERSHIPS,
    STANDARD,
    STATEMENTS,
    THE_NEXT_DAY,
    TRANSFERS,
    act,
    change,
    confirm,
    declaration,
    declare,
    enrolment,
    listed,
    lists,
    not_found,
    pay,
    school,
    shows,
)
from contract_tests.register.backstage import RegisterBackstage


@dataclass(frozen=True)
class Eyes:
    """What one provider sees of somebody."""

    api: Api
    person: str

    def see(self, status: str | None, *declarations: str, training: str = "active") -> None:
        """Raises ContractBroken unless the person stands so, in the list and alone, with just these declarations."""
        lists(self.api, PARTICIPANTS, [self.person] if status else [])
        lists(self.api, DECLARATIONS, [*declarations])
        lists(self.api, DECLARATIONS, [*declarations], **{"filter[participant_id]": self.person})
        alone = self.api.get(f"{PARTICIPANTS}/{self.person}")
        if status is None:
            not_found(alone)
            return
        (in_the_list,) = self.api.get(PARTICIPANTS).data
        require_equal(in_the_list, alone.data, alone.exchange)
        shows(self.api, self.person, participant_status=status, training_status=training)
        for state in ("active", "deferred", "withdrawn"):
            found = self.api.get(PARTICIPANTS, **{"filter[training_status]": state}).ids
            require_equal(state == training, self.person in found)
        for each in declarations:
            require_equal(self.person, declaration(self.api, each)["participant_id"])


@pytest.fixture
def hoped_for(stage: RegisterBackstage) -> str:
    """Somebody whom Riverbank hopes that the tested provider trains, and whom an appropriate body has claimed."""
    return stage.registered(**CLAIMED)


@accepts("school.interest", "part.effect", "vis.participant", "decl.eligible", "void.unpaid", "vis.declaration")
def test_from_a_school_that_hopes_to_a_declaration_that_is_voided(api: Api, rival: Api, hoped_for: str) -> None:
    ours, theirs = Eyes(api, hoped_for), Eyes(rival, hoped_for)
    require_equal((True, False), (school(api)["expression_of_interest"], school(api)["in_partnership"]))
    require_equal(False, school(rival)["expression_of_interest"])
    ours.see(None)
    confirmed = confirm(api).shows(participants_currently_training=1)
    require_equal(True, school(rival)["in_partnership"])
    ours.see("active")
    theirs.see(None)
    started = declare(api, hoped_for).shows(state="eligible")
    ours.see("active", started.id)
    api.get(f"{STATEMENTS}/{started.attributes['statement_id']}").shows(cohort="2025", paid=False)
    retained = declare(api, hoped_for, "retained-1", "2026-01-12T09:00:00Z").shows(state="eligible")
    lists(api, DECLARATIONS, [started.id, retained.id])
    api.void(started.id).shows(state="voided", statement_id=None)
    ours.see("active", started.id, retained.id)
    theirs.see(None)
    require_equal("eligible", declaration(api, retained.id)["state"])
    again = declare(api, hoped_for, dated="2025-11-10T09:00:00Z").shows(state="eligible")
    ours.see("active", started.id, retained.id, again.id)
    listed(api, PARTNERSHIPS, [confirmed.id])
    listed(rival, PARTNERSHIPS, [])


@accepts("pay.payable", "pay.paid", "void.paid", "void.final", "void.frees-milestone", "vis.declaration")
def test_paid_and_clawed_back(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    eyes = Eyes(api, ect)
    made = declare(api, ect).shows(state="eligible", clawback_statement_id=None)
    paid_on = made.attributes["statement_id"]
    pay(stage, paid_on)
    api.get(f"{DECLARATIONS}/{made.id}").shows(state="paid", statement_id=paid_on)
    api.get(f"{STATEMENTS}/{paid_on}").shows(paid=True)
    voided = api.void(made.id).shows(state="awaiting-clawback", statement_id=paid_on)
    back_on = voided.attributes["clawback_statement_id"]
    require_equal(True, back_on not in (None, paid_on))
    eyes.see("active", made.id)
    again = declare(api, ect).shows(state="eligible", statement_id=back_on)
    pay(stage, back_on)
    api.get(f"{DECLARATIONS}/{made.id}").shows(state="clawed-back", statement_id=paid_on, clawback_statement_id=back_on)
    api.get(f"{DECLARATIONS}/{again.id}").shows(state="paid", statement_id=back_on)
    eyes.see("active", made.id, again.id)
    later = api.void(again.id).attributes["clawback_statement_id"]
    require_equal(True, later not in (None, paid_on, back_on))
    listed = {each["id"]: each["attributes"]["clawback_statement_id"] for each in api.get(DECLARATIONS).data}
    require_equal({made.id: back_on, again.id: later}, listed)


@accepts("defer.effect", "resume.effect", "withdraw.effect", "status.independent", "updated.participant")
def test_away_and_back_and_gone(api: Api, rival: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    ours, theirs = Eyes(api, ect), Eyes(rival, ect)
    started = declare(api, ect)
    act(api.at(IN_MARCH), "defer", ect, reason="parental-leave").shows(updated_at=IN_MARCH)
    ours.see("left", started.id, training="deferred")
    act(api.at(THE_NEXT_DAY), "resume", ect).shows(updated_at=THE_NEXT_DAY)
    ours.see("active", started.id)
    retained = declare(api, ect, "retained-1", IN_MARCH)
    act(api.at(IN_APRIL), "withdraw", ect, reason="moved-school").shows(updated_at=IN_APRIL)
    ours.see("left", started.id, retained.id, training="withdrawn")
    theirs.see(None)
    declare(api, ect, "retained-3", IN_APRIL).is_refused(422, "participant_id")
    last = declare(api, ect, "retained-3", "2026-04-02T09:59:59Z")
    ours.see("left", started.id, retained.id, last.id, training="withdrawn")


@accepts("transfer.listed", "transfer.who-sees", "transfer.type", "transfer.status", "vis.participant")
@accepts("vis.declaration", "sched.no-later-training", "status.derive")
def test_from_one_school_and_provider_to_another(api: Api, rival: Api, meadow: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    ours, theirs, strangers = (Eyes(each, ect) for each in (api, rival, meadow))
    started = declare(api, ect)
    stage.act("POST", f"/participants/{ect}/leave", on="2026-10-30")
    ours.see("leaving", started.id)
    listed(api, TRANSFERS, [ect])
    listed(rival, TRANSFERS, [])
    stage.partnership(provider="harbour", urn=ELSEWHERE)
    stage.act("POST", f"/participants/{ect}/join", urn=ELSEWHERE, on="2026-11-02", provider="harbour")
    ours.see("leaving", started.id)
    theirs.see("joining", started.id)
    strangers.see(None)
    change(api, ect).is_refused(422, "participant_id")
    stage.at("2026-11-02T09:00:00Z")
    ours.see("left", started.id)
    theirs.see("active", started.id)
    for provider in (api, rival):
        (move,) = provider.get(f"{PARTICIPANTS}/{ect}/transfers").attributes["transfers"]
        require_equal(("new_provider", "complete"), (move["transfer_type"], move["status"]))
    retained = declare(rival, ect, "retained-1", "2026-11-02T08:00:00Z")
    ours.see("left", started.id)
    theirs.see("active", started.id, retained.id)
    not_found(rival.void(started.id))
    declare(rival, ect).is_refused(422, "declaration_type")
    strangers.see(None)


@accepts("sched.effect", "sched.history", "sched.partnership-choice", "vis.partnership")
def test_on_to_another_schedule_and_another_cohort(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    eyes = Eyes(api, ect)
    started = declare(api, ect)
    change(api, ect, "ecf-extended-january").is_accepted()
    eyes.see("active", started.id)
    stage.partnership("2026")
    change(api.at("2026-09-16T09:00:00Z"), ect, STANDARD, cohort="2026").is_accepted()
    stage.at("2026-09-16T10:00:00Z")
    eyes.see("active", started.id)
    shows(api, ect, cohort="2026", schedule_identifier=STANDARD)
    lists(api, PARTICIPANTS, [ect], **{"filter[cohort]": "2026"})
    lists(api, PARTICIPANTS, [], **{"filter[cohort]": "2025"})
    retained = declare(api, ect, "retained-1", "2026-09-16T08:00:00Z").shows(state="eligible")
    lists(api, DECLARATIONS, [started.id], **{"filter[cohort]": "2025"})
    lists(api, DECLARATIONS, [retained.id], **{"filter[cohort]": "2026"})
    counts = {
        each["attributes"]["cohort"]: each["attributes"]["participants_currently_training"]
        for each in api.get(PARTNERSHIPS).data
    }
    require_equal({"2025": 0, "2026": 1}, counts)


@accepts("vis.participant", "vis.declaration", "decl.one-per-milestone", "school.interest")
def test_the_school_changes_its_mind(api: Api, rival: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    ours, theirs = Eyes(api, ect), Eyes(rival, ect)
    started = declare(api, ect)
    stage.act("POST", f"/participants/{ect}/provider", provider="harbour")
    ours.see("left", started.id)
    theirs.see(None)
    require_equal((True, True), (school(api)["expression_of_interest"], school(rival)["expression_of_interest"]))
    confirm(rival).shows(participants_currently_training=1)
    theirs.see("active", started.id)
    before = enrolment(api, ect)
    retained = declare(rival, ect, "retained-1", "2026-09-15T08:00:00Z")
    theirs.see("active", started.id, retained.id)
    ours.see("left", started.id)
    api.void(started.id).is_accepted()
    theirs.see("active", retained.id)
    ours.see("left", started.id)
    require_equal(before, enrolment(api, ect))
    stage.act("POST", f"/participants/{ect}/programme", at="2026-09-16T09:00:00Z", programme="school_led")
    stage.at("2026-09-16T10:00:00Z")
    ours.see("left", started.id)
    theirs.see("left", retained.id)
