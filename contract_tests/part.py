"""What one process tells of a run."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, get_args

Share = Literal["scenarios", "random", "generated", "walks"]
SHARES: Final[tuple[Share, ...]] = get_args(Share)
TWO: Final[tuple[Share, ...]] = ("scenarios", "random")  # of the newest of several versions
THREE: Final[tuple[Share, ...]] = ("scenarios", "generated", "walks")  # of the only one


class Part(NamedTuple):
    """What one process tells of a run: which versions, and of them what is by hand, or what is made up at random.

    Of what is made up it may have one kind: what is generated from documents, or walks.
    """

    versions: tuple[str, ...]
    share: Share | None = None

    @property
    def name(self) -> str:
        """As it is called where people and files are told of it."""
        return ", ".join(self.versions) + (f" ({self.share})" if self.share else "")
