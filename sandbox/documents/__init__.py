"""The OpenAPI documents and catalogues of rules, read from `openapi/`: what each edition promises."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import orjson

from sandbox.cache import user_cache
from sandbox.resources import folder

FOLDER: Final = folder("openapi")
CONTROL: Final = "control"
Document = dict[str, Any]
_CODE: Final = Path(__file__).parent


def document(name: str) -> Document:
    """A document, such as `ecf/v3`, with everything it refers to inside it. Raises SpecProblem."""
    from sandbox.documents.bundling import bundle

    return _prepared(name, lambda: bundle(FOLDER / f"{name}.yaml"))


def rules(edition: str) -> dict[str, Any]:
    """Every rule of an edition by its id, as an OpenAPI Example Object. Raises SpecProblem."""
    from sandbox.documents.bundling import read_yaml

    return _prepared(f"{edition}/rules", lambda: dict(read_yaml(FOLDER / edition / "rules.yaml")))


def answers(name: str) -> dict[str, Any]:
    """What the examples of a document are answered with: Example Objects, by operation and by example."""
    file = FOLDER / f"{name}.answers.json"
    recorded: dict[str, Any] = orjson.loads(file.read_bytes()) if file.is_file() else {}
    return recorded


def moves(edition: str) -> dict[str, Any]:
    """What a client of the service before has to change for an edition, by id. Raises SpecProblem."""
    from sandbox.documents.bundling import read_yaml

    return _prepared(f"{edition}/migration", lambda: dict(read_yaml(FOLDER / edition / "migration.yaml")))


def _prepared(name: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    made_from = [*FOLDER.rglob("*.yaml"), *_CODE.glob("*.py")]
    file = f"{name.replace('/', '-')}.json"
    content: dict[str, Any] = orjson.loads(user_cache().get(file, made_from, lambda: orjson.dumps(make())))
    return content
