"""What a sandbox is started with."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Final

import msgspec

from sandbox.logs import LogFormat
from sandbox.model import Behaviour

DEFAULT_PORT: Final = 8080


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Where to serve, from which folder, and how. With `store`, a PostgreSQL database, there is no folder.

    Without `edition`, `scenario` or `behaviour` the data kept there go on as they are; fresh ones are of `ecf` and
    begin with what their edition begins with.
    """

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    data: Path = Path(".data")
    store: str | None = None
    workers: int = 1
    edition: str | None = None
    scenario: str | None = None
    behaviour: Behaviour | None = None
    rate_limit: bool = False
    control_token: str | None = None
    defects: tuple[str, ...] = ()
    log_format: LogFormat | None = None
    world_ttl: timedelta = timedelta(days=1)
