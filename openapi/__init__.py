"""The documents and the catalogue of rules: what the sandbox promises, and what the contract tests hold others to."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from openapi.bundling import bundle, read_yaml

FOLDER: Final = Path(__file__).parent
VERSIONS: Final = ("v1", "v2", "v3")


def document(name: str) -> dict[str, Any]:
    """A document, such as `v3`, with everything it refers to inside it. Raises SpecProblem."""
    return bundle(FOLDER / f"{name}.yaml")


def rules() -> dict[str, Any]:
    """Every rule by its id, as an OpenAPI Example Object. Raises SpecProblem."""
    return dict(read_yaml(FOLDER / "rules.yaml"))
