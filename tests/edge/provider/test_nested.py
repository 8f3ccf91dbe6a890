"""Names with brackets."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.edge.provider.nested import nested


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("", {}),
        ("sort=-created_at", {"sort": "-created_at"}),
        ("filter[cohort]=2021,2022", {"filter": {"cohort": "2021,2022"}}),
        ("filter%5Bcohort%5D=2021", {"filter": {"cohort": "2021"}}),
        ("filter[cohort]=2021&filter[cohort]=2022", {"filter": {"cohort": "2022"}}),
        ("page[page]=2&page[per_page]=5", {"page": {"page": "2", "per_page": "5"}}),
        ("data[attributes][reason]=other", {"data": {"attributes": {"reason": "other"}}}),
        ("filter=", {"filter": ""}),
        ("filter=x&filter[cohort]=1", {"filter": "x"}),
        ("filter[cohort]=1&filter=x", {"filter": "x"}),
        ("filter[]=x", {"filter": ["x"]}),
        ("filter[cohort][]=2021", {"filter": {"cohort": ["2021"]}}),
        ("filter[cohort", {"filter[cohort": ""}),
        ("[cohort]=1", {"[cohort]": "1"}),
        ("a=%FF", {"a": "\N{REPLACEMENT CHARACTER}"}),
        ("a=1+2", {"a": "1 2"}),
    ],
)
def test_it_reads(text: str, members: dict[str, Any]) -> None:
    assert nested(text) == members


def test_a_name_of_absurd_depth_is_passed_over() -> None:
    assert nested("a" + "[b]" * 10_000 + "=1&c=2") == {"c": "2"}
