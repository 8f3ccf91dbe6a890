"""How a scenario gets what it needs: from the control API of a sandbox, or from what a deployment happens to have."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from contract_tests.api import Api
from contract_tests.calendar import Milestone, milestones
from contract_tests.config import Behaviour
from contract_tests.errors import Unavailable

Role = Literal["ect", "mentor"]
STANDARD = "ecf-standard-september"


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone in training with the provider: one training of theirs."""

    id: str
    role: Role
    cohort: str
    schedule: str
    behaviour: Behaviour = "documented"

    @property
    def course(self) -> str:
        """The course they are on."""
        return "ecf-induction" if self.role == "ect" else "ecf-mentor"

    def milestone(self, declaration_type: str = "started") -> Milestone:
        """When a type may be declared of them. Raises Unavailable when their schedule has no such milestone."""
        found = milestones(self.schedule, self.cohort, self.behaviour).get(declaration_type)
        if found is None:
            raise Unavailable(f"no milestone {declaration_type} on {self.schedule} of {self.cohort}")
        return found


class Backstage(ABC):
    """What goes on where a provider cannot see it. What cannot be had raises Unavailable, which skips the scenario."""

    behaviour: Behaviour = "documented"
    inexact: timedelta = timedelta(0)  # how far the target's time may be from what `now` says

    @property
    @abstractmethod
    def now(self) -> datetime:
        """The target's time."""

    def is_between(self, before: datetime, shown: str) -> bool:
        """Whether a time that is shown is after `before` and not in the future, as exactly as the clock is known."""
        return before - self.inexact <= datetime.fromisoformat(shown) <= self.now + self.inexact

    @abstractmethod
    def provider(self, number: int = 0) -> Api:
        """A lead provider: the one that is tested, or another (1, 2)."""

    @abstractmethod
    def person(
        self,
        role: Role = "ect",
        *,
        cohort: str = "2024",
        schedule: str = STANDARD,
        declared: Sequence[str] = (),
        status: str = "active",
        validation: str = "eligible_to_start",
    ) -> Person:
        """Someone of that cohort, on that schedule, with exactly these live declarations, in that training status."""

    def anyone(self, **about: Any) -> Person:
        """The same, where it does not matter what has been done to them before."""
        return self.person(**about)

    @abstractmethod
    def act(self, method: str, path: str, *, at: datetime | str | None = None, **body: Any) -> Any:
        """Have a school, the DfE or time do something: an operation of the sandbox's control API, and its answer."""

    @abstractmethod
    def done(self) -> None:
        """The scenario is over."""

    @abstractmethod
    def may_write(self) -> None:
        """Raises Unavailable where nothing may be sent but GET."""

    @abstractmethod
    def may_act(self) -> None:
        """Raises Unavailable where nothing makes schools, the DfE or time act."""

    @abstractmethod
    def name_of(self, number: int) -> str:
        """What the control API knows a provider by."""

    @abstractmethod
    def limit_requests(self) -> None:
        """Have each token's requests counted from now on."""
