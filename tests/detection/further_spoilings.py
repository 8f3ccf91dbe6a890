"""Further ways in which answers are spoilt, thought of after those that the contract tests were mended for."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from tests.detection.answers import Answer, Spoiling
from tests.detection.places import (
    ANY,
    DECLARED,
    MENTORS,
    PARTNERS,
    PARTNERSHIPS,
    PEOPLE,
    SCHOOLS,
    STATEMENTS,
    TRANSFERS,
    V2,
    V3,
)
from tests.detection.spoilings_of_answers import of_whole_answers
from tests.detection.spoils import (
    Mixed,
    asked_with,
    dropped,
    exchanged,
    exchanged_within,
    of_lists,
    of_members,
    of_names,
    of_records,
    of_values,
    renamed,
    shifted,
)

FILTER: Final = r"filter\["


def further() -> Iterator[Spoiling]:
    """Every one of them, kind by kind."""
    yield from _of_others()
    yield from _of_values()
    yield from _of_times()
    yield from _of_spelling()
    yield from _of_lists()
    yield from of_whole_answers()


def _of_others() -> Iterator[Spoiling]:
    for name in ("school_urn", "mentor_id", "training_record_id", "schedule_identifier", "delivery_partner_id"):
        yield Spoiling(f"the next one's {name} is shown", V3 + PEOPLE, exchanged_within(name))
    for name in ("created_at", "induction_end_date", "teacher_reference_number", "participant_status", "cohort"):
        yield Spoiling(f"the next one's {name} is shown", V3 + PEOPLE, exchanged_within(name))
    for where, name in (
        *((DECLARED, each) for each in ("mentor_id", "delivery_partner_id", "statement_id", "created_at")),
        *((PARTNERSHIPS, each) for each in ("school_id", "delivery_partner_id", "cohort")),
        *((SCHOOLS, "name"), (PARTNERS, "cohort"), (MENTORS, "email"), (TRANSFERS, "training_record_id")),
        *((STATEMENTS, "cohort"), (STATEMENTS, "cut_off_date"), (TRANSFERS, "school_urn"), (TRANSFERS, "date")),
    ):
        yield Spoiling(f"the next one's {name} is shown", where, exchanged_within(name))
    yield Spoiling("the next one's id is shown", MENTORS, _ids_rotated)
    for where in (DECLARED, PEOPLE, STATEMENTS, PARTNERS):
        yield Spoiling("alone the one asked for before is shown", where, Mixed())
    for name in ("full_name", "email", "training_status", "mentor_id"):
        yield Spoiling(f"v2 shows the next one's {name}", V2 + PEOPLE, exchanged(name))


def _ids_rotated(answer: Answer) -> Answer | None:
    if not answer.is_list:
        return None
    said = answer.json
    ids = [each["id"] for each in said["data"]]
    for record, id in zip(said["data"], ids[1:] + ids[:1], strict=True):
        record["id"] = id
    return answer.saying(said)


def _of_values() -> Iterator[Spoiling]:
    def said(change: Callable[[Any], Any]) -> Any:
        return of_values(change)

    yield Spoiling("nothing is an empty text", ANY, said(lambda value: "" if value is None else value))
    yield Spoiling("nothing is the word null", ANY, said(lambda value: "null" if value is None else value))
    yield Spoiling("truth is a word", ANY, said(lambda value: str(value).lower() if isinstance(value, bool) else value))
    yield Spoiling("truth is a number", ANY, said(lambda value: int(value) if isinstance(value, bool) else value))
    yield Spoiling("false is null", ANY, said(lambda value: None if value is False else value))
    yield Spoiling("texts end in a line", ANY, said(lambda value: f"{value}\n" if isinstance(value, str) else value))
    yield Spoiling("numbers are numbers", ANY, said(lambda v: int(v) if isinstance(v, str) and v.isdigit() else v))
    yield Spoiling("members that are null are left out", ANY, of_records(_without_nulls))
    yield Spoiling("lists are null when empty", ANY, of_records(_null_for_empty))
    for where, name, how, change in (
        (PEOPLE, "schedule_identifier", "the standard one", lambda _: "ecf-standard-september"),
        (PEOPLE, "schedule_identifier", "underscored", lambda value: value.replace("-", "_")),
        (PEOPLE, "participant_type", "ect", lambda _: "ect"),
        (PEOPLE, "eligible_for_funding", "true", lambda _: True),
        (PEOPLE, "teacher_reference_number_validated", "turned round", lambda value: not value),
        (PEOPLE, "teacher_reference_number", "masked", lambda value: f"***{value[3:]}"),
        (PEOPLE, "email", "in capitals", lambda value: value.upper()),
        (PEOPLE, "full_name", "in capitals", lambda value: value.upper()),
        (PEOPLE, "school_urn", "longer by noughts", lambda value: f"00{value}"),
        (DECLARED, "declaration_type", "started", lambda _: "started"),
        (DECLARED, "declaration_type", "without its number", lambda value: value.partition("-")[0]),
        (DECLARED, "course_identifier", "ecf-induction", lambda _: "ecf-induction"),
        (DECLARED, "evidence_held", "other", lambda _: "other"),
        (DECLARED, "ineligible_for_funding_reason", "other", lambda _: "other"),
        (STATEMENTS, "month", "in small letters", lambda value: value.lower()),
        (STATEMENTS, "year", "a year later", lambda value: str(int(value) + 1)),
        (STATEMENTS, "cohort", "a year later", lambda value: str(int(value) + 1)),
        (SCHOOLS, "induction_programme_choice", "not known", lambda _: "not_yet_known"),
        (SCHOOLS, "in_partnership", "true", lambda _: True),
        (SCHOOLS, "name", "in capitals", lambda value: value.upper()),
        (PARTNERSHIPS, "challenged_reason", "another", lambda _: "mistake"),
        (PARTNERSHIPS, "status", "challenged", lambda _: "challenged"),
        (TRANSFERS, "joining", "the leaving side's", lambda value: value and value | {"school_urn": "100001"}),
        (TRANSFERS, "transfer_type", "new_provider", lambda _: "new_provider"),
        (TRANSFERS, "provider", "in capitals", lambda value: value.upper()),
        (MENTORS, "full_name", "in capitals", lambda value: value.upper()),
    ):
        yield Spoiling(f"{name} is {how}", where, of_members(name, change))
    yield Spoiling("uplift_paid is true", DECLARED, of_members("uplift_paid", lambda _: True))
    yield Spoiling("withdrawal is left out", PEOPLE, dropped("withdrawal"))
    yield Spoiling("reason is other", V3 + PEOPLE, of_members("reason", lambda _: "other"))


def _without_nulls(record: dict[str, Any]) -> None:
    record["attributes"] = {name: value for name, value in record["attributes"].items() if value is not None}


def _null_for_empty(record: dict[str, Any]) -> None:
    record["attributes"] = {name: None if value == [] else value for name, value in record["attributes"].items()}


def _of_times() -> Iterator[Spoiling]:
    for where in (PEOPLE, DECLARED, SCHOOLS, MENTORS):
        name = "updated_at"
        yield Spoiling(f"{name} is an hour earlier", where, of_members(name, shifted(hours=-1)))
        yield Spoiling(f"{name} is at midnight", where, of_members(name, lambda value: f"{value[:10]}T00:00:00Z"))
    yield Spoiling("created_at is when it was updated", ANY, of_records(_created_when_updated))
    yield Spoiling("declaration_date is in London", DECLARED, of_members("declaration_date", shifted(hours=1)))
    yield Spoiling("days are a day later", STATEMENTS, of_members(r"\w+_date", _a_day_later))
    yield Spoiling("days are British", ANY, of_members(r"\w*date", _british))
    yield Spoiling("times are by HTTP", ANY, of_members(r"\w+_at", lambda _: "Fri, 15 Nov 2024 09:00:00 GMT"))


def _created_when_updated(record: dict[str, Any]) -> None:
    shown = record["attributes"]
    if "created_at" in shown:
        shown["created_at"] = shown["updated_at"]


def _a_day_later(day: str) -> str:
    return f"{day[:8]}{int(day[8:]) % 28 + 1:02}"


def _british(day: str) -> str:
    return re.sub(r"^(\d+)-(\d+)-(\d+)$", r"\3/\2/\1", day)


def _of_spelling() -> Iterator[Spoiling]:
    yield Spoiling("names are in camelCase", ANY, of_names(lambda name: re.sub(r"_(\w)", lambda m: m[1].upper(), name)))
    yield Spoiling("names have hyphens", ANY, of_names(lambda name: name.replace("_", "-")))
    yield Spoiling("names are in capitals", ANY, of_names(str.upper))
    yield Spoiling("ids have no hyphens", ANY, of_records(lambda r: r.update(id=r["id"].replace("-", ""))))
    yield Spoiling("ids are numbers", ANY, of_records(lambda record: record.update(id=int(record["id"][:8], 16))))
    yield Spoiling("types are in the plural", ANY, of_records(lambda record: record.update(type=f"{record['type']}s")))
    yield Spoiling("types are underscored", ANY, of_records(lambda r: r.update(type=r["type"].replace("-", "_"))))
    yield Spoiling("types are left out", ANY, of_records(lambda record: record.pop("type")))
    yield Spoiling("attributes are beside the id", ANY, of_records(lambda r: r.update(r.pop("attributes"))))
    yield Spoiling("records have links", ANY, of_records(lambda record: record.update(links={"self": "/"})))
    yield Spoiling("ecf_enrolments is called enrolments", PEOPLE, renamed("ecf_enrolments", "enrolments"))


def _of_lists() -> Iterator[Spoiling]:
    for where in (PEOPLE, DECLARED, STATEMENTS, SCHOOLS, PARTNERS):
        yield Spoiling(
            "lists are by what is random", where, of_lists(lambda records: sorted(records, key=_second_half))
        )
        yield Spoiling("there is one that is nowhere", where, of_lists(_with_a_ghost))
        yield Spoiling("what is filtered is empty", where, asked_with(FILTER, of_lists(lambda _: [])))
        yield Spoiling("of what is filtered the last is lost", where, asked_with(FILTER, of_lists(lambda r: r[:-1])))
    for where in (PEOPLE, SCHOOLS, PARTNERSHIPS):
        yield Spoiling("what is sorted is reversed", where, asked_with("sort=", of_lists(lambda r: r[::-1])))
    for where, name, value in (
        (PEOPLE, "training_status", "withdrawn"),
        (PEOPLE, "training_status", "deferred"),
        (PEOPLE, "cohort", "2021"),
        (DECLARED, "state", "voided"),
        (DECLARED, "state", "paid"),
        (STATEMENTS, "paid", True),
        (PARTNERSHIPS, "status", "challenged"),
    ):
        yield Spoiling(f"what has the {name} {value} is never listed", where, of_lists(_not_having(name, value)))
    yield Spoiling("no list has more than 20", ANY, of_lists(lambda records: records[:20]))
    yield Spoiling("no list has more than 100", ANY, of_lists(lambda records: records[:100]))
    plain = r"^(?!.*page\[)"
    yield Spoiling("without a page there are 50", ANY, asked_with(plain, of_lists(lambda records: records[:50])))
    yield Spoiling("data is called records", ANY, _renamed_data)
    yield Spoiling("lists are lists", ANY, lambda a: a.saying(a.json["data"]) if a.is_list else None)
    yield Spoiling("one is a list of one", ANY, _listed)


def _second_half(record: Any) -> str:
    return str(record["id"])[18:]


def _with_a_ghost(records: list[Any]) -> list[Any]:
    ghost = copy.deepcopy(records[-1])
    ghost["id"] = ghost["id"][:-4] + ("0000" if not ghost["id"].endswith("0000") else "1111")
    return [*records, ghost]


def _not_having(name: str, value: object) -> Callable[[list[Any]], list[Any]]:
    def has(record: Any) -> bool:
        shown = record["attributes"]
        return any(each.get(name) == value for each in (shown, *shown.get("ecf_enrolments", [])))

    return lambda records: [record for record in records if not has(record)]


def _renamed_data(answer: Answer) -> Answer | None:
    return answer.saying({"records": answer.json["data"]}) if answer.is_list else None


def _listed(answer: Answer) -> Answer | None:
    said = answer.json if answer.status == 200 else None
    alone = said.get("data") if isinstance(said, dict) else None
    return answer.saying({"data": [alone]}) if isinstance(alone, dict) else None


FURTHER: Final = tuple(further())
