"""How v3 shows partnerships, schools, delivery partners and statements."""

from __future__ import annotations

from calendar import month_name
from typing import Any

from sandbox.editions.register.presented import PresentedPartnership, PresentedSchool
from sandbox.editions.register.views.v3 import resource
from sandbox.model import PresentedDeliveryPartner, Statement

Json = dict[str, Any]


def partnership(presented: PresentedPartnership) -> Json:
    """`GET /partnerships`."""
    partnership, school = presented.partnership, presented.school
    return resource(
        "partnership",
        partnership.id,
        {
            "cohort": partnership.cohort,
            "urn": school.urn,
            "school_id": school.id,
            "delivery_partner_id": presented.delivery_partner.id,
            "delivery_partner_name": presented.delivery_partner.name,
            "induction_tutor_name": school.induction_tutor_name,
            "induction_tutor_email": school.induction_tutor_email,
            "participants_currently_training": presented.training,
            "created_at": partnership.created_at,
            "updated_at": partnership.updated_at,
        },
    )


def school(presented: PresentedSchool) -> Json:
    """`GET /schools`."""
    school = presented.school
    return resource(
        "school",
        school.id,
        {
            "name": school.name,
            "urn": school.urn,
            "cohort": presented.cohort,
            "in_partnership": presented.in_partnership,
            "induction_programme_choice": presented.programme,
            "expression_of_interest": presented.interested,
            "induction_tutor_name": school.induction_tutor_name if presented.shows_tutor else None,
            "induction_tutor_email": school.induction_tutor_email if presented.shows_tutor else None,
            "created_at": school.created_at,
            "updated_at": presented.updated_at,
        },
    )


def delivery_partner(presented: PresentedDeliveryPartner) -> Json:
    """`GET /delivery-partners`."""
    partner = presented.delivery_partner
    return resource(
        "delivery-partner",
        partner.id,
        {
            "name": partner.name,
            "created_at": partner.created_at,
            "updated_at": partner.updated_at,
            "cohort": list(presented.cohorts),
        },
    )


def statement(statement: Statement) -> Json:
    """`GET /statements`."""
    return resource(
        "statement",
        statement.id,
        {
            "month": month_name[statement.month],
            "year": str(statement.year),
            "cohort": statement.cohort,
            "cut_off_date": statement.deadline,
            "payment_date": statement.payment_date,
            "paid": statement.state == "paid",
            "created_at": statement.created_at,
            "updated_at": statement.updated_at,
        },
    )
