"""Pages make up the whole list: nothing twice, nothing left out, none longer than asked for."""

from __future__ import annotations

import json
from collections import Counter
from functools import partial
from typing import Any, Final

from contract_tests.api import Api
from contract_tests.conformance.endpoints import ListEndpoint, endpoints
from contract_tests.errors import ContractBroken, Disturbed
from contract_tests.lists import gravest, tie
from contract_tests.marks import checks

SIZES: Final = (1, 2, 7)
PAGES: Final = 6  # the most of one size
WALK: Final = 3  # pages that are looked at of a list with more


@checks("check.paging")
def test_pages_make_up_the_whole_list(seen: Api) -> None:
    gravest(partial(_make_up_the_whole, seen, known) for known in endpoints(seen.version))


@checks("check.paging")
def test_pages_are_as_long_as_asked_for_and_do_not_overlap(seen: Api) -> None:
    gravest(partial(_do_not_overlap, seen, known, size) for known in endpoints(seen.version) for size in SIZES)


def _make_up_the_whole(seen: Api, known: ListEndpoint) -> None:
    whole = seen.every(known.path, **known.query)
    size = next(size for size in (*SIZES, -(-len(whole) // PAGES)) if size * PAGES >= len(whole))
    walked = [record for page in _pages(seen, known, size, PAGES) for record in page]
    if _counted(walked) != _counted(whole):
        _still_stands(seen, known, whole)
        raise ContractBroken("check.paging", *_difference(known, size, whole, walked), fragile=tie(whole, walked))
    if _page(seen, known, len(whole) + 1, 1):
        _still_stands(seen, known, whole)
        raise ContractBroken("check.paging", f"an empty page beyond the end of {known}", "records")


def _do_not_overlap(seen: Api, known: ListEndpoint, size: int) -> None:
    whole = seen.every(known.path, **known.query)
    pages = _pages(seen, known, size, WALK)
    lengths = [len(page) for page in pages]
    expected = [min(size, max(0, len(whole) - size * page)) for page in range(WALK)]
    walked = [record for page in pages for record in page]
    if lengths != expected:
        _still_stands(seen, known, whole)
        raise ContractBroken("check.paging", f"pages of {expected} records of {known} by {size}", str(lengths))
    if max(_counted(walked).values(), default=1) > 1:
        _still_stands(seen, known, whole)
        beginning = whole[: size * WALK]
        told = _difference(known, size, beginning, walked)
        raise ContractBroken("check.paging", *told, fragile=tie(beginning, walked))


def _pages(seen: Api, known: ListEndpoint, size: int, number: int) -> list[list[Any]]:
    return [_page(seen, known, page, size) for page in range(1, number + 1)]


def _page(seen: Api, known: ListEndpoint, page: int, size: int) -> list[Any]:
    query = {**known.query, "page[page]": str(page), "page[per_page]": str(size)}
    return list(seen.get(known.path, **query).data)


def _counted(records: list[Any]) -> Counter[str]:
    """Each record and how often it is there; v1 and v2 have two with one id of who is both ECT and mentor."""
    return Counter(json.dumps(record, sort_keys=True) for record in records)


def _still_stands(seen: Api, known: ListEndpoint, whole: list[Any]) -> None:
    """Raises Unavailable when somebody has changed the list meanwhile, so that nothing is proved."""
    if seen.every(known.path, **known.query) != whole:
        raise Disturbed(known)


def _difference(known: ListEndpoint, size: int, whole: list[Any], walked: list[Any]) -> tuple[str, str]:
    twice = sorted({json.loads(record)["id"] for record, number in _counted(walked).items() if number > 1})
    lacking = sorted({json.loads(record)["id"] for record in _counted(whole) - _counted(walked)})
    return f"every record of {known} once on pages of {size}", f"twice: {twice}; not seen: {lacking}"
