"""The run that this process is for: requests are made up as the tests are collected, before there are fixtures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from contract_tests.config import RunConfig
from contract_tests.documents import VERSIONS


@dataclass
class Current:
    """`config` is set by the plugin, once, and so are the `versions` that this process tells anything of."""

    config: RunConfig = field(default_factory=RunConfig)
    versions: tuple[str, ...] = VERSIONS


CURRENT: Final = Current()
