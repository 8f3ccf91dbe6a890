"""Each member that v3 shows of a record, spoilt in the same few ways: in all records, or in some of them."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any, Final

from contract_tests.documents import EDITIONS, SCOPE
from contract_tests.documents.records import attributes, members
from tests.detection.answers import Answer, Spoil, Spoiling
from tests.detection.places import DECLARED, MENTORS, PARTNERS, PARTNERSHIPS, PEOPLE, SCHOOLS, STATEMENTS, TRANSFERS, V3
from tests.detection.spoils import of_records

PATHS: Final = {
    "participant": V3 + PEOPLE,
    "participant-transfer": TRANSFERS,
    "participant-declaration": V3 + DECLARED,
    "statement": STATEMENTS,
    "school": SCHOOLS,
    "delivery-partner": PARTNERS,
    "unfunded-mentor": MENTORS,
    "partnership": PARTNERSHIPS,
}
IN_PAIRS: Final = (
    ("participant", "created_at", "updated_at"),
    ("participant", "email", "full_name"),
    ("participant", "pupil_premium_uplift", "sparsity_uplift"),
    ("participant", "pupil_premium_uplift", "eligible_for_funding"),
    ("participant", "training_record_id", "delivery_partner_id"),
    ("participant", "deferral", "withdrawal"),
    ("participant", "participant_status", "training_status"),
    ("participant", "from_participant_id", "to_participant_id"),
    ("participant-declaration", "created_at", "updated_at"),
    ("participant-declaration", "created_at", "declaration_date"),
    ("participant-declaration", "statement_id", "delivery_partner_id"),
    ("participant-declaration", "statement_id", "clawback_statement_id"),
    ("participant-declaration", "participant_id", "mentor_id"),
    ("participant-transfer", "leaving", "joining"),
    ("statement", "cut_off_date", "payment_date"),
    ("statement", "cohort", "year"),
    ("school", "name", "urn"),
    ("partnership", "created_at", "updated_at"),
    ("partnership", "induction_tutor_name", "induction_tutor_email"),
    ("partnership", "school_id", "delivery_partner_id"),
    ("unfunded-mentor", "full_name", "email"),
    ("unfunded-mentor", "created_at", "updated_at"),
    ("delivery-partner", "created_at", "updated_at"),
)
ONE_IN: Final = 5


def of_each_member() -> Iterator[Spoiling]:
    """Every one of them, record by record."""
    for record, where in PATHS.items():
        for name in _names(record):
            yield Spoiling(f"{record}: {name} is null", where, of_records(_mend(name, lambda _: None)))
            yield Spoiling(f"{record}: {name} is left out of some", where, of_records(_left_out(name)))
            yield Spoiling(f"{record}: {name} is that of the first one", where, _of_the_first(name))
            yield Spoiling(f"{record}: {name} of two is exchanged", where, _exchanged(name))
    for record, one, other in IN_PAIRS:
        yield Spoiling(f"{record}: {one} and {other} are exchanged", PATHS[record], of_records(_pair(one, other)))


def _names(record: str) -> Iterator[str]:
    """What either edition shows of a record, each name once."""
    found: dict[str, None] = {}
    for edition in EDITIONS:
        with SCOPE.limited_to(SCOPE.operations, edition):
            found |= dict.fromkeys(name for name, _ in members("v3", {"properties": attributes("v3")[record]}))
    yield from found


def _holders(node: Any, name: str) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict) and name in node:
        yield node
    for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _holders(value, name)


def _mend(name: str, change: Callable[[Any], Any]) -> Callable[[dict[str, Any]], None]:
    def mend(record: dict[str, Any]) -> None:
        for each in _holders(record["attributes"], name):
            each[name] = change(each[name])

    return mend


def _is_one_of_some(record: dict[str, Any]) -> bool:
    """True of one in five, always the same ones."""
    return random.Random(record["id"]).random() < 1 / ONE_IN


def _left_out(name: str) -> Callable[[dict[str, Any]], None]:
    def leave_out(record: dict[str, Any]) -> None:
        for each in [*_holders(record["attributes"], name)] if _is_one_of_some(record) else ():
            del each[name]

    return leave_out


def _pair(one: str, other: str) -> Callable[[dict[str, Any]], None]:
    def exchange(record: dict[str, Any]) -> None:
        for each in _holders(record["attributes"], one):
            if other in each:
                each[one], each[other] = each[other], each[one]

    return exchange


def _in_list(change: Callable[[list[dict[str, Any]]], object], name: str) -> Spoil:
    def spoil(answer: Answer) -> Answer | None:
        if not answer.is_list:
            return None
        said = answer.json
        holders = [each for record in said["data"] for each in _holders(record["attributes"], name)]
        holders = [each for each in holders if each[name] is not None]
        if len(holders) < 2:
            return None
        change(holders)
        return answer.saying(said)

    return spoil


def _of_the_first(name: str) -> Spoil:
    def change(holders: list[dict[str, Any]]) -> None:
        for each in holders[1:]:
            each[name] = copy.deepcopy(holders[0][name])

    return _in_list(change, name)


def _exchanged(name: str) -> Spoil:
    """The first two of a list that differ in it show each other's."""

    def change(holders: list[dict[str, Any]]) -> None:
        first = holders[0]
        other = next((each for each in holders if each[name] != first[name]), first)
        first[name], other[name] = other[name], first[name]

    return _in_list(change, name)
