"""What comes of what providers do: declare and void, defer, resume and withdraw, move, confirm partnerships."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from contract_tests.model.merging import knows_trn
from contract_tests.model.records import (
    BILLABLE,
    Declaration,
    Partner,
    Partnership,
    Placement,
    Provider,
    Said,
    Schedule,
    School,
    Training,
)
from contract_tests.model.register import Register

RENAMED: Final = {"school-left-fip": "switched-to-school-led"}
FROZEN_COHORTS_MOVE_TO: Final = "2024"
COMPLETED: Final = "completed_declaration_received"


def declare(
    register: Register,
    provider: Provider,
    training: Training,
    schedule: Schedule,
    type: str,
    dated: datetime,
    evidence: str | None,
) -> Declaration:
    """A declaration, as it is kept; its id is still to be told."""
    placement = placement_declared(register, provider, training, dated)
    duplicate = _is_declared_under_another_id(register, training, type)
    state = "ineligible" if duplicate else "eligible" if training.eligible else "submitted"
    statement = register.open_statement(provider, schedule.cohort) if state == "eligible" else None
    declaration = Declaration(
        id="",
        person=training.person,
        training=training,
        provider=provider,
        type=type,
        dated=dated,
        cohort=schedule.cohort,
        evidence=evidence,
        partner_id=placement.partnership.partner.id if placement and placement.partnership else None,
        mentor_id=placement.mentor.id if placement and placement.mentor else None,
        uplift=training.pupil_premium or training.sparsity,
        state=state,
        statement=statement,
        duplicate=duplicate,
        first=(state, statement),
        created=register.now,
        updated=register.now,
    )
    register.declarations.append(declaration)
    if training.role == "mentor" and type == "completed" and not (register.deployed and duplicate):
        _complete(register, training, dated)
    return declaration


def placement_declared(register: Register, provider: Provider, training: Training, dated: datetime) -> Placement | None:
    """The placement whose delivery partner and mentor a declaration keeps."""
    own = register.acted_on(provider, training)
    if register.deployed:
        return next((each for each in own if each.starts_at <= dated), None)
    return next((each for each in own if each.lasts_at(dated)), own[0])


def _is_declared_under_another_id(register: Register, training: Training, type: str) -> bool:
    trn = training.person.trn
    if trn is None or (register.deployed and not knows_trn(register, training.person)):
        return False
    return any(
        each.live and each.course == training.course and each.type == type
        for each in register.declarations
        if each.person is not training.person and each.person.trn == trn
        if not register.deployed or knows_trn(register, each.person)
    )


def _complete(register: Register, training: Training, dated: datetime) -> None:
    found = (dated.date(), COMPLETED)
    if (training.funding_end, training.funding_end_reason) != found:
        training.funding_end, training.funding_end_reason = found
        register.touch(training)


def void(register: Register, declaration: Declaration) -> None:
    """A declaration is taken back, or what was paid for it is to be."""
    if declaration.state == "paid":
        declaration.state = "awaiting_clawback"
        declaration.clawback = register.open_statement(declaration.provider, declaration.cohort)
    else:
        declaration.state, declaration.statement = "voided", None
    declaration.updated = register.now
    training = declaration.training
    stands = any(each.type == "completed" for each in register.declared_of(training))
    if declaration.type == "completed" and training.funding_end_reason == COMPLETED and not stands:
        training.funding_end = training.funding_end_reason = None
        register.touch(training)


def report(register: Register, placement: Placement, status: str, reason: str | None = None) -> None:
    """A provider says that training is deferred, withdrawn, or active again."""
    said = Said() if reason is None else Said(status, RENAMED.get(reason, reason), register.now)
    register.succeed(placement, said=said)


def change_schedule(register: Register, placement: Placement, target: Schedule, through: Partnership) -> None:
    """Somebody is on another schedule, perhaps of another cohort."""
    training = placement.training
    toggles = moves_between_closed_cohorts(register, training, placement.schedule, target.cohort)
    training.schedule = target
    training.cohort_changed ^= toggles
    register.touch(training)
    if target.cohort == placement.cohort:
        register.succeed(placement, schedule=target)
        return
    view = "active" if register.deployed and placement.view == "withdrawn" else placement.view
    register.succeed(placement, schedule=target, cohort=target.cohort, partnership=through, view=view)


def moves_between_closed_cohorts(register: Register, training: Training, current: Schedule, cohort: str) -> bool:
    """True of an ECT who may leave a closed cohort for 2024 in spite of declarations, or go back."""
    declared = register.declared_of(training)
    billable = [each for each in declared if each.state in BILLABLE]
    if training.role != "ect" or cohort == current.cohort or (register.deployed and not billable):
        return False
    if training.cohort_changed:
        made_there = all(each.cohort == cohort for each in declared)
        return current.cohort == FROZEN_COHORTS_MOVE_TO and register.is_closed(cohort) and made_there
    return (
        cohort == FROZEN_COHORTS_MOVE_TO
        and register.is_closed(current.cohort)
        and training.induction_end is None
        and bool(billable)
        and all(each.type != "completed" for each in billable)
    )


def confirm(
    register: Register, provider: Provider, school: School, cohort: str, partner: Partner, new_id: str = ""
) -> Partnership:
    """A provider trains at a school from now on; `new_id` is told when it did not before."""
    now = register.now
    if school.programmes.get(cohort) != "provider_led":
        school.programmes[cohort], school.updated = "provider_led", now
    partnership = to_be_revived(register, provider, school, cohort, partner)
    if partnership is None:
        about = (school, cohort, provider, partner)
        partnership = Partnership(new_id, *about, relationship=False, created=now, updated=now)
        register.partnerships.append(partnership)
    partnership.partner, partnership.relationship, partnership.updated = partner, False, now
    partnership.challenged_at = partnership.challenged_reason = None
    if register.deployed:
        _take_over(register, partnership)
    register.touch_partnership(partnership)
    return partnership


def _take_over(register: Register, partnership: Partnership) -> None:
    """Whoever trains there with nobody, or through what the school disowned, trains through the partnership now."""
    placements = [each for training in register.trainings for each in training.placements]
    for placement in placements:
        through, training = placement.partnership, placement.training
        there = (placement.school, placement.cohort) == (partnership.school, partnership.cohort)
        free = through is None or not (through.stands or through.relationship)
        if not (there and free and placement.stays and placement.starts_at <= register.now):
            continue
        is_first = through is None and len(training.placements) == 1
        newest = register.succeed(placement, partnership=partnership)
        if is_first:
            newest.starts_on = min(each.starts for each in register.milestones(placement.schedule).values())
            newest.began_at = None
            register.touch_placement(newest)


def to_be_revived(
    register: Register, provider: Provider, school: School, cohort: str, partner: Partner
) -> Partnership | None:
    """What a provider has with a school and cohort already, and a confirmation makes its partnership again."""
    own = [
        each
        for each in register.partnerships
        if (each.provider, each.school, each.cohort) == (provider, school, cohort)
    ]
    extra = [each for each in own if each.relationship and each.partner is partner]
    return next(iter([each for each in own if not each.relationship] + extra), None)


def change_partner(register: Register, partnership: Partnership, partner: Partner) -> None:
    """A partnership is delivered by another."""
    if partnership.partner is not partner:
        partnership.partner, partnership.updated = partner, register.now
        register.touch_partnership(partnership)
