"""Where the data lie, documents and seeds: beside the installed packages, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Final

BESIDE: Final = Path(__file__).parents[1]
INSTALLED: Final = BESIDE / "ecf_sandbox_data"  # a name that no folder of anybody's own project has


def folder(name: str) -> Path:
    """The folder `openapi` or `seeds`, wherever this copy of the sandbox keeps it."""
    return (INSTALLED if INSTALLED.is_dir() else BESIDE) / name
