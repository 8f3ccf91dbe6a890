"""What the DfE does: merge people, freeze contract periods, change what it knows of schools, link partners."""

from __future__ import annotations

from itertools import product

from msgspec.structs import replace

from sandbox.actors.impossible import Impossible
from sandbox.editions.register.actions.call import Moment
from sandbox.editions.register.actions.marking import mark_mentor, mark_teacher
from sandbox.editions.register.actions.people import school_periods_of, trainings_of
from sandbox.editions.register.rules.periods import overlap
from sandbox.model import (
    ContractPeriod,
    Declaration,
    DeliveryPartner,
    IdChange,
    InductionPeriod,
    LeadProvider,
    Mentorship,
    Partnership,
    ProviderRelationship,
    School,
    Teacher,
)
from sandbox.rules.rule import rule
from sandbox.store.protocol import Reader, Unit


def merge(unit: Unit, moment: Moment, retired: Teacher, remaining: Teacher) -> IdChange:
    """Have two be one: all that there is of the first becomes the other's. Raises Impossible."""
    if retired.id == remaining.id:
        raise Impossible("nobody can be merged with themselves")
    if unit.find(IdChange, from_participant_id=retired.id):
        raise Impossible(f"{retired.full_name} has been merged already")
    if _were_at_once(unit, retired, remaining):
        raise Impossible("both were ECTs, or in training in the same role, at the same time: nobody is twice")
    for training in trainings_of(unit, retired.id):
        unit.put(replace(training, teacher_id=remaining.id))
    for period in school_periods_of(unit, retired.id):
        unit.put(replace(period, teacher_id=remaining.id))
        if period.role == "mentor":
            mark_mentor(unit, moment, remaining.id)
    for induction in list(unit.find(InductionPeriod, teacher_id=retired.id)):
        unit.put(replace(induction, teacher_id=remaining.id))
    for mentorship in list(unit.find(Mentorship, ect_id=retired.id)):
        unit.put(replace(mentorship, ect_id=remaining.id))
    for mentorship in list(unit.find(Mentorship, mentor_id=retired.id)):
        unit.put(replace(mentorship, mentor_id=remaining.id))
    for declaration in list(unit.find(Declaration, participant_id=retired.id)):
        role = remaining.ect if declaration.course_identifier == "ecf-induction" else remaining.mentor
        unit.put(replace(declaration, participant_id=remaining.id, training_record_id=role.record_id))
    change = IdChange(
        id=moment.new_id(),
        from_participant_id=retired.id,
        to_participant_id=remaining.id,
        changed_at=moment.now,
    )
    unit.put(change)
    mark_teacher(unit, moment, remaining.id)
    return change


def _were_at_once(reader: Reader, retired: Teacher, remaining: Teacher) -> bool:
    """True for two who were ECTs at some schools on the same day, or in training in the same role."""
    stays = product(*(school_periods_of(reader, each.id, "ect") for each in (retired, remaining)))
    trainings = product(*(trainings_of(reader, each.id) for each in (retired, remaining)))
    return any(overlap(*pair) for pair in stays) or any(
        one.role == other.role and overlap(one, other) for one, other in trainings
    )


def freeze(unit: Unit, moment: Moment, period: ContractPeriod) -> ContractPeriod:
    """Have nothing be paid of a contract period any more, from now on."""
    frozen = replace(period, payments_frozen_at=moment.now)
    unit.put(frozen)
    return frozen


def thaw(unit: Unit, period: ContractPeriod) -> ContractPeriod:
    """Have a contract period be paid again."""
    open_again = replace(period, payments_frozen_at=None)
    unit.put(open_again)
    return open_again


def change_school(
    unit: Unit,
    moment: Moment,
    school: School,
    *,
    name: str | None = None,
    induction_tutor_name: str | None = None,
    induction_tutor_email: str | None = None,
    marked_as_eligible: bool | None = None,
) -> School:
    """Note what is new about a school. Its tutor is shown with its partnerships, too (updated.partnership)."""
    changed = replace(
        school,
        name=name or school.name,
        induction_tutor_name=induction_tutor_name or school.induction_tutor_name,
        induction_tutor_email=induction_tutor_email or school.induction_tutor_email,
    )
    if changed != school:
        changed = replace(changed, updated_at=moment.now)
    if (changed.induction_tutor_name, changed.induction_tutor_email) != (
        school.induction_tutor_name,
        school.induction_tutor_email,
    ):
        for period in unit.all(ContractPeriod):
            for partnership in list(unit.find(Partnership, school_id=school.id, cohort=period.id)):
                unit.put(replace(partnership, updated_at=moment.now))
    if marked_as_eligible is not None:
        changed = replace(changed, marked_as_eligible=marked_as_eligible)
    unit.put(changed)
    return changed


@rule("updated.delivery-partner")
def link(
    unit: Unit, moment: Moment, provider: LeadProvider, partner: DeliveryPartner, cohort: str
) -> ProviderRelationship:
    """Have a provider work with a delivery partner in a cohort, which changes the partner. Raises Impossible."""
    about = {"lead_provider_id": provider.id, "delivery_partner_id": partner.id, "cohort": cohort}
    if unit.find(ProviderRelationship, **about):
        raise Impossible(f"{provider.name} works with {partner.name} in {cohort} already")
    relationship = ProviderRelationship(id=moment.new_id(), **about)
    unit.put(relationship)
    unit.put(replace(partner, updated_at=moment.now))
    return relationship
