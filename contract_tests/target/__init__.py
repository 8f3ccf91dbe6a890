"""Any deployment: what it is, what it lets a test do, and how a scenario gets whom it needs there."""

from __future__ import annotations

from dataclasses import dataclass

from contract_tests.config import Behaviour, RunConfig
from contract_tests.errors import LeftOut


@dataclass(frozen=True, kw_only=True)
class Target:
    """What a run is about, as it turned out to be.

    `sandbox`: it has a control API; `writes`: it may be written to; `ends_at`: the time.monotonic() to give up at;
    `answers_in`: how many seconds an answer takes; `apart`: the main world of the sandbox, which
    answers whoever has no token, is of another edition.
    """

    config: RunConfig
    sandbox: bool = False
    writes: bool = False
    behaviour: Behaviour = "documented"
    ends_at: float | None = None
    answers_in: float = 0.0
    apart: bool = False

    @property
    def url(self) -> str:
        """Where it is."""
        return self.config.url

    @property
    def token(self) -> str:
        """The tested provider's."""
        return self.config.token or ""

    @property
    def versions(self) -> tuple[str, ...]:
        """Those that are tested."""
        return self.config.versions

    @property
    def production(self) -> bool:
        """True when its time is its own."""
        return self.config.production

    def answers_anybody(self) -> None:
        """Raises LeftOut where whoever has no token is answered as another edition does."""
        if self.apart:
            raise LeftOut("it asks without a token, and the sandbox's main world is of another edition (--edition)")

    @property
    def shares_people(self) -> bool:
        """True where scenarios write about those whom a deployment happens to have: no two at a time, then."""
        return self.writes and not self.sandbox
