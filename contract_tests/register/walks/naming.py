"""In whose name a difference is reported: the rule that says what should have been shown, or a check."""

from __future__ import annotations

from typing import Any, Final

from contract_tests.register.asking import (
    DECLARATIONS,
    PARTICIPANTS,
    PARTNERS,
    PARTNERSHIPS,
    SCHOOLS,
    STATEMENTS,
    TRANSFERS,
    UNFUNDED,
)
from contract_tests.walking.comparing import Comparison

SHOWN: Final = "check.shows"

_ROWS: Final = {
    PARTICIPANTS: "vis.participant",
    DECLARATIONS: "vis.declaration",
    TRANSFERS: "transfer.listed",
    UNFUNDED: "vis.unfunded-mentor",
    PARTNERSHIPS: "vis.partnership",
    SCHOOLS: "vis.school",
    PARTNERS: "vis.delivery-partner",
    STATEMENTS: "vis.statement",
}
_FILTERS: Final = {
    "filter[updated_since]": "read.updated-since",
    "filter[training_status]": "read.training-status",
    "filter[from_participant_id]": "read.from-participant-id",
    "filter[participant_id]": "read.participant-id",
    "filter[delivery_partner_id]": "read.participant-id",
    "filter[cohort]": "read.cohort-filter",
    "sort": "read.sort",
    "page[page]": "read.page",
}
_UPDATED: Final = {
    PARTICIPANTS: "updated.participant",
    DECLARATIONS: "updated.declaration",
    TRANSFERS: "updated.transfer",
    UNFUNDED: "updated.unfunded-mentor",
    PARTNERSHIPS: "updated.partnership",
    SCHOOLS: "updated.school",
    PARTNERS: "updated.delivery-partner",
    STATEMENTS: "updated.statement",
}
_ATTRIBUTES: Final = {
    "full_name": "show.full-name",
    "training_status": "show.training-status",
    "participant_status": "status.derive",
    "eligible_for_funding": "show.eligible",
    "pupil_premium_uplift": "show.uplifts",
    "sparsity_uplift": "show.uplifts",
    "withdrawal": "withdraw.effect",
    "deferral": "defer.effect",
    "schedule_identifier": "sched.effect",
    "cohort_changed_after_payments_frozen": "sched.frozen-cohort",
    "induction_end_date": "show.induction",
    "most_recent_induction_period_end_date": "show.induction",
    "overall_induction_start_date": "show.induction",
    "mentor_funding_end_date": "decl.mentor-completes",
    "mentor_ineligible_for_funding_reason": "decl.mentor-completes",
    "participant_id_changes": "id-change",
    "statement_id": "decl.statement",
    "clawback_statement_id": "void.paid",
    "evidence_held": "decl.evidence",
    "uplift_paid": "decl.records-context",
    "transfer_type": "transfer.type",
    "status": "transfer.status",
    "paid": "pay.paid",
    "in_partnership": "school.partnered",
    "induction_programme_choice": "school.programme",
    "expression_of_interest": "school.interest",
    "participants_currently_training": "part.training-count",
}
_OF_DECLARATIONS: Final = {"delivery_partner_id": "decl.records-context", "mentor_id": "decl.records-context"}
_OF_PARTICIPANTS: Final = {"delivery_partner_id": "part.update-effect", "mentor_id": "show.mentor"}
_OF_PARTNERSHIPS: Final = {"delivery_partner_id": "part.update-effect", "delivery_partner_name": "part.update-effect"}
_OF_SCHOOLS: Final = {"induction_tutor_name": "school.tutor", "induction_tutor_email": "school.tutor"}
_OWN: Final = {
    DECLARATIONS: _OF_DECLARATIONS,
    PARTICIPANTS: _OF_PARTICIPANTS,
    PARTNERSHIPS: _OF_PARTNERSHIPS,
    SCHOOLS: _OF_SCHOOLS,
}
_STATES: Final = {
    "submitted": "decl.eligible",
    "eligible": "decl.eligible",
    "payable": "pay.payable",
    "paid": "pay.paid",
    "voided": "void.unpaid",
    "awaiting-clawback": "void.paid",
    "clawed-back": "pay.paid",
}


def of_rows(path: str, query: dict[str, str]) -> str:
    """What says which rows a list holds: its filters, else who sees what."""
    needed = {"filter[cohort]"} if path == SCHOOLS else set()
    return next((rule for name, rule in _FILTERS.items() if name in query and name not in needed), _ROWS[path])


def of_attribute(path: str, name: str, expected: Any) -> str:
    """What says how an attribute is shown."""
    if name == "updated_at":
        return _UPDATED[path]
    if path == DECLARATIONS and name == "state":
        return _STATES[str(expected)]
    return _OWN.get(path, {}).get(name) or _ATTRIBUTES.get(name, SHOWN)


COMPARISON: Final = Comparison(SHOWN, of_attribute, of_rows)

_NAMES: Final = (_ROWS, _FILTERS, _UPDATED, _ATTRIBUTES, _STATES, *_OWN.values())

# What a walk sees at work. Each of them may be what a difference breaks.
AT_WORK: Final = tuple(
    sorted(
        {
            *(
                rule
                for names in (_ROWS, _FILTERS, _UPDATED, _ATTRIBUTES, _STATES, *_OWN.values())
                for rule in names.values()
            ),
            *("transfer.who-sees", "status.independent", "resume.effect", "sched.partnership-choice", "part.effect"),
            *("decl.becomes-eligible", "void.frees-milestone", "sched.history", "decl.one-per-milestone"),
        }
    )
)
