"""How v3 shows declarations."""

from __future__ import annotations

from typing import Any

from sandbox.editions.register.views.v3 import resource
from sandbox.model import PresentedDeclaration

Json = dict[str, Any]


def declaration(presented: PresentedDeclaration) -> Json:
    """`GET /participant-declarations`."""
    declaration = presented.declaration
    was_paid = declaration.state in ("paid", "awaiting_clawback", "clawed_back")
    return resource(
        "participant-declaration",
        declaration.id,
        {
            "participant_id": declaration.participant_id,
            "declaration_type": declaration.declaration_type,
            "course_identifier": declaration.course_identifier,
            "declaration_date": declaration.declaration_date,
            "mentor_id": declaration.mentor_id,
            "state": declaration.state.replace("_", "-"),
            "updated_at": declaration.updated_at,
            "created_at": declaration.created_at,
            "delivery_partner_id": declaration.delivery_partner_id,
            "statement_id": declaration.statement_id,
            "clawback_statement_id": declaration.clawback_statement_id,
            "ineligible_for_funding_reason": None,
            "uplift_paid": was_paid and (declaration.pupil_premium_uplift or declaration.sparsity_uplift),
            "evidence_held": declaration.evidence_held,
            "lead_provider_name": presented.lead_provider_name,
        },
    )
