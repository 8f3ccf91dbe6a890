"""ECF: the service for early career teachers that ran until spring 2026, in its versions v1, v2 and v3."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import ModuleType
from typing import Final

from sandbox import documents
from sandbox.edition import Catalogue, Document, Edition, Handler
from sandbox.editions.ecf.book import BOOKS
from sandbox.editions.ecf.defects import DEFECTS
from sandbox.editions.ecf.handlers import v1, v2, v3
from sandbox.editions.ecf.presentation import PRESENTATIONS
from sandbox.seeding.tokens import tokens

NAME: Final = "ecf"
VERSIONS: Final = {"v1": v1, "v2": v2, "v3": v3}


@cache
def _documents() -> Mapping[str, Document]:
    return {version: documents.document(f"{NAME}/{version}") for version in VERSIONS}


@cache
def _catalogue() -> Catalogue:
    return documents.rules(NAME)


def _handlers(module: ModuleType) -> Mapping[str, Handler]:
    """What a module answers: each public name in it that can be called is an operationId of its document."""
    return {name: value for name, value in vars(module).items() if callable(value) and not name.startswith("_")}


EDITION: Final = Edition(
    name=NAME,
    versions=tuple(VERSIONS),
    documents=_documents,
    catalogue=_catalogue,
    rules=BOOKS,
    presentation=PRESENTATIONS,
    handlers={version: _handlers(module) for version, module in VERSIONS.items()},
    defects=DEFECTS,
    tokens=tokens,
)
