"""In whose name a difference is reported: the rule that says what should have been shown, or a check."""

from __future__ import annotations

from typing import Any, Final

from contract_tests.model import lists

SHOWN: Final = "check.shows"

_ROWS: Final = {
    lists.PARTICIPANTS: "vis.participant",
    lists.DECLARATIONS: "vis.declaration",
    lists.TRANSFERS: "transfer.who-sees",
    lists.UNFUNDED: "vis.unfunded-mentor",
    lists.PARTNERSHIPS: "vis.partnership",
    lists.SCHOOLS: "vis.school",
    lists.PARTNERS: "vis.delivery-partner",
    lists.STATEMENTS: "vis.statement",
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
_ATTRIBUTES: Final = {
    "training_status": "status.independent",
    "participant_status": "status.derive",
    "status": "status.derive",
    "withdrawal": "withdraw.effect",
    "deferral": "defer.effect",
    "schedule_identifier": "sched.effect",
    "cohort_changed_after_payments_frozen": "sched.frozen-cohort",
    "mentor_funding_end_date": "decl.mentor-completes",
    "mentor_ineligible_for_funding_reason": "decl.mentor-completes",
    "participant_id_changes": "id-change",
    "participant_id": "id-change",
    "delivery_partner_id": "part.update-effect",
    "updated_at": "read.updated-since",
    "statement_id": "decl.statement",
    "clawback_statement_id": "void.paid",
    "evidence_held": "decl.evidence",
    "paid": "pay.paid",
    "transfer_type": "transfer.type",
    "challenged_reason": "part.challenge",
    "challenged_at": "part.challenge",
    "in_partnership": "vis.school",
    "induction_programme_choice": "part.effect",
}
_OF_DECLARATIONS: Final = {"delivery_partner_id": "decl.records-context", "mentor_id": "decl.records-context"}
_OF_TRANSFERS: Final = {"status": "transfer.status"}
_OF_PARTNERSHIPS: Final = {"status": "part.challenge"}
_STATES: Final = {
    "submitted": "decl.eligible",
    "eligible": "decl.eligible",
    "ineligible": "decl.duplicate-person",
    "payable": "pay.payable",
    "paid": "pay.paid",
    "voided": "void.unpaid",
    "awaiting-clawback": "void.paid",
    "clawed-back": "pay.paid",
}


def of_rows(path: str, query: dict[str, str]) -> str:
    """What says which rows a list holds: its filters, else who sees what."""
    needed = {"filter[cohort]"} if path == lists.SCHOOLS else set()
    return next((rule for name, rule in _FILTERS.items() if name in query and name not in needed), _ROWS[path])


def of_attribute(path: str, name: str, expected: Any) -> str:
    """What says how an attribute is shown."""
    if path == lists.DECLARATIONS and name in ("state", "voided", "eligible_for_payment"):
        return _STATES.get(str(expected), "void.unpaid" if name == "voided" else "pay.payable")
    own = {
        lists.DECLARATIONS: _OF_DECLARATIONS,
        lists.TRANSFERS: _OF_TRANSFERS,
        lists.PARTNERSHIPS: _OF_PARTNERSHIPS,
    }.get(path, {})
    return own.get(name) or _ATTRIBUTES.get(name, SHOWN)


# What a walk sees at work in every version, and what in v3 alone. Each of them may be what a difference breaks.
EVERYWHERE: Final = (
    *("vis.participant", "vis.declaration", "read.cohort-filter", "read.updated-since", "read.participant-id"),
    *("read.page", "id-change", "status.derive", "status.independent", "sched.effect"),
    *("decl.eligible", "decl.becomes-eligible", "decl.duplicate-person", "decl.records-context", "decl.evidence"),
    *("void.unpaid", "void.paid", "void.frees-milestone", "pay.payable", "pay.paid"),
    *("defer.effect", "resume.effect", "withdraw.effect"),
)
OF_PASTS: Final = tuple(id for id in EVERYWHERE if not id.startswith("read."))
V1_AND_V2: Final = ("read.csv",)
V3: Final = (
    *("vis.unfunded-mentor", "vis.partnership", "vis.school", "vis.delivery-partner", "vis.statement"),
    *("read.sort", "read.training-status", "read.from-participant-id"),
    *("part.effect", "part.update-effect", "part.challenge"),
    *("transfer.type", "transfer.status", "transfer.who-sees"),
    *("decl.statement", "decl.mentor-completes", "sched.frozen-cohort"),
)
