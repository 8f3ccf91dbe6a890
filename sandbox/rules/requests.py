"""What a provider asks for, as read from the attributes of a request body.

Every member is text or None: a blank counts as not given, an object or a list as not sent, as the service has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from sandbox.rules.rule import rule


@rule("body.json")
def is_no_request(body: Any) -> bool:
    """True when a body is not an object with a `data` object that holds something."""
    return not (isinstance(body, dict) and isinstance(body.get("data"), dict) and body["data"])


@rule("body.attributes")
def attributes_of(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The members of `data.attributes`; nothing at all when they are missing or no object."""
    attributes = body["data"].get("attributes")
    return attributes if isinstance(attributes, dict) else {}


def as_text(value: Any) -> str | None:
    """A scalar as text; None for a blank, an object or a list."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, float)):
        return str(value).strip() or None
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Attributes a provider sent."""

    @classmethod
    def of(cls, attributes: Mapping[str, Any]) -> Self:
        """Read the members this request knows; others are ignored."""
        return cls(**{field.name: as_text(attributes.get(field.name)) for field in fields(cls)})


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationRequest(Request):
    """`POST /participant-declarations`."""

    participant_id: str | None = None
    declaration_type: str | None = None
    declaration_date: str | None = None
    course_identifier: str | None = None
    evidence_held: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRequest(Request):
    """`PUT /participants/ecf/{id}/defer`, `/resume` and `/withdraw`; resuming needs no reason."""

    course_identifier: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRequest(Request):
    """`PUT /participants/ecf/{id}/change-schedule`. No cohort: the one the participant is in."""

    course_identifier: str | None = None
    schedule_identifier: str | None = None
    cohort: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnershipRequest(Request):
    """`POST /partnerships/ecf`, and `PUT /partnerships/ecf/{id}`, which needs a delivery partner alone."""

    cohort: str | None = None
    school_id: str | None = None
    delivery_partner_id: str | None = None
