"""`page[page]` and `page[per_page]`."""

from __future__ import annotations

from typing import Any, Final

from contract_tests.api import Api
from contract_tests.errors import Unavailable, require_equal
from contract_tests.lists import Query, alike, lists, paged, undisturbed
from contract_tests.marks import accepts, refuses

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
    proved = [path for path, needed in lists(version) if _pages_follow(api, path, needed)]
    if not proved:
        raise Unavailable(f"a list of more than {PER_PAGE}")


@accepts("read.page")
def test_a_page_beyond_the_end_is_empty(api: Api, version: str) -> None:
    for path, needed in lists(version):
        require_equal([], api.get(path, **needed, **paged(1_000_000, 3000)).data)


@accepts("read.page")
def test_unless_asked_otherwise_a_list_begins_with_its_first_hundred(api: Api, version: str) -> None:
    for path, needed in lists(version):
        alike(api, path, needed, needed | paged(1, 100))


@accepts("read.page")
def test_more_than_3000_a_page_count_as_3000(api: Api) -> None:
    alike(api, "/participant-declarations", paged(1, 3000), paged(1, 3001))


def _pages_follow(api: Api, path: str, needed: Query) -> bool:
    """Whether a list has several pages. Raises ContractBroken unless they make up its beginning."""

    def prove(whole: list[Any]) -> None:
        pages = [api.get(path, **needed, **paged(number, PER_PAGE)).data for number in range(1, PAGES + 1)]
        require_equal(
            [each["id"] for each in whole], [each["id"] for page in pages for each in page], check="check.pages"
        )
        require_equal(whole, [each for page in pages for each in page], check="check.pages")

    whole: list[Any] = api.get(path, **needed, **paged(1, PER_PAGE * PAGES)).data
    undisturbed(lambda: api.get(path, **needed, **paged(1, PER_PAGE * PAGES)).data, prove)
    return len(whole) > PER_PAGE
