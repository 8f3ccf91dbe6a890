"""How often one token, or one address, may ask, when that is limited at all."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from typing import Final, Protocol

from sandbox.rules.rule import Breach, Refused, rule, rule_id_of

REQUESTS: Final = 1000
REQUESTS_OF_ADDRESS: Final = 1500
WINDOW: Final = 300  # seconds
MOST: Final = 10_000  # tokens that are told from each other: whoever makes up more makes the others forgotten


class Tally(Protocol):
    """Counts what is asked of one world in one window after the other."""

    async def one_more(self, whose: bytes, window: int) -> int:
        """How many requests there have been of somebody in a window, with this one. Raises StoreProblem."""

    async def clear(self) -> None:
        """Begin again. Raises StoreProblem."""


class MemoryTally:
    """Counts in the memory of this process."""

    def __init__(self) -> None:
        self._window = -1
        self._counted: OrderedDict[bytes, int] = OrderedDict()

    async def one_more(self, whose: bytes, window: int) -> int:
        """How many requests there have been of somebody in a window, with this one."""
        if window != self._window:
            self._window = window
            self._counted.clear()
        requests = self._counted[whose] = self._counted.pop(whose, 0) + 1
        if len(self._counted) > MOST:
            self._counted.popitem(last=False)
        return requests

    async def clear(self) -> None:
        """Begin again."""
        self._counted.clear()


class RateLimit:
    """Counts requests by their raw `Authorization` header, and by address, in windows fixed to the clock on the wall.

    `seconds` tells the time in seconds; only whole windows of it matter.
    """

    def __init__(self, seconds: Callable[[], float], tally: Tally) -> None:
        self._seconds = seconds
        self._tally = tally

    async def count(self, authorization: str | None, address: str | None = None) -> None:
        """Count a request by its header, and by the address that it comes from if that is limited, too.

        Those without either are free. Raises Refused, StoreProblem.
        """
        if authorization is not None and is_too_often(await self._one_more(f"token {authorization}")):
            raise Refused(Breach(rule_id_of(is_too_often)))
        if address is not None and is_too_often_from_there(await self._one_more(f"address {address}")):
            raise Refused(Breach(rule_id_of(is_too_often_from_there)))

    async def _one_more(self, counted: str) -> int:
        """How many requests there have been of the kind in this window, with this one."""
        digest = sha256(counted.encode("latin-1", "replace")).digest()  # as a header may be long
        return await self._tally.one_more(digest, int(self._seconds()) // WINDOW)


@rule("rate.limit")
def is_too_often(requests: int) -> bool:
    """True from the request on that is more than 1,000 in one window."""
    return requests > REQUESTS


@rule("rate.limit-address")
def is_too_often_from_there(requests: int) -> bool:
    """True from the request on that is more than 1,500 from one address in one window."""
    return requests > REQUESTS_OF_ADDRESS
