"""What one process of a run is told of it besides the run itself: what others found out, and what all share."""

from __future__ import annotations

from pathlib import Path

import msgspec

from contract_tests.config import RunConfig
from contract_tests.target import Target


class Assignment(msgspec.Struct, frozen=True, kw_only=True):
    """`sandbox`: the target has a control API; `ends_at`: the time.monotonic() at which to give up.

    `turns` is the file by which processes take turns.
    """

    sandbox: bool
    ends_at: float | None
    turns: str
    apart: bool = False

    def write(self, file: Path) -> None:
        """Have it where a process reads it."""
        file.write_bytes(msgspec.json.encode(self))

    @classmethod
    def read(cls, file: Path) -> Assignment:
        """What was written."""
        return msgspec.json.decode(file.read_bytes(), type=cls)

    def target(self, config: RunConfig) -> Target:
        """The target, which nobody needs to look at again."""
        assert config.behaviour is not None
        return Target(
            config=config,
            sandbox=self.sandbox,
            writes=config.allow_writes,
            behaviour=config.behaviour,
            ends_at=self.ends_at,
            apart=self.apart,
        )
