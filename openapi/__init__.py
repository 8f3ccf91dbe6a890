"""The documents and the catalogue of rules: what the sandbox promises, and what the contract tests hold others to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import orjson

from openapi.prepared import prepared

FOLDER: Final = Path(__file__).parent
VERSIONS: Final = ("v1", "v2", "v3")


def document(name: str) -> dict[str, Any]:
    """A document, such as `v3`, with everything it refers to inside it. Raises SpecProblem."""
    from openapi.bundling import bundle

    return _prepared(name, lambda: bundle(FOLDER / f"{name}.yaml"))


def rules() -> dict[str, Any]:
    """Every rule by its id, as an OpenAPI Example Object. Raises SpecProblem."""
    from openapi.bundling import read_yaml

    return _prepared("rules", lambda: dict(read_yaml(FOLDER / "rules.yaml")))


def _prepared(name: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    made_from = [*FOLDER.rglob("*.yaml"), *FOLDER.glob("*.py")]
    content: dict[str, Any] = orjson.loads(prepared(FOLDER, f"{name}.json", made_from, lambda: orjson.dumps(make())))
    return content
