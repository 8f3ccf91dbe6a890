"""How often one token may ask, when that is limited at all."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from typing import Final

from sandbox.rules.rule import Breach, Refused, rule, rule_id_of

REQUESTS: Final = 1000
WINDOW: Final = 300  # seconds
MOST: Final = 10_000  # tokens that are told from each other: whoever makes up more makes the others forgotten


class RateLimit:
    """Counts requests by their raw `Authorization` header, in windows fixed to the clock on the wall.

    `seconds` tells the time in seconds; only whole windows of it matter.
    """

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._window = -1
        self._counted: OrderedDict[bytes, int] = OrderedDict()  # by digest, as a header may be long

    def count(self, authorization: str | None) -> None:
        """Count a request by its header; those without are free. Raises Refused."""
        if authorization is None:
            return
        window = int(self._seconds()) // WINDOW
        if window != self._window:
            self._window = window
            self._counted.clear()
        whose = sha256(authorization.encode("latin-1", "replace")).digest()
        requests = self._counted[whose] = self._counted.pop(whose, 0) + 1
        if len(self._counted) > MOST:
            self._counted.popitem(last=False)
        if is_too_often(requests):
            raise Refused(Breach(rule_id_of(is_too_often)))


@rule("rate.limit")
def is_too_often(requests: int) -> bool:
    """True from the request on that is more than 1,000 in one window."""
    return requests > REQUESTS
