"""What a provider asks for, as read from the attributes of a request body.

How each member is read is up to the world's rule book: a blank counts as not given, an object or a list as not sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final, Self

from sandbox.rules.rule import Rules, rule
from sandbox.rules.spelling import SpellingRules


@dataclass(frozen=True, slots=True)
class SentBody:
    """What a body says, if it could be read; None if it could not."""

    content: Any

    @property
    def data(self) -> Any:
        """Its member `data`, if it has one."""
        return self.content.get("data") if isinstance(self.content, dict) else None

    @property
    def attributes(self) -> Any:
        """Its member `data.attributes`, if it has one."""
        return self.data.get("attributes") if isinstance(self.data, dict) else None


@rule("body.json")
def is_no_request(body: SentBody) -> bool:
    """True when a body is not an object with a `data` object that holds something."""
    return not (isinstance(body.data, dict) and body.data)


SENDING: Final[Rules] = (is_no_request,)


@rule("body.attributes")
def attributes_of(body: SentBody) -> Mapping[str, Any]:
    """The members of `data.attributes`; nothing at all when they are missing or no object."""
    return body.attributes if isinstance(body.attributes, dict) else {}


def _spelled(kind: str) -> Any:
    """A member that is read as the rule book has it for this kind of value."""
    return field(default=None, metadata={"spelled": kind})


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Attributes a provider sent: `sent` names all of them, known or not."""

    sent: tuple[str, ...] = ()

    @classmethod
    def of(cls, attributes: Mapping[str, Any], spelling: SpellingRules) -> Self:
        """Read the members this request knows; others are ignored."""
        kinds = {field.name: field.metadata["spelled"] for field in fields(cls) if field.metadata}
        known = {name: getattr(spelling, kind)(attributes.get(name)) for name, kind in kinds.items()}
        return cls(sent=tuple(attributes), **known)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationRequest(Request):
    """`POST /participant-declarations`."""

    participant_id: str | None = _spelled("sent_id")
    declaration_type: str | None = _spelled("sent_text")
    declaration_date: str | None = _spelled("sent_text")
    course_identifier: str | None = _spelled("sent_text")
    evidence_held: str | None = _spelled("sent_evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRequest(Request):
    """`PUT /participants/ecf/{id}/defer`, `/resume` and `/withdraw`; resuming needs no reason."""

    course_identifier: str | None = _spelled("sent_text")
    reason: str | None = _spelled("sent_text")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRequest(Request):
    """`PUT /participants/ecf/{id}/change-schedule`. No cohort: the one the participant is in."""

    course_identifier: str | None = _spelled("sent_text")
    schedule_identifier: str | None = _spelled("sent_text")
    cohort: str | None = _spelled("sent_year")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnershipRequest(Request):
    """`POST /partnerships/ecf`, and `PUT /partnerships/ecf/{id}`, which needs a delivery partner alone."""

    cohort: str | None = _spelled("sent_year")
    school_id: str | None = _spelled("sent_id")
    delivery_partner_id: str | None = _spelled("sent_id")
