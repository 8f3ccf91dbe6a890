"""A partnership that begins, and whoever comes under it."""

from __future__ import annotations

from msgspec.structs import replace

from sandbox.editions.register.actions.call import Moment
from sandbox.editions.register.actions.marking import mark_teacher, refresh_school
from sandbox.model import LeadProvider, Partnership, TrainingPeriod
from sandbox.store.protocol import Unit


def confirmed(
    unit: Unit, moment: Moment, provider: LeadProvider, school_id: str, cohort: str, delivery_partner_id: str
) -> Partnership:
    """A new partnership: who was to be trained by the provider in the cohort, or was meant to be, is (part.effect)."""
    partnership = Partnership(
        id=moment.new_id(),
        school_id=school_id,
        cohort=cohort,
        lead_provider_id=provider.id,
        delivery_partner_id=delivery_partner_id,
        created_at=moment.now,
        updated_at=moment.now,
    )
    unit.put(partnership)
    for training in list(unit.find(TrainingPeriod, school_id=school_id)):
        if training.partnership_id is None and (training.interest_id, training.cohort) == (provider.id, cohort):
            unit.put(replace(training, partnership_id=partnership.id, lead_provider_id=provider.id))
            mark_teacher(unit, moment, training.teacher_id)
    refresh_school(unit, moment, school_id)
    return partnership
