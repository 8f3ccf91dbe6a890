"""Every change of the catalogue is known by requests, and those are the ones that it concerns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from sandbox import documents
from sandbox.readiness import changes, sequences
from sandbox.readiness.changes import concerned

from .client import BEGAN, Made, declared, listed

CATALOGUE = documents.moves("register")
ECF = documents.rules("ecf")
OPERATIONS = {
    operation["operationId"]
    for edition in ("ecf/v1", "ecf/v2", "ecf/v3", "register/v3")
    for path in documents.document(edition)["paths"].values()
    for operation in path.values()
}


def title(rule: str) -> str | None:
    value = ECF.get(rule, {}).get("value", {})
    errors = value.get("errors", ()) if isinstance(value, Mapping) else ()
    return errors[0]["title"] if errors else None


def found(*requests: Made) -> dict[str, tuple[int, int]]:
    """How many of these requests each change concerns, and how many for certain."""
    return {each.id: (each.count, each.certain) for each in concerned(CATALOGUE, requests, title)}


def ways(change: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    seen = change["seen"]
    return seen if isinstance(seen, list) else [seen]


@pytest.mark.parametrize("id", CATALOGUE)
def test_an_entry_says_what_changed_what_to_do_and_by_what_it_is_known(id: str) -> None:
    change = CATALOGUE[id]
    assert set(change) == {"kind", "before", "now", "change", "seen"}
    assert change["kind"] in ("breaks", "silent", "adds")
    assert all(change[name].endswith(".") for name in ("before", "now", "change"))
    for way in ways(change):
        assert set(way) - {"certain"}, "something says which requests are concerned"
        assert set(way) <= changes.NAMES
        assert way.get("sequence", next(iter(sequences.NAMES))) in sequences.NAMES
        named = [each for one in way.get("operations", ()) for each in (one if isinstance(one, list) else [one])]
        assert set(named) <= OPERATIONS
        assert set(way.get("rules", ())) <= ECF.keys()
        for pattern in (way.get("path", ""), way.get("raw_query", ""), *way.get("query", {}).values()):
            re.compile(pattern)


def test_every_titles_row_names_titles_that_ecf_has() -> None:
    known = {title(rule) for rule in ECF}
    assert {each for change in CATALOGUE.values() for way in ways(change) for each in way.get("titles", ())} <= known


PERSON = "/api/v3/participants/ecf/ada"
ECT = {"course_identifier": "ecf-induction"}


def act(name: str, *, days: int = 0, **sent: str) -> Made:
    """Something that a provider does with Ada's training."""
    operation = {"change-schedule": "change_participant_schedule"}.get(name, f"{name}_participant")
    at = BEGAN + timedelta(days=days)
    return Made(operation, "PUT", f"{PERSON}/{name}", sent={**ECT, **sent}, at=at)


@pytest.mark.parametrize(
    ("id", "requests", "others"),
    [
        ("mig.paths", [listed(1, path="/api/v3/participants/ecf")], [listed(1)]),
        ("mig.versions", [listed(1, path="/api/v1/participants.csv")], [listed(1)]),
        (
            "mig.content-type-in",
            [declared(content_type="application/vnd.api+json")],
            [declared(content_type="application/json")],
        ),
        ("mig.404-body", [listed(0, status=404)], [listed(1)]),
        ("mig.titles", [declared(422, rules=["void.once"])], [declared(422, rules=["decl.date-format"])]),
        ("mig.bad-date", [declared(422, rules=["decl.date-format"])], [declared()]),
        ("mig.training-status-filter", [listed(1, "filter[training_status]=gone")], []),
        ("mig.withdraw-reasons", [act("withdraw", reason="school-left-fip")], [act("withdraw", reason="other")]),
        ("mig.resume", [act("defer"), act("resume")], [act("defer"), act("resume", days=1)]),
        ("mig.first-day", [act("resume"), act("defer")], [act("resume"), act("defer", days=1)]),
        ("mig.schedule-left", [act("defer"), act("change-schedule")], [act("change-schedule")]),
        (
            "mig.schedule-reduced",
            [act("change-schedule", course_identifier="ecf-mentor", schedule_identifier="ecf-reduced-april")],
            [act("change-schedule", schedule_identifier="ecf-reduced-april")],
        ),
        ("mig.repeat", [declared(), declared()], [declared(), declared(type="completed")]),
        ("mig.npq", [declared(422, sent={"course_identifier": "npq-senco"})], [declared(422)]),
        ("mig.statement-type", [Made("list_statements", query_string=b"filter[type]=paid", status=400)], [listed(1)]),
        (
            "mig.school-sort",
            [Made("list_schools", query_string=b"sort=-name")],
            [Made("list_schools", query_string=b"sort=urn")],
        ),
        (
            "mig.offset",
            [listed(1, "filter%5Bupdated_since%5D=2026-09-15T09:00:00%2B01:00")],
            [listed(1, "filter[updated_since]=2026-09-15T09:00:00Z")],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_request_is_concerned_for_certain_and_another_is_not(
    id: str, requests: list[Made], others: list[Made]
) -> None:
    assert found(*requests)[id][1] == 1
    assert found(*others).get(id, (0, 0))[1] == 0


def test_voiding_before_a_change_of_schedule_and_putting_the_same_partner_are_seen_in_their_order() -> None:
    voided = Made("void_declaration", "PUT", "/api/v3/participant-declarations/x/void")
    assert found(voided, act("change-schedule"))["mig.schedule-declared"] == (1, 1)
    assert "mig.schedule-declared" not in found(act("change-schedule"), voided)
    partner = Made("update_partnership", "PUT", "/api/v3/partnerships/ecf/x", sent={"delivery_partner_id": "oakfield"})
    assert found(partner, partner)["mig.part-same"] == (2, 1)
    assert found(act("withdraw"), declared(sent=ECT | {"participant_id": "ada"}))["mig.after-withdrawal"] == (1, 0)


def test_a_sample_is_one_of_those_that_are_certain() -> None:
    every = concerned(CATALOGUE, [act("resume"), act("defer", days=3), act("resume", days=3)], title)
    (resumed,) = [each for each in every if each.id == "mig.resume"]
    assert (resumed.count, resumed.certain) == (2, 1)
    assert resumed.sample is not None
    assert resumed.sample.at == BEGAN + timedelta(days=3)


def test_whoever_asked_for_nothing_has_nothing_to_change() -> None:
    assert found() == {}
