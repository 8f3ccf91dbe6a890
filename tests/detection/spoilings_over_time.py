"""What is spoilt only as time goes on, or for one of several who ask: what stays as it was, what is somebody else's."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.detection.answers import Answer, Spoil, Spoiling
from tests.detection.places import (
    ALONE,
    ANY,
    DECLARED,
    MENTORS,
    PARTNERS,
    PARTNERSHIPS,
    PEOPLE,
    SCHOOLS,
    STATEMENTS,
    TRANSFERS,
)
from tests.detection.spoils import asked_with, of_lists, of_members, shifted, with_status


def over_time() -> Iterator[Spoiling]:
    """Every one of them, kind by kind."""
    for where, names in (
        (PEOPLE, "updated_at training_status deferral withdrawal schedule_identifier cohort school_urn mentor_id"),
        (PEOPLE, "participant_status full_name email eligible_for_funding delivery_partner_id mentor_funding_end_date"),
        (
            PEOPLE,
            "participant_id_changes cohort_changed_after_payments_frozen status teacher_reference_number_validated",
        ),
        (DECLARED, "updated_at state statement_id clawback_statement_id uplift_paid voided eligible_for_payment"),
        (DECLARED, "ineligible_for_funding_reason participant_id"),
        (PARTNERSHIPS, "updated_at status challenged_at challenged_reason delivery_partner_id delivery_partner_name"),
        (SCHOOLS, "updated_at in_partnership induction_programme_choice"),
        (STATEMENTS, "updated_at paid"),
        (TRANSFERS, "updated_at transfers status joining transfer_type"),
        (PARTNERS, "updated_at cohort"),
    ):
        for name in names.split():
            yield Spoiling(f"{name} stays what it was first", where, Frozen(name))
    for where in (PEOPLE, DECLARED, STATEMENTS, TRANSFERS, MENTORS):
        yield Spoiling("another provider's is among them", where, Foreign())
    for where in (PEOPLE, DECLARED, PARTNERSHIPS, TRANSFERS):
        yield Spoiling("lists stay as they were", where, _of_lists_alone(StaleLists()))
    yield Spoiling("nothing is ever modified", ANY, with_status(200, 304))
    yield Spoiling("etag stays what it was first", ANY, SameTag())
    yield from _of_one_place()


def _of_one_place() -> Iterator[Spoiling]:
    """What is true in a list and false alone, or in one version alone."""
    for where, name, change in (
        (PEOPLE, "full_name", lambda value: value.upper()),
        (PEOPLE, "training_status", lambda _: "active"),
        (PEOPLE, "mentor_id", lambda _: None),
        (PEOPLE, "updated_at", shifted(seconds=1)),
        (DECLARED, "state", lambda _: "submitted"),
        (DECLARED, "updated_at", shifted(seconds=-1)),
        (STATEMENTS, "paid", lambda value: not value),
        (SCHOOLS, "in_partnership", lambda value: not value),
        (PARTNERSHIPS, "status", lambda _: "active"),
    ):
        yield Spoiling(f"alone {name} is another", where, _alone(of_members(name, change)))
    for version in ("v1", "v2"):
        for where, name, change in (
            (PEOPLE, "updated_at", shifted(seconds=1)),
            (PEOPLE, "status", lambda _: "active"),
            (PEOPLE, "email", lambda value: value and value.upper()),
            (PEOPLE, "cohort", lambda value: str(int(value) + 1)),
            (DECLARED, "updated_at", shifted(hours=-1)),
            (DECLARED, "declaration_date", shifted(seconds=1)),
            (DECLARED, "state", lambda _: "eligible"),
            (DECLARED, "has_passed", lambda _: True),
        ):
            spoil = of_members(name, change, nulls=name == "has_passed")
            yield Spoiling(f"in {version} {name} is another", f"/{version}.*{where}", spoil)
    for where in (PEOPLE, DECLARED):
        yield Spoiling("the last page is empty", where, asked_with(r"page\]=[2-9]", of_lists(lambda _: [])))
        yield Spoiling("lists come as they will", where, of_lists(Shuffled()))
    for status, other in ((200, 304), (422, 404), (404, 422), (401, 400), (400, 404), (422, 401), (404, 200)):
        yield Spoiling(f"sometimes {status} is {other}", ANY, Sometimes(with_status(status, other)))
    yield Spoiling("sometimes it is cut in half", ANY, Sometimes(lambda a: replace(a, body=a.body[: len(a.body) // 2])))
    yield Spoiling("sometimes it is empty", ANY, Sometimes(lambda a: replace(a, body=b"")))
    lost = of_lists(lambda records: records[:-1])
    yield Spoiling("sometimes the last is lost", ANY, Sometimes(lost))


def _alone(spoil: Spoil) -> Spoil:
    return lambda answer: spoil(answer) if re.search(ALONE, answer.path) else None


def _of_lists_alone(spoil: Spoil) -> Spoil:
    return lambda answer: spoil(answer) if answer.is_list else None


class Sometimes:
    """Spoils one answer in twenty, by chance."""

    def __init__(self, spoil: Spoil) -> None:
        self._spoil, self._chance = spoil, random.Random(1)

    def __call__(self, answer: Answer) -> Answer | None:
        """The answer spoilt, now and then."""
        spoilt = self._spoil(answer)
        return spoilt if spoilt is not None and self._chance.random() < 1 / 20 else None


class Shuffled:
    """Has the records of a list in another order each time."""

    def __init__(self) -> None:
        self._chance = random.Random(1)

    def __call__(self, records: list[Any]) -> list[Any]:
        """The same ones."""
        return self._chance.sample(records, len(records))


class Frozen:
    """Shows a member of each record as it was when it was first shown to this provider."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._first: dict[tuple[str, ...], Any] = {}

    def __call__(self, answer: Answer) -> Answer | None:
        """What was so first."""
        said = answer.json if answer.status == 200 else None
        if not isinstance(said, dict) or "data" not in said:
            return None
        for record in said["data"] if isinstance(said["data"], list) else [said["data"]]:
            if isinstance(record, dict):
                self._mend(record["attributes"], (answer.token, answer.path[:8], record["type"], record["id"]))
        return answer.saying(said)

    def _mend(self, node: Any, place: tuple[str, ...]) -> None:
        if isinstance(node, dict):
            here = (*place, str(node.get("training_record_id", "")))
            if self._name in node:
                node[self._name] = copy.deepcopy(self._first.setdefault(here, node[self._name]))
            for name, value in node.items():
                if name != self._name:
                    self._mend(value, (*here, name))
        elif isinstance(node, list):
            for item in node:
                self._mend(item, place)


