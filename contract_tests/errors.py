"""What a scenario, or a whole run, may end with."""

from __future__ import annotations

from typing import Final

from contract_tests.exchange import Exchange

ANSWERED: Final = "check.answered"  # found where a request got no answer at all


class ContractBroken(AssertionError):
    """The implementation did not do what its contract says: which check found it, what was expected, what came.

    `fragile` says who would meet it, where that is nobody who asks as clients do.
    """

    def __init__(
        self, check: str, expected: str, received: str, exchange: Exchange | None = None, *, fragile: str = ""
    ) -> None:
        super().__init__(f"{check}: expected {expected}; received {received}")
        self.check = check
        self.expected = expected
        self.received = received
        self.exchange = exchange
        self.fragile = fragile


def require(holds: bool, check: str, expected: str, received: object, exchange: Exchange | None = None) -> None:
    """Raises ContractBroken unless it holds."""
    if not holds:
        raise ContractBroken(check, expected, str(received), exchange)


class Unavailable(Exception):
    """A scenario needs something that the target does not have; the message says what: `no unused mentor`."""

    @property
    def reason(self) -> str:
        """Why the scenario is skipped, as a clause."""
        return f"the target has {self}"


class LeftOut(Unavailable):
    """A scenario is not for this run, whatever the target has; the message is a clause that says why."""

    @property
    def reason(self) -> str:
        """The message."""
        return str(self)


class ReadOnly(LeftOut):
    """A scenario writes, and nothing but GET may be sent."""

    def __init__(self) -> None:
        super().__init__("it writes, and this run only reads: allow more with --allow-writes")


class Disturbed(LeftOut):
    """A scenario proves nothing, as the data changed while it read them."""

    def __init__(self, place: object) -> None:
        super().__init__(f"somebody changed {place} while it was being read")


class Unusable(Exception):
    """The target cannot be tested at all; the message is a sentence for whoever started the run."""


class TimeIsOver(Unusable):
    """A run has had the time that --max-time allows."""

    def __init__(self) -> None:
        super().__init__("The time that --max-time allows is over. Allow more, or select fewer rules with --rules.")


class NotDone(Unusable):
    """A sandbox does not know what a school, the DfE or time is to do, or does not let this run ask for it."""


class Declined(ContractBroken):
    """A sandbox declined what a school, the DfE or time can do, by the rules: no more than what those refuse may be."""

    def __init__(self, act: str, exchange: Exchange) -> None:
        super().__init__("check.control", f"{act} done", f"{exchange.status} {exchange.content!r}", exchange)


def require_equal(
    expected: object, received: object, exchange: Exchange | None = None, check: str = "check.shows"
) -> None:
    """Raises ContractBroken unless what came is what was expected."""
    if received != expected:
        raise ContractBroken(check, str(expected), str(received), exchange)
