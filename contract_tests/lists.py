"""Lists, as a deployment has them: others may change what is in one while a test reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, TypeVar

from contract_tests.api import Api
from contract_tests.documents import Operation, filters, operations
from contract_tests.errors import ContractBroken, Disturbed, Unavailable, require_equal

T = TypeVar("T")

PARTICIPANTS: Final = "/participants/ecf"
DECLARATIONS: Final = "/participant-declarations"
A_COHORT: Final = "2024"  # for lists that have to be asked as of one
NOBODY: Final = "00000000-0000-4000-8000-000000000000"  # an id of nothing
LIVE: Final = frozenset({"submitted", "eligible", "payable", "paid"})
_ATTEMPTS: Final = 3

Query = dict[str, str]


def reads(version: str) -> Iterator[tuple[str, Query]]:
    """The path of everything that can be read, with the query it cannot do without."""
    for operation in operations(version):
        if operation.method == "GET":
            yield operation.path, needed(operation)


def live(api: Api, participant_id: str) -> list[Any]:
    """What has been declared of somebody and counts still: a scenario before may have voided something."""
    declared = api.every(DECLARATIONS, **{"filter[participant_id]": participant_id})
    return [each for each in declared if each["attributes"]["state"] in LIVE]


def lists(version: str) -> Iterator[tuple[str, Query]]:
    """Those of them that are lists with pages."""
    for path, needed in reads(version):
        if "{id}" not in path and not path.endswith(".csv"):
            yield path, needed


def needed(operation: Operation) -> Query:
    """The query that an operation cannot do without."""
    return {"filter[cohort]": A_COHORT} if filters(operation).get("cohort") else {}


def paged(page: int, per_page: int) -> Query:
    """The query for one page."""
    return {"page[page]": str(page), "page[per_page]": str(per_page)}


def some(api: Api, path: str, number: int, **query: str) -> list[Any]:
    """So many of a list, the first ones. Raises Unavailable when it has fewer."""
    found: list[Any] = api.get(path, **query, **paged(1, number)).data
    if len(found) < number:
        raise Unavailable(f"fewer than {number} records in {path}")
    return found


def undisturbed(read: Callable[[], T], proves: Callable[[T], None]) -> None:
    """Have `proves` look at what is read, and again when that has changed meanwhile.

    Raises ContractBroken, Unavailable.
    """
    for _ in range(_ATTEMPTS):
        seen = read()
        try:
            proves(seen)
        except ContractBroken:
            if read() == seen:
                raise
        else:
            return
    raise Disturbed("a list")


def alike(api: Api, path: str, query: Query, other: Query) -> None:
    """Raises ContractBroken unless a list answers two queries alike."""
    undisturbed(lambda: api.get(path, **query).data, lambda listed: require_equal(listed, api.get(path, **other).data))


def gravest(proofs: Iterable[Callable[[], None]]) -> None:
    """Have everything proved. Raises ContractBroken: at once for what is broken, at the end for what is fragile."""
    fragile: ContractBroken | None = None
    for proves in proofs:
        try:
            proves()
        except ContractBroken as broken:
            if not broken.fragile:
                raise
            fragile = fragile or broken
    if fragile is not None:
        raise fragile


def tie(whole: Sequence[Any], walked: Sequence[Any]) -> str:
    """Who meets it when a list read page by page differs only in which of several with the same time comes first.

    Nothing where it differs in more.
    """
    for name in ("created_at", "payment_date"):
        times = [record["attributes"].get(name) for record in whole]
        if None not in times and times == [record["attributes"].get(name) for record in walked]:
            return f"A client that reads a list page by page in which several records have the same {name}."
    return ""
