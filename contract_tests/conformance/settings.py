"""What a run is told about the requests that are made up, for when the tests are collected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass
class Settings:
    """`seed` is what they are made from, `examples` how many each operation gets."""

    seed: int = 1
    examples: int = 10


SETTINGS: Final = Settings()
