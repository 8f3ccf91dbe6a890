"""Who may have worlds of their own, kept in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC

from sandbox.store.links import Links
from sandbox.store.rows import SCHEMA
from sandbox.worlds.invitations import Invitation


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

    def add(self, invitation: Invitation) -> None:
        """Keep one more."""
        given = invitation.id, invitation.name, invitation.quota, invitation.made_at, invitation.token_hash
        link = self._links.reading
        with self._links.problems("written", link):
            link.alone(
                f"INSERT INTO {SCHEMA}._invitations (id, name, quota, made_at, token_hash) VALUES (%s, %s, %s, %s, %s)",
                given,
            )

    def all(self) -> Sequence[Invitation]:
        """Each of them, in the order they were made."""
        return self._found("ORDER BY number")

    def revoke(self, id: str) -> bool:
        """Have one count no more; False when there is none."""
        link = self._links.reading
        with self._links.problems("written", link):
            known = "\x00" not in id
            return known and bool(link.alone(f"DELETE FROM {SCHEMA}._invitations WHERE id = %s RETURNING id", (id,)))

    def of(self, token_hash: str) -> Invitation | None:
        """The one whose token has this hash."""
        return next(iter(self._found("WHERE token_hash = %s", token_hash)), None)

    def _found(self, condition: str, *values: str) -> list[Invitation]:
        link = self._links.reading
        with self._links.problems("read", link):
            rows = link.alone(
                f"SELECT id, name, quota, made_at, token_hash FROM {SCHEMA}._invitations {condition}", values
            )
        return [
            Invitation(id=id, name=name, quota=quota, made_at=made_at.astimezone(UTC), token_hash=token_hash)
            for id, name, quota, made_at, token_hash in rows
        ]
