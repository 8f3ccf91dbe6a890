"""What clients match on: the titles of refusals and, where there are none, what they say."""

from __future__ import annotations

from typing import Any, Final

ECF_TITLES: Final = {
    "Bad parameter": ["read.filter-object", "read.cohort-required"],
    "Bad request": [
        "read.updated-since",
        "read.training-status",
        "read.participant-id",
        "read.page",
        "read.sort",
        "read.null-byte",
        "body.json",
        "fragile.page",
        "fragile.data",
        "fragile.attributes",
        "fragile.resume",
        "fragile.partnership-cohort",
        "clock.header-bad",
        "decl.withdrawal-undated",
    ],
    "Invalid action": ["void.paid-needs-statement", "void.once", "void.final", "sched.known"],
    "base": ["decl.one-per-milestone"],
    "cohort": [
        "decl.cohort-open",
        "sched.cohort",
        "sched.cohort-fixed",
        "sched.partnership",
        "part.cohort-given",
        "part.cohort",
    ],
    "course_identifier": ["decl.npq-retired", "decl.course-matches", "participant.course-matches"],
    "declaration_date": [
        "decl.date-given",
        "decl.date-format",
        "decl.date-not-future",
        "decl.milestone-start",
        "decl.milestone-end",
    ],
    "declaration_type": ["decl.type-given", "decl.milestone-exists", "decl.mentor-types"],
    "delivery_partner_id": [
        "part.delivery-partner-given",
        "part.delivery-partner-known",
        "part.delivery-partner-yours",
        "part.update-active",
        "part.update-delivery-partner",
    ],
    "evidence_held": ["decl.evidence"],
    "participant_id": [
        "vis.participant",
        "vis.validated-only",
        "decl.participant-known",
        "decl.before-withdrawal",
        "decl.placed-with-provider",
        "participant.placed-with-provider",
        "withdraw.needs-started",
        "sched.not-withdrawn",
    ],
    "participant_profile": [
        "defer.not-deferred",
        "defer.not-withdrawn",
        "resume.was-paused",
        "withdraw.not-withdrawn",
    ],
    "reason": ["defer.reason", "withdraw.reason"],
    "schedule_identifier": ["sched.identifier", "sched.different", "sched.course", "sched.fits-declarations"],
    "school_id": [
        "part.school-given",
        "part.school-known",
        "part.school-funded",
        "part.school-eligible",
        "part.not-yours-already",
        "part.not-anothers",
        "part.school-decided",
    ],
}

REGISTER_TITLES: Final = {
    "Bad parameter": [
        "read.filter-object",
        "read.cohort-required",
    ],
    "Bad request": [
        "read.updated-since",
        "read.page",
        "body.json",
        "body.attributes",
        "decl.date-unreadable",
        "decl.withdrawal-undated",
        "fragile.query",
        "fragile.page",
        "fragile.updated-since",
        "fragile.data",
        "fragile.declaration-date",
        "clock.header-bad",
    ],
    "Resource not found": [
        "path.unknown",
        "part.update-known",
    ],
    "cohort": [
        "decl.cohort-not-frozen",
        "decl.cohort-open",
        "sched.partnership",
        "sched.not-into-frozen",
        "part.cohort-given",
        "part.cohort",
        "part.cohort-begun",
        "part.cohort-enabled",
    ],
    "course_identifier": [
        "decl.course-given",
        "decl.course-matches",
        "participant.course-matches",
    ],
    "declaration_date": [
        "decl.date-given",
        "decl.date-not-future",
        "decl.milestone-start",
        "decl.milestone-end",
        "decl.date-format",
        "decl.in-sequence",
    ],
    "declaration_type": [
        "decl.type-given",
        "decl.type-known",
        "decl.one-per-milestone",
        "decl.mentor-types",
        "decl.milestone-exists",
    ],
    "delivery_partner_id": [
        "part.delivery-partner-given",
        "part.delivery-partner-known",
        "part.delivery-partner-yours",
        "part.update-delivery-partner",
    ],
    "evidence_held": [
        "decl.evidence",
    ],
    "participant_declaration_id": [
        "void.once",
        "void.final",
        "void.paid-needs-statement",
    ],
    "participant_id": [
        "decl.participant-known",
        "decl.before-withdrawal",
        "decl.placed-with-provider",
        "withdraw.not-withdrawn",
        "defer.not-deferred",
        "defer.not-withdrawn",
        "training.begun",
        "training.one-day",
        "resume.was-paused",
        "resume.not-elsewhere",
        "resume.not-same-day",
        "resume.still-at-school",
        "resume.overlaps",
        "sched.not-completed",
        "sched.not-left",
        "sched.not-withdrawn",
        "sched.no-later-training",
    ],
    "reason": [
        "withdraw.reason",
        "withdraw.mentor-only-reason",
        "defer.reason",
    ],
    "schedule_identifier": [
        "sched.identifier",
        "sched.different",
        "sched.course",
        "sched.fits-declarations",
        "sched.statement-clash",
    ],
    "school_id": [
        "part.school-given",
        "part.school-known",
        "part.school-eligible",
        "part.not-yours-already",
        "part.not-school-led",
    ],
}

TITLES: Final = {"ecf": ECF_TITLES, "register": REGISTER_TITLES}
"""The rules by the title of their refusal."""

STATUSES: Final = {"Bad parameter": 400, "Bad request": 400, "Resource not found": 404}
"""Of a refusal with such a title; of an attribute it is 422."""

ECF_ERRORS: Final = {
    "auth.private-api": (403, ""),
    "auth.token-required": (401, {"error": "HTTP Token: Access denied"}),
    "path.unknown": (404, {"error": "Resource not Found"}),
    "sched.declared-milestone": (404, {"error": "Resource not Found"}),
    "part.update-known": (404, {"error": "Resource not Found"}),
    "method.unknown": (405, {"error": "Method not allowed"}),
    "body.size": (413, {"error": "Request body too large"}),
    "rate.limit": (429, "Retry later\n"),
}
REGISTER_ERRORS: Final = {
    "auth.token-required": (401, {"error": "HTTP Token: Access denied"}),
    "route.unknown": (404, {"error": "Resource not found"}),
    "body.size": (413, {"error": "Request body too large"}),
    "rate.limit": (429, "Retry later\n"),
    "rate.limit-address": (429, "Retry later\n"),
}
ERRORS: Final[dict[str, dict[str, tuple[int, Any]]]] = {"ecf": ECF_ERRORS, "register": REGISTER_ERRORS}
"""What a client is told when a request is refused as a whole."""
