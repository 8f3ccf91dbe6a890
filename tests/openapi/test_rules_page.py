"""The page about the rules is made from the catalogue, and is up to date."""

from __future__ import annotations

import pytest

from docs import rules_page

from .documents import EDITIONS, catalogue

CATALOGUE = """\
---
# What this is
# and more of that

# First things

one.thing:
  summary: "It is `a | b`."
  value:
    errors:
      - title: "base"
        detail: "It is {now:%H:%M}: ask {cohort.id}."
  x-status: 422
  x-behaviour: documented
  x-versions: [v1, v3]

one.other:
  summary: >-
    It has
    two lines.
  x-guidance: "Read both."
  x-versions: [v2]

# Second things

two.thing:
  summary: "It is one."
  value:
    error: "No"
  x-status: 404
  x-versions: [v1]

two.plain:
  summary: "It is none."
  value: "Later\\n"
  x-status: 429
  x-versions: [v1]
"""


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_page_is_up_to_date(edition: str) -> None:
    made = rules_page.page(edition, rules_page.catalogue(edition))
    assert rules_page.PAGES[edition].read_text() == made, "run python docs/rules_page.py"


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_page_has_every_rule_once_in_the_order_of_the_catalogue(edition: str) -> None:
    lines = rules_page.PAGES[edition].read_text().splitlines()
    assert [line.split("`")[1] for line in lines if line.startswith("| `")] == list(catalogue(edition))


def test_the_headings_of_the_catalogue_group_its_rules() -> None:
    assert list(rules_page.groups(CATALOGUE)) == [
        ("First things", ["one.thing", "one.other"]),
        ("Second things", ["two.thing", "two.plain"]),
    ]


@pytest.mark.parametrize(
    "row",
    [
        r"| `one.thing` | It is `a \| b`. | 422 `base` | v1, v3 | documented |  | It is {now}: ask {cohort.id}. |",
        "| `one.other` | It has two lines. |  | v2 |  | Read both. |  |",
        "| `two.thing` | It is one. | 404 | v1 |  |  | No |",
        "| `two.plain` | It is none. | 429 | v1 |  |  | Later |",
    ],
)
def test_a_rule_is_a_row(row: str) -> None:
    assert row in rules_page.page("ecf", CATALOGUE).splitlines()
