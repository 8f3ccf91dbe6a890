"""Register: "Register early career teachers", the service that followed ECF, in its version v3."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from sandbox import documents
from sandbox.edition import Catalogue, Document, Edition, OwnRecords
from sandbox.editions.register.actions.indexes import RegisterIndexes
from sandbox.editions.register.actors.nights import settle
from sandbox.editions.register.book import BOOKS
from sandbox.editions.register.control.acts import ACTS
from sandbox.editions.register.defects import DEFECTS
from sandbox.editions.register.handlers import v3
from sandbox.editions.register.migration.carrying import carry_over
from sandbox.editions.register.presentation import PRESENTATIONS
from sandbox.editions.register.seeding.begin import ORGANISATIONS, begin, tokens

NAME: Final = "register"


@cache
def _documents() -> Mapping[str, Document]:
    return {"v3": documents.document(f"{NAME}/v3")}


@cache
def _catalogue() -> Catalogue:
    return documents.rules(NAME)


EDITION: Final = Edition(
    name=NAME,
    versions=("v3",),
    documents=_documents,
    catalogue=_catalogue,
    rules=BOOKS,
    presentation=PRESENTATIONS,
    handlers={"v3": {name: value for name, value in vars(v3).items() if callable(value) and not name.startswith("_")}},
    defects=DEFECTS,
    scenario="register",
    empty_scenario=ORGANISATIONS,
    tokens=tokens,
    own=OwnRecords(begin=begin, settle=settle, indexes=RegisterIndexes, acts=ACTS, carry_over=carry_over),
)
