"""`filter[participant_id]` and `filter[delivery_partner_id]` of declarations."""

from __future__ import annotations

import pytest

from tests.api import JANE, MENTOR, Api, World
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import NOT_FOUND, refusal
from tests.rules.variants import EVERY_VERSION, FLAT

DECLARATIONS = "/participant-declarations"
ALL = {"page[per_page]": "3000"}
PRIYA, RUTH = "0ca54e14-f5b6-42ad-bb09-5cc38e0b9833", "b8831f95-1b5f-45f1-b380-bf2e61c9ad14"
NOBODY = "00000000-0000-4000-8000-000000000000"
OAKFIELD, TIDEWAY = "cd3a1234-7308-4879-942a-c4a70ced400a", "af9d0057-760e-4807-b2be-d8ae7906acef"


def of(api: Api, ids: str) -> list[str]:
    """Of whom the declarations are that the filter keeps."""
    listed = api.get(DECLARATIONS, **ALL, **{"filter[participant_id]": ids}).data
    return [declaration["attributes"]["participant_id"] for declaration in listed]


@FLAT
@pytest.mark.parametrize("value", ["42", "jane", JANE[:-1], f"{JANE},{MENTOR}", f" {JANE}", JANE.replace("-", "")])
@refuses("read.participant-id")
def test_v1_and_v2_refuse_what_is_no_id_in_the_list_the_csv_and_of_one(version: str, value: str) -> None:
    api = World().api(version)
    (one, *_) = api.get(DECLARATIONS).ids
    for path in (DECLARATIONS, f"{DECLARATIONS}.csv", f"{DECLARATIONS}/{one}"):
        refused = refusal(api, Api.get, path, **{"filter[participant_id]": value})
        assert refused == (400, ["Bad request"], ["read.participant-id"])


@EVERY_VERSION
@accepts("read.participant-id")
def test_one_participants_declarations_are_listed_in_the_order_they_were_made(version: str) -> None:
    api = World().api(version)
    expected = [d for d in api.get(DECLARATIONS, **ALL).data if d["attributes"]["participant_id"] == PRIYA]
    assert len(expected) == 2
    for id in (PRIYA, PRIYA.upper()):
        assert api.get(DECLARATIONS, **{"filter[participant_id]": id}).data == expected


@EVERY_VERSION
@accepts("read.participant-id")
def test_someone_unknown_or_never_declared_matches_nothing(version: str) -> None:
    assert of(World().api(version), NOBODY) == []
    assert of(World().api(version), JANE) == []


@EVERY_VERSION
@accepts("read.participant-id")
def test_a_blank_filters_nothing(version: str) -> None:
    api = World().api(version)
    assert of(api, "") == [d["attributes"]["participant_id"] for d in api.get(DECLARATIONS, **ALL).data]


@FLAT
@refuses("path.unknown")
@accepts("read.participant-id")
def test_v1_and_v2_find_one_only_if_it_is_the_participants(version: str) -> None:
    api = World().api(version)
    one = api.get(DECLARATIONS, **{"filter[participant_id]": RUTH}).ids[0]
    assert api.get(f"{DECLARATIONS}/{one}", **{"filter[participant_id]": RUTH}).id == one
    assert refusal(api, Api.get, f"{DECLARATIONS}/{one}", **{"filter[participant_id]": JANE}) == NOT_FOUND


@FLAT
@accepts("read.participant-id")
def test_the_csv_is_filtered_as_the_list_is(version: str) -> None:
    api = World().api(version)
    rows = api.get(f"{DECLARATIONS}.csv", **{"filter[participant_id]": PRIYA}).response.text.splitlines()
    assert [row.split(",")[1] for row in rows] == ["participant_id", PRIYA, PRIYA]


@accepts("read.participant-id")
def test_v3_takes_several_ids() -> None:
    api = World().api()
    assert sorted(of(api, f"{RUTH},{PRIYA.upper()},{NOBODY}")) == sorted([RUTH, PRIYA, PRIYA])


@pytest.mark.parametrize("value", ["42", "jane", JANE[:-1], f"42,{PRIYA}"])
@accepts("read.participant-id")
def test_in_v3_what_is_no_id_matches_nothing(value: str) -> None:
    assert set(of(World().api(), value)) == ({PRIYA} if PRIYA in value else set())


@accepts("read.participant-id")
def test_v3_keeps_those_of_one_delivery_partner_or_several() -> None:
    api = World().api()

    def of_partners(ids: str) -> list[str | None]:
        listed = api.get(DECLARATIONS, **ALL, **{"filter[delivery_partner_id]": ids}).data
        return [declaration["attributes"]["delivery_partner_id"] for declaration in listed]

    assert set(of_partners(OAKFIELD)) == {OAKFIELD}
    assert set(of_partners(f"{TIDEWAY.upper()},{OAKFIELD}")) == {OAKFIELD, TIDEWAY}
    assert len(of_partners(f"{OAKFIELD},{TIDEWAY}")) == len(of_partners(OAKFIELD)) + len(of_partners(TIDEWAY))
    assert of_partners(NOBODY) == of_partners("oakfield") == []
    assert len(of_partners("")) == len(api.get(DECLARATIONS, **ALL).data)


@accepts("read.participant-id")
def test_in_v3_two_filters_keep_what_both_keep() -> None:
    api = World().api()
    both = {"filter[participant_id]": f"{RUTH},{PRIYA}", "filter[cohort]": "2022"}
    assert [d["attributes"]["participant_id"] for d in api.get(DECLARATIONS, **both).data] == [RUTH]


@FLAT
@accepts("read.participant-id")
def test_v1_and_v2_do_not_filter_by_delivery_partner(version: str) -> None:
    api = World().api(version)
    assert api.get(DECLARATIONS, **{"filter[delivery_partner_id]": NOBODY}).data == api.get(DECLARATIONS).data
