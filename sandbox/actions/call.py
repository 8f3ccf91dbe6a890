"""Who asks, and when: handed to every action, so that none looks at a clock or a token."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sandbox.model import LeadProvider
from sandbox.rules.book import RuleBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When something happens in a world, the rules it goes by, and where its new ids come from."""

    now: datetime
    rules: RuleBook
    new_id: Callable[[], str]

    @property
    def today(self) -> date:
        """The UTC calendar day."""
        return self.now.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Moment):
    """One request of one lead provider."""

    provider: LeadProvider
