"""What is tested: where it is, as whom, and what it lets a test do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Behaviour = Literal["documented", "deployed"]


@dataclass(frozen=True, kw_only=True)
class Target:
    """A deployment. `sandbox`: it has a control API; `writes`: it may be written to; `production`: time is its own.

    Secrets are never shown: neither `token`, nor `control_token`, nor the headers given for a gateway.
    """

    url: str
    token: str = field(repr=False)
    versions: tuple[str, ...]
    sandbox: bool = False
    writes: bool = False
    production: bool = False
    behaviour: Behaviour = "documented"
    control_token: str | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    rate: float | None = None
    ends_at: float | None = None
    seed: int = 1
