"""`page[page]` and `page[per_page]`."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from contract_tests.api import Api
from contract_tests.errors import ContractBroken, Unavailable, require_equal
from contract_tests.lists import Query, alike, gravest, lists, paged, tie, undisturbed
from contract_tests.marks import accepts, behaviour, refuses

PER_PAGE: Final = 4
PAGES: Final = 3


@refuses("read.page")
def test_what_is_no_whole_number_from_1_is_refused_by_every_list(api: Api, version: str) -> None:
    for path, needed in lists(version):
        for name in ("page", "per_page"):
            for number in ("0", "-1", "two"):
                api.get(path, **needed, **{f"page[{name}]": number}).is_refused(400, "Bad request")


@accepts("read.page")
def test_pages_follow_each_other_without_overlap_or_gap(api: Api, version: str) -> None:
    every = list(lists(version))
    gravest(partial(_pages_follow, api, path, needed) for path, needed in every)
    if not any(len(api.get(path, **needed, **paged(1, PER_PAGE + 1)).data) > PER_PAGE for path, needed in every):
        raise Unavailable(f"no list of more than {PER_PAGE} records")


@accepts("read.page")
def test_a_page_beyond_the_end_is_empty(api: Api, version: str) -> None:
    for path, needed in lists(version):
        require_equal([], api.get(path, **needed, **paged(1_000_000, 3000)).data)


@behaviour("documented")
@accepts("read.page")
def test_by_the_guidance_however_far_beyond_it_is(api: Api, version: str) -> None:
    for path, needed in lists(version):
        for page, per_page in ((10**17, 100), (10**30, 100), (10**30, 10**30)):
            require_equal([], api.get(path, **needed, **paged(page, per_page)).data)
    path, needed = next(lists(version))
    alike(api, path, needed | paged(1, 3000), needed | paged(1, 10**30))


@accepts("read.page")
def test_unless_asked_otherwise_a_list_begins_with_its_first_hundred(api: Api, version: str) -> None:
    for path, needed in lists(version):
        alike(api, path, needed, needed | paged(1, 100))


@accepts("read.page")
def test_more_than_3000_a_page_count_as_3000(api: Api) -> None:
    alike(api, "/participant-declarations", paged(1, 3000), paged(1, 3001))


def _pages_follow(api: Api, path: str, needed: Query) -> None:
    """Raises ContractBroken unless a list's first pages make up its beginning."""

    def prove(whole: list[Any]) -> None:
        pages = [api.get(path, **needed, **paged(number, PER_PAGE)).data for number in range(1, PAGES + 1)]
        walked = [each for page in pages for each in page]
        if walked != whole:
            expected, received = (str([each["id"] for each in records]) for records in (whole, walked))
            raise ContractBroken("check.pages", expected, received, fragile=tie(whole, walked))

    undisturbed(lambda: api.get(path, **needed, **paged(1, PER_PAGE * PAGES)).data, prove)
