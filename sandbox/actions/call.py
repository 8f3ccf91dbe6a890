"""Who asks, and when: handed to every action, so that none looks at a clock or a token."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Generic, TypeAlias, TypeVar

import msgspec

from sandbox.model import LeadProvider
from sandbox.rules.book import Book, RuleBook

B = TypeVar("B", bound=Book, covariant=True)


class MomentBy(msgspec.Struct, Generic[B], frozen=True, kw_only=True):
    """When something happens in a world, the rules it goes by, and where its new ids come from."""

    now: datetime
    rules: B
    new_id: Callable[[], str]

    @property
    def today(self) -> date:
        """The calendar day, where the service is."""
        return self.rules.day_of(self.now)


class CallBy(MomentBy[B], frozen=True, kw_only=True):
    """One request of one lead provider."""

    provider: LeadProvider


Moment: TypeAlias = MomentBy[RuleBook]
Call: TypeAlias = CallBy[RuleBook]
