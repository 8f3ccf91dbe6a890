"""What a run is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from contract_tests.target import Behaviour


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which deployment to test, and how. Without `base_url` a sandbox is started. Secrets are never shown."""

    versions: Sequence[str]
    base_url: str | None = None
    token: str | None = field(default=None, repr=False)
    control_token: str | None = field(default=None, repr=False)
    behaviour: Behaviour | None = None
    read_only: bool = False
    allow_writes: bool = False
    production: bool = False
    rate: float | None = None
    max_time: float | None = None
    seed: int = 1
    examples: int = 10
    rules: Sequence[str] = ()
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    workers: int = 2
    defects: str = ""
    against: str | None = None
    token2: str | None = field(default=None, repr=False)
    report: Path | None = None

    def secrets(self) -> Iterator[str]:
        """What must be read nowhere."""
        yield from (secret for secret in (self.token, self.token2, self.control_token) if secret)
        yield from (value for value in self.headers.values() if value)
