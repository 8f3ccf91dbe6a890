"""Who may have worlds of their own, kept in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any, Final

from sandbox.store.links import Links
from sandbox.store.rows import SCHEMA
from sandbox.worlds.invitations import Invitation

_ADD: Final = f"INSERT INTO {SCHEMA}._invitations (id, name, quota, made_at, token_hash) VALUES (%s, %s, %s, %s, %s)"
_FIND: Final = f"SELECT id, name, quota, made_at, token_hash FROM {SCHEMA}._invitations"
_REVOKE: Final = f"DELETE FROM {SCHEMA}._invitations WHERE id = %s RETURNING id"


def tables() -> Iterator[str]:
    """The statements that make what is not there yet."""
    yield (
        f"CREATE TABLE IF NOT EXISTS {SCHEMA}._invitations (number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
        "id text UNIQUE NOT NULL, name text NOT NULL, quota int NOT NULL, made_at timestamptz NOT NULL, "
        "token_hash text UNIQUE NOT NULL)"
    )


class SharedInvitations:
    """Those that have not been revoked."""

    def __init__(self, links: Links) -> None:
        self._links = links

    async def add(self, invitation: Invitation) -> None:
        """Keep one more."""
        given = invitation.id, invitation.name, invitation.quota, invitation.made_at, invitation.token_hash
        await self._asked("written", _ADD, *given)

    async def all(self) -> Sequence[Invitation]:
        """Each of them, in the order they were made."""
        return [_invitation(row) for row in await self._asked("read", f"{_FIND} ORDER BY number")]

    async def revoke(self, id: str) -> bool:
        """Have one count no more; False when there is none."""
        return "\x00" not in id and bool(await self._asked("written", _REVOKE, id))

    async def of(self, token_hash: str) -> Invitation | None:
        """The one whose token has this hash."""
        rows = await self._asked("read", f"{_FIND} WHERE token_hash = %s", token_hash)
        return next(map(_invitation, rows), None)

    async def _asked(self, what: str, statement: str, *values: Any) -> list[Any]:
        return await self._links.aside(what, lambda link: link.alone(statement, values))


def _invitation(row: Sequence[Any]) -> Invitation:
    id, name, quota, made_at, token_hash = row
    return Invitation(id=id, name=name, quota=quota, made_at=made_at.astimezone(UTC), token_hash=token_hash)
