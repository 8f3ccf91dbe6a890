"""Who asks, and when, by Register's rules."""

from __future__ import annotations

from typing import TypeAlias

from sandbox.actions.call import CallBy, MomentBy
from sandbox.editions.register.rules.book import RegisterBook

Call: TypeAlias = CallBy[RegisterBook]
Moment: TypeAlias = MomentBy[RegisterBook]
