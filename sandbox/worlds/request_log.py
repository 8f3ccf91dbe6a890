"""The requests that a world remembers, and what those before them add up to."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Final, Protocol, Self

from sandbox.model import LeadProvider
from sandbox.readiness.tally import Tally
from sandbox.worlds.logged_request import LoggedRequest

REMEMBERED: Final = 1000  # requests
MOST: Final = 100  # lead providers whose earlier requests are added up


class Requests(Protocol):
    """What lead providers have asked of one world, from which is judged what their clients can do."""

    def append(self, request: LoggedRequest, /) -> None:
        """Remember one more, which is not answered yet."""

    def note_stranger(self, *, has_token: bool) -> None:
        """Count a request without a valid token, in whose URL there was one or not."""

    async def gathered(self) -> RequestLog:
        """All of it, whichever process was asked. Raises StoreProblem."""

    async def clear(self) -> None:
        """Forget all there was. Raises StoreProblem."""


class RequestLog:
    """The last requests, the oldest first. What goes is added to its provider's tally, so that nothing is forgotten.

    `strangers` counts requests without a valid token, of which nothing else is kept; `tokens_in_urls` those of them
    that had one in the URL.
    """

    def __init__(self) -> None:
        self._last: deque[LoggedRequest] = deque()
        self._tallies: dict[str, Tally] = {}
        self._providers: dict[str, LeadProvider] = {}
        self.strangers = 0
        self.tokens_in_urls = 0

    def __len__(self) -> int:
        return len(self._last)

    def __iter__(self) -> Iterator[LoggedRequest]:
        """Each, the oldest first."""
        return iter(self._last)

    def __reversed__(self) -> Iterator[LoggedRequest]:
        """Each, the newest first."""
        return reversed(self._last)

    def append(self, request: LoggedRequest) -> None:
        """Remember one more."""
        if len(self._last) >= REMEMBERED:
            self._forget(self._last.popleft())
        self._last.append(request)

    def note_stranger(self, *, has_token: bool) -> None:
        """Count a request without a valid token, in whose URL there was one or not."""
        self.strangers += 1
        self.tokens_in_urls += has_token

    async def gathered(self) -> Self:
        """This one: nobody else is asked."""
        return self

    async def clear(self) -> None:
        """Forget all there was."""
        for kept in (self._last, self._tallies, self._providers):
            kept.clear()
        self.strangers = self.tokens_in_urls = 0

    def providers(self) -> list[LeadProvider]:
        """Whoever has asked for something lately, or before."""
        return list(
            (self._providers | {each.provider.id: each.provider for each in self._last if each.provider}).values()
        )

    def tally(self, provider_id: str) -> Tally:
        """What a provider's requests come to, the last ones included."""
        known = self._tallies.get(provider_id)
        tally = known.copy() if known is not None else Tally()
        for request in self._last:
            if request.provider is not None and request.provider.id == provider_id:
                tally.add(request)
        return tally

    def _forget(self, request: LoggedRequest) -> None:
        if request.provider is None:
            return
        tally = self._tallies.get(request.provider.id)
        if tally is None:
            if len(self._tallies) >= MOST:
                return
            tally = self._tallies[request.provider.id] = Tally()
            self._providers[request.provider.id] = request.provider
        tally.add(request)
