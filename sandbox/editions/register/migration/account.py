"""The account of a move: what was left behind, and what was carried otherwise than it was, each with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field

from sandbox.edition import Remark


@dataclass(slots=True)
class Account:
    """Kept while records are carried over; `left_out` and `altered` are in the order in which they were noted."""

    left_out: list[Remark] = field(default_factory=list)
    altered: list[Remark] = field(default_factory=list)

    def leave(self, kind: str, id: str, reason: str) -> None:
        """Note that something is not carried over."""
        self.left_out.append(Remark(kind, id, reason))

    def alter(self, kind: str, id: str, reason: str) -> None:
        """Note that something is carried over, but not as it was."""
        self.altered.append(Remark(kind, id, reason))
