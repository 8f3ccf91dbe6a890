"""What would keep a sandbox from serving, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence

from sandbox.doctor import data, machine, port
from sandbox.doctor.finding import Finding, told
from sandbox.settings import Settings

__all__ = ["Finding", "examined", "told"]


def examined(settings: Settings) -> Sequence[Finding]:
    """What is found where a sandbox would be started with these settings."""
    return [
        machine.python(),
        *machine.packages(),
        machine.processes(settings.workers),
        port.free(settings.host, settings.port),
        data.database(settings.store) if settings.store is not None else data.folder(settings.data),
        *machine.room(settings.data if settings.store is None else None),
        machine.cached(),
        machine.time_zones(),
    ]
