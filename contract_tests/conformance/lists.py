"""The lists that each version has, and what is known of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from contract_tests.documents import operations

COHORTS: Final = ("2021", "2022", "2023", "2024", "2025")
NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class List:
    """A list: its operation and that of one record, and what it has to be asked with.

    `ordered_by` and `sorts` are attributes that are shown and that it is ordered by: without being told, and when
    told to. `since` says whether it takes filter[updated_since], `private` whether each provider surely has
    records of its own there.
    """

    path: str
    all: str
    one: str
    query: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    ordered_by: str | None = None
    sorts: tuple[str, ...] = ()
    since: bool = True
    private: bool = True

    def __str__(self) -> str:
        return self.path


PARTICIPANTS: Final = List(path="/participants/ecf", all="list_participants", one="get_participant")
DECLARATIONS: Final = List(path="/participant-declarations", all="list_declarations", one="get_declaration")
STATEMENTS: Final = List(path="/statements", all="list_statements", one="get_statement", ordered_by="payment_date")

_V1: Final = (PARTICIPANTS, DECLARATIONS)
_V3: Final = (
    List(path="/participants/ecf", all="list_participants", one="get_participant", sorts=("id",)),
    List(path="/participant-declarations", all="list_declarations", one="get_declaration", ordered_by="created_at"),
    List(path="/participants/ecf/transfers", all="list_transfers", one="get_transfers", private=False),
    STATEMENTS,
    List(
        path="/schools/ecf",
        all="list_schools",
        one="get_school",
        query=MappingProxyType({"filter[cohort]": "2024"}),
        ordered_by="created_at",
        sorts=("created_at", "urn"),
        private=False,
    ),
    List(
        path="/delivery-partners",
        all="list_delivery_partners",
        one="get_delivery_partner",
        ordered_by="created_at",
        sorts=("created_at", "updated_at"),
        since=False,
        private=False,
    ),
    List(
        path="/unfunded-mentors/ecf",
        all="list_unfunded_mentors",
        one="get_unfunded_mentor",
        ordered_by="created_at",
        sorts=("created_at", "updated_at"),
        private=False,
    ),
    List(
        path="/partnerships/ecf",
        all="list_partnerships",
        one="get_partnership",
        ordered_by="created_at",
        sorts=("created_at",),
    ),
)
LISTS: Final[Mapping[str, tuple[List, ...]]] = MappingProxyType({"v1": _V1, "v2": _V1, "v3": _V3})


def shown(resource: Mapping[str, Any], name: str) -> Any:
    """What a resource shows under a name: its id, or an attribute."""
    return resource["id"] if name == "id" else resource["attributes"][name]


def path_of_one(version: str, known: List) -> str:
    """The path of one record of a list, with {id} in it."""
    return next(operation.path for operation in operations(version) if operation.id == known.one)
