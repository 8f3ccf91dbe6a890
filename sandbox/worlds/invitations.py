"""Who may have worlds of their own on a sandbox that somebody else runs."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final, Protocol

import msgspec

from sandbox.worlds.world import hashed

PREFIX: Final = "invitation-"
MOST: Final = 10_000


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """Lets whoever bears its token have so many worlds at once. Of the token only a hash is kept."""

    id: str
    name: str
    quota: int
    made_at: datetime
    token_hash: str


class Invitations(Protocol):
    """Those that have not been revoked. Whatever cannot be done raises StoreProblem."""

    async def add(self, invitation: Invitation) -> None:
        """Keep one more."""

    async def all(self) -> Sequence[Invitation]:
        """Each of them, in the order they were made."""

    async def revoke(self, id: str) -> bool:
        """Have one count no more; False when there is none."""

    async def of(self, token_hash: str) -> Invitation | None:
        """The one whose token has this hash."""


class MemoryInvitations:
    """Keeps them in the memory of this process."""

    def __init__(self) -> None:
        self._by_hash: dict[str, Invitation] = {}

    async def add(self, invitation: Invitation) -> None:
        """Keep one more."""
        self._by_hash[invitation.token_hash] = invitation

    async def all(self) -> Sequence[Invitation]:
        """Each of them, in the order they were made."""
        return list(self._by_hash.values())

    async def revoke(self, id: str) -> bool:
        """Have one count no more; False when there is none."""
        theirs = [each for each in self._by_hash.values() if each.id == id]
        for invitation in theirs:
            del self._by_hash[invitation.token_hash]
        return bool(theirs)

    async def of(self, token_hash: str) -> Invitation | None:
        """The one whose token has this hash."""
        return self._by_hash.get(token_hash)


def issued(name: str, quota: int, made_at: datetime) -> tuple[Invitation, str]:
    """A new invitation, and the token that nobody is told again."""
    token = f"{PREFIX}{secrets.token_urlsafe(24)}"
    id = f"i{secrets.token_hex(5)}"
    return Invitation(id=id, name=name, quota=quota, made_at=made_at, token_hash=hashed(token)), token
