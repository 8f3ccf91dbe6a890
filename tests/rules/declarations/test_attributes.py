"""Whatever is sent as attributes: each is answered by its own rule, and nothing falls over."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api import Api
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import Refusal, over, refusal
from tests.rules.variants import EVERY_BEHAVIOUR, EVERY_VERSION

DECLARATIONS = "/participant-declarations"
SPRING = "2025-02-03T09:00:00Z"
ODD: list[Any] = [0, -1, 2.5, 1e300, 10**40, True, False, "\0", "é" * 5000, "'; --", "💥"]
NESTED: list[Any] = [{}, {"id": "other"}, [], ["other"]]
WRONG = {
    "participant_id": "decl.participant-known",
    "declaration_date": "decl.date-format",
    "declaration_type": "decl.milestone-exists",
    "course_identifier": "decl.course-matches",
    "evidence_held": "decl.evidence",
}
MISSING = WRONG | {"declaration_date": "decl.date-given", "declaration_type": "decl.type-given"}
NOTHING = Refusal(
    422,
    ["participant_id", "declaration_date", "declaration_type"],
    ["decl.participant-known", "decl.date-given", "decl.type-given"],
)


@pytest.fixture
def whole(ect: str) -> dict[str, Any]:
    """The attributes of a declaration that is right in February 2025."""
    return {
        "participant_id": ect,
        "declaration_type": "retained-1",
        "declaration_date": SPRING,
        "course_identifier": "ecf-induction",
        "evidence_held": "other",
    }


@EVERY_VERSION
@EVERY_BEHAVIOUR
@pytest.mark.parametrize(
    "data",
    [
        {"attributes": {}},
        {"attributes": None},
        {"attributes": "started"},
        {"type": "participant-declaration"},
        {"attributes": dict.fromkeys(WRONG)},
        {"attributes": dict.fromkeys(WRONG, "")},
    ],
)
@refuses("decl.participant-known", "decl.date-given", "decl.type-given")
def test_without_attributes_three_things_are_at_fault_in_this_order(northgate: Api, data: dict[str, Any]) -> None:
    assert refusal(northgate, Api.send, "POST", DECLARATIONS, json={"data": data}) == NOTHING


@pytest.mark.parametrize("attribute", WRONG)
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: f"{type(odd).__name__} {odd!r:.12}")
@refuses("decl.participant-known", "decl.date-format", "decl.milestone-exists", "decl.course-matches", "decl.evidence")
def test_an_odd_value_is_refused_by_the_rule_of_its_attribute(
    northgate: Api, whole: dict[str, Any], attribute: str, odd: Any
) -> None:
    refused = refusal(northgate.at(SPRING), Api.post, DECLARATIONS, **(whole | {attribute: odd}))
    assert refused == over(attribute, WRONG[attribute])


@pytest.mark.parametrize("attribute", MISSING)
@pytest.mark.parametrize("nested", NESTED, ids=str)
@refuses("decl.participant-known", "decl.date-given", "decl.type-given", "decl.course-matches", "decl.evidence")
def test_an_object_or_a_list_counts_as_not_sent(
    northgate: Api, whole: dict[str, Any], attribute: str, nested: Any
) -> None:
    refused = refusal(northgate.at(SPRING), Api.post, DECLARATIONS, **(whole | {attribute: nested}))
    assert refused == over(attribute, MISSING[attribute])


@EVERY_VERSION
@accepts("body.attributes")
def test_members_that_nobody_asked_for_are_ignored(northgate: Api, whole: dict[str, Any]) -> None:
    more = {"has_passed": True, "state": "paid", "id": "1", "declared_by": {"name": ["Ada"]}, "": None}
    declared = northgate.at(SPRING).post(DECLARATIONS, **whole, **more)
    assert declared.attributes["state"] == "eligible"
    assert declared.id != "1"
    assert declared.attributes["has_passed"] is None


@pytest.mark.parametrize("type", ["participant-declaration", "partnership", 7, None, {}])
@accepts("body.attributes")
def test_what_type_the_data_say_they_are_is_ignored(northgate: Api, whole: dict[str, Any], type: Any) -> None:
    body = {"data": {"type": type, "id": "1", "attributes": whole}, "meta": []}
    assert northgate.at(SPRING).send("POST", DECLARATIONS, json=body).status == 200


@accepts("body.attributes")
def test_spaces_round_a_value_are_not_part_of_it(northgate: Api, whole: dict[str, Any]) -> None:
    spaced = {name: f" {value} " for name, value in whole.items()}
    shown = northgate.at(SPRING).post(DECLARATIONS, **spaced).attributes
    assert (shown["participant_id"], shown["declaration_type"]) == (whole["participant_id"], "retained-1")
    assert shown["declaration_date"] == SPRING


def test_with_everything_right_a_declaration_is_stored(northgate: Api, whole: dict[str, Any]) -> None:
    declared = northgate.at(SPRING).post(DECLARATIONS, **whole)
    assert northgate.get(f"{DECLARATIONS}/{declared.id}").json == declared.json
    assert refusal(northgate.at(SPRING), Api.post, DECLARATIONS, **(whole | {"evidence_held": "hearsay"})) == over(
        "base", "decl.one-per-milestone"
    )