class StaleLists:
    """Answers to a list as it was when it was first asked for, however often."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, str, str], bytes] = {}

    def __call__(self, answer: Answer) -> Answer | None:
        """What it was."""
        place = answer.token, answer.path, answer.query
        return replace(answer, body=self._first.setdefault(place, answer.body))


class Foreign:
    """Lists a record of whoever else has asked for the same list in the same world."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], dict[str, Any]] = {}

    def __call__(self, answer: Answer) -> Answer | None:
        """One more, if there is one to be had."""
        if not answer.is_list:
            return None
        said, world = answer.json, answer.token.rpartition(".")[0]
        own = {record["id"]: record for record in said["data"]}
        self._known.setdefault((answer.token, answer.path), {}).update(own)
        mine = self._known[answer.token, answer.path]
        for (token, path), records in self._known.items():
            other = next((each for id, each in records.items() if id not in mine), None)
            if path == answer.path and token != answer.token and token.rpartition(".")[0] == world and other:
                said["data"].append(other)
                return answer.saying(said)
        return None


class SameTag:
    """Has the tag of whatever was answered first, so that nobody who sends it learns of what is new."""

    def __init__(self) -> None:
        self._tags: dict[tuple[str, str, str], str] = {}

    def __call__(self, answer: Answer) -> Answer | None:
        """The same, with the tag that it had."""
        if answer.method != "GET" or answer.status != 200:
            return None
        place = answer.token, answer.path, answer.query
        tag = self._tags.setdefault(place, answer.headers.get("etag", ""))
        return replace(answer, headers={**answer.headers, "etag": tag})
