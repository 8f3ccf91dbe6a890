"""Which release of the contract tests this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def release() -> str:
    """The version that is installed."""
    try:
        return version("ecf-sandbox")
    except PackageNotFoundError:
        return "(not installed)"
