"""The lists that each version has: what its document says of them, and what no document can."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from contract_tests.documents import SCOPE, Operation, every_operation, filters
from contract_tests.lists import needed

PARTICIPANTS: Final = "/participants/ecf"
DECLARATIONS: Final = "/participant-declarations"
STATEMENTS: Final = "/statements"


@dataclass(frozen=True, kw_only=True)
class Order:
    """Attributes that are shown and that a list is ordered by: without being told, and when told to."""

    by_itself: str | None = None
    told: tuple[str, ...] = ()


BY_CREATION: Final = Order(by_itself="created_at", told=("created_at", "updated_at"))

# Of what v3 shows; v1 and v2 do not show when something was created, and do not sort.
_OF_ECF: Final[Mapping[str, Order]] = {
    "/participants/ecf": Order(told=("id",)),
    "/participant-declarations": Order(by_itself="created_at"),
    "/participants/ecf/transfers": Order(),
    "/statements": Order(by_itself="payment_date"),
    "/schools/ecf": Order(by_itself="created_at", told=("created_at", "urn")),
    "/delivery-partners": BY_CREATION,
    "/unfunded-mentors/ecf": BY_CREATION,
    "/partnerships/ecf": Order(by_itself="created_at", told=("created_at",)),
}
_OF_REGISTER: Final[Mapping[str, Order]] = {
    "/participants": Order(told=("updated_at",)),  # `id` is a number there, which is not shown
    "/participant-declarations": Order(by_itself="created_at"),
    "/participants/transfers": Order(),
    "/statements": Order(by_itself="payment_date"),
    "/schools": Order(by_itself="created_at", told=("created_at", "updated_at", "urn")),
    "/delivery-partners": Order(by_itself="created_at", told=("created_at", "updated_at", "name")),
    "/unfunded-mentors": BY_CREATION,
    "/partnerships": BY_CREATION,
}
ORDERS: Final[Mapping[str, Mapping[str, Order]]] = {"ecf": _OF_ECF, "register": _OF_REGISTER}

# Of which each provider surely has records of its own.
PRIVATE: Final = frozenset({"/participants/ecf", "/participant-declarations", "/statements"})


@dataclass(frozen=True, kw_only=True)
class ListEndpoint:
    """A list: its operation and that of one record, and what it has to be asked with."""

    all: Operation
    one: Operation
    order: Order = field(default_factory=Order)

    def __str__(self) -> str:
        return self.path

    @property
    def path(self) -> str:
        """Where it is."""
        return self.all.path

    @property
    def query(self) -> Mapping[str, str]:
        """What it cannot be asked without."""
        return MappingProxyType(needed(self.all))

    @property
    def since(self) -> bool:
        """Whether it takes filter[updated_since]."""
        return "updated_since" in filters(self.all)

    @property
    def private(self) -> bool:
        """Whether each provider surely has records of its own there."""
        return self.path in PRIVATE

    def path_of(self, id: str) -> str:
        """Where one of its records is."""
        return self.one.path.replace("{id}", id)


def endpoints(version: str) -> tuple[ListEndpoint, ...]:
    """The lists of a version."""
    return _endpoints(SCOPE.edition, version)


@cache
def _endpoints(edition: str, version: str) -> tuple[ListEndpoint, ...]:
    orders = ORDERS[edition] if version == "v3" else {}
    reads = {operation.path: operation for operation in every_operation(version) if operation.method == "GET"}
    alone = {path.replace("/{id}", ""): operation for path, operation in reads.items() if "{id}" in path}
    return tuple(
        ListEndpoint(all=reads[path], one=one, order=orders.get(path, Order()))
        for path, one in alone.items()
        if path in reads
    )


def shown(resource: Mapping[str, Any], name: str) -> Any:
    """What a resource shows under a name: its id, or an attribute."""
    return resource["id"] if name == "id" else resource["attributes"][name]
