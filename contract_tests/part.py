"""What one process tells of a run."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, get_args

Share = Literal["scenarios", "random"]
SHARES: Final[tuple[Share, ...]] = get_args(Share)


class Part(NamedTuple):
    """What one process tells of a run: which versions, and of them what is by hand, or made up at random."""

    versions: tuple[str, ...]
    share: Share | None = None

    @property
    def name(self) -> str:
        """As it is called where people and files are told of it."""
        return ", ".join(self.versions) + (f" ({self.share})" if self.share else "")
