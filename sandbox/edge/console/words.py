"""What things are called on pages: words of the records in plain English."""

from __future__ import annotations

from typing import Final

WORDS: Final = {
    "ect": "Early career teacher (ECT)",
    "mentor": "Mentor",
    "ecf": "ECF",
    "register": "Register early career teachers",
    "active": "In training",
    "deferred": "On a break (deferred)",
    "withdrawn": "Withdrawn by the provider",
    "withdrawn_by_school": "Withdrawn by the school",
    "joining": "About to join a school",
    "leaving": "About to leave the school",
    "left": "Left the school",
    "not_validated": "Not yet checked by the DfE",
    "not_in_training": "Not in training",
    "statement_payable": "Deadline passed, accepted for payment",
    "statement_paid": "Paid",
    "latecomers_settled": "Late declarations caught up with",
    "participant_left": "Left the school",
    "participant_joined": "Joined the school",
    "latency": "The answer comes late",
    "429": "429 Too many requests",
    "500": "500 Internal server error",
    "503": "503 Service unavailable",
    "drop": "The connection is dropped",
    "truncate": "Half an answer, then the connection is dropped",
    "eligible_to_start": "Eligible to start",
    "checking_qts": "Checking qualified teacher status",
    "dfe_checking_eligibility": "The DfE is still checking",
    "contacted_for_information": "The DfE has asked for their details",
    "not_eligible_for_funded_training": "Not eligible for funded training",
    "none": "Nothing yet: leave it for later",
    "true": "Yes",
    "false": "No",
    "documented": "Documented: the written guidance",
    "deployed": "Deployed: what the real service did in 2026",
}

LABELS: Final = {
    "on": "Date",
    "to": "Move to",
    "into": "Id that remains",
    "urn": "School",
    "trn": "Teacher reference number (TRN)",
    "email": "Email address",
    "participant_type": "Role",
    "participant_id": "Participant id",
    "mentor_id": "Mentor",
    "mentee_id": "ECT to be mentored",
    "provider": "Lead provider",
    "cohort": "Cohort",
    "starts_on": "First day",
    "validation": "What the DfE finds out",
    "status": "What the DfE finds out",
    "trn_validated": "TRN found right",
    "keeps_provider": "Keeps their lead provider",
    "as_well": "Stays at the other schools too",
    "token": "Token",
    "name": "Name",
    "delivery_partner_id": "Delivery partner",
    "delivery_partner_name": "Name of a new delivery partner",
    "course_identifier": "Course",
    "declaration_type": "Milestone",
    "evidence_held": "Evidence held",
    "schedule_identifier": "Schedule",
}


def in_words(word: object) -> str:
    """A word of the records as people say it."""
    text = str(word)
    return WORDS.get(text) or text.replace("_", " ").replace("-", " ").capitalize()


def label(name: str) -> str:
    """What a field is called."""
    return LABELS.get(name) or name.replace("_", " ").capitalize()
