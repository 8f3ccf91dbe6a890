"""How v2 shows declarations; it shows participants as v1 does."""

from __future__ import annotations

from typing import Any

from sandbox.model import PresentedDeclaration


def declaration(presented: PresentedDeclaration) -> dict[str, Any]:
    """One declaration: v1's without what its state says already."""
    made = presented.declaration
    return {
        "id": made.id,
        "type": "participant-declaration",
        "attributes": {
            "participant_id": made.participant_id,
            "declaration_type": made.declaration_type,
            "course_identifier": made.course_identifier,
            "declaration_date": made.declaration_date,
            "updated_at": made.updated_at,
            "state": made.state.replace("_", "-"),
            "has_passed": None,
        },
    }
