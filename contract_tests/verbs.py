"""What a provider can have done, as requests: told once for everything that asks as a provider."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Any, Generic, TypeVar

from contract_tests.forms import form

R = TypeVar("R")


class Verbs(ABC, Generic[R]):
    """Asks one version as one provider, and answers each request with an `R`."""

    @abstractmethod
    def get(self, path: str, **query: str) -> R:
        """Read something."""

    @abstractmethod
    def post(self, path: str, **attributes: Any) -> R:
        """Have something made, with these attributes."""

    @abstractmethod
    def put(self, path: str, **attributes: Any) -> R:
        """Have something done, with these attributes or with no body."""

    def declare(self, participant_id: str, declaration_type: str, dated: datetime | str, **others: Any) -> R:
        """Declare of an ECT, with evidence where it is called for, unless told otherwise; None leaves something out."""
        attributes: dict[str, Any] = {
            "participant_id": participant_id,
            "declaration_type": declaration_type,
            "declaration_date": dated if isinstance(dated, str) else f"{dated:%Y-%m-%dT%H:%M:%SZ}",
            "course_identifier": "ecf-induction",
        }
        if declaration_type != "started" or form().evidence_for_started:
            attributes["evidence_held"] = "other"
        attributes |= others
        return self.post("/participant-declarations", **{k: v for k, v in attributes.items() if v is not None})

    def void(self, declaration_id: str) -> R:
        """Void a declaration, or have its payment clawed back."""
        return self.put(f"/participant-declarations/{declaration_id}/void")

    def defer(self, participant_id: str, reason: str = "career-break", course: str = "ecf-induction") -> R:
        """Report a break."""
        return self.put(f"{form().participants}/{participant_id}/defer", reason=reason, course_identifier=course)

    def resume(self, participant_id: str, course: str = "ecf-induction") -> R:
        """Report a return."""
        return self.put(f"{form().participants}/{participant_id}/resume", course_identifier=course)

    def withdraw(self, participant_id: str, reason: str = "moved-school", course: str = "ecf-induction") -> R:
        """Report that somebody has left."""
        return self.put(f"{form().participants}/{participant_id}/withdraw", reason=reason, course_identifier=course)

    def change_schedule(self, participant_id: str, to: str, course: str = "ecf-induction", **others: Any) -> R:
        """Put somebody on another schedule."""
        path = f"{form().participants}/{participant_id}/change-schedule"
        return self.put(path, schedule_identifier=to, course_identifier=course, **others)

    def confirm_partnership(self, school_id: str, delivery_partner_id: str, cohort: str) -> R:
        """Confirm a partnership with a school."""
        attributes = {"cohort": cohort, "school_id": school_id, "delivery_partner_id": delivery_partner_id}
        return self.post(form().partnerships, **attributes)

    def change_delivery_partner(self, partnership_id: str, delivery_partner_id: str) -> R:
        """Have a partnership delivered by another."""
        return self.put(f"{form().partnerships}/{partnership_id}", delivery_partner_id=delivery_partner_id)
