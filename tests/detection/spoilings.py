"""Every way in which answers are spoilt, kind by kind.

What is chosen of an answer, a member or a record, is always the same one for the same seed, so that a spoiling is a
fault that stays, not noise.
"""

from __future__ import annotations

import copy
import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

from tests.detection.answers import Answer, Spoil, Spoiling
from tests.detection.further_spoilings import further
from tests.detection.mishearings import mishearings
from tests.detection.places import (
    ANY,
    CSV,
    DECLARED,
    MENTORS,
    PARTNERS,
    PARTNERSHIPS,
    PEOPLE,
    SCHOOLS,
    STATEMENTS,
    TRANSFERS,
    V1,
)
from tests.detection.spoilings_of_members import of_each_member
from tests.detection.spoilings_over_time import over_time
from tests.detection.spoils import (
    Stale,
    dropped,
    exchanged,
    in_column,
    missing,
    of_entries,
    of_errors,
    of_lists,
    of_members,
    of_records,
    of_rows,
    renamed,
    respelt,
    second_page,
    shifted,
    swapped,
    unquoted,
    with_more,
    with_status,
    with_type,
)

JSON_API: Final = "application/vnd.api+json"
EVERY_LIST: Final = (PEOPLE, DECLARED, SCHOOLS, PARTNERS, PARTNERSHIPS, MENTORS, STATEMENTS, TRANSFERS)


def all_of_them() -> Iterator[Spoiling]:
    """Every spoiling, kind by kind."""
    yield from _of_members()
    yield from _of_lists()
    yield from _of_answers()
    yield from _of_refusals()
    yield from _of_csv()
    yield from further()
    yield from of_each_member()
    yield from over_time()
    yield from mishearings()


def _of_members() -> Iterator[Spoiling]:
    for where, name in (
        *((PEOPLE, each) for each in ("full_name", "email", "mentor_id", "school_urn", "deferral", "training_status")),
        *((DECLARED, each) for each in ("declaration_date", "statement_id", "mentor_id", "uplift_paid", "has_passed")),
        *((PARTNERSHIPS, "induction_tutor_email"), (SCHOOLS, "in_partnership"), (STATEMENTS, "paid")),
    ):
        yield Spoiling(f"{name} is left out", where, dropped(name))
    for where, name in (
        *((PEOPLE, each) for each in ("full_name", "school_urn", "mentor_id", "teacher_reference_number", "deferral")),
        *((DECLARED, each) for each in ("declaration_date", "statement_id", "delivery_partner_id", "evidence_held")),
        *((STATEMENTS, "cut_off_date"), (PARTNERSHIPS, "challenged_at"), (TRANSFERS, "joining"), (MENTORS, "email")),
    ):
        yield Spoiling(f"{name} is null", where, of_members(name, lambda _: None))
    for where, name, to in (
        *((PEOPLE, "full_name", "fullName"), (DECLARED, "course_identifier", "course"), (SCHOOLS, "urn", "school_urn")),
        *((PARTNERS, "cohort", "cohorts"), (STATEMENTS, "cut_off_date", "deadline")),
    ):
        yield Spoiling(f"{name} is called {to}", where, renamed(name, to))
    for where, name in (
        *((PEOPLE, each) for each in ("full_name", "email", "cohort", "training_record_id", "schedule_identifier")),
        *((DECLARED, each) for each in ("participant_id", "state", "declaration_type", "declaration_date")),
        *((SCHOOLS, "urn"), (PARTNERS, "name"), (STATEMENTS, "payment_date"), (STATEMENTS, "month")),
        *((PARTNERSHIPS, "delivery_partner_name"), (PARTNERSHIPS, "urn"), (MENTORS, "full_name")),
    ):
        yield Spoiling(f"{name} is the next record's", where, exchanged(name))
    for where, name in (
        *((PEOPLE, "updated_at"), (DECLARED, "updated_at"), (DECLARED, "declaration_date"), (STATEMENTS, "updated_at")),
        *((PARTNERSHIPS, "updated_at"), (SCHOOLS, "updated_at"), (PARTNERS, "created_at"), (PEOPLE, "created_at")),
    ):
        yield Spoiling(f"{name} is a second later", where, of_members(name, shifted(seconds=1)))
        yield Spoiling(f"{name} is an hour later", where, of_members(name, shifted(hours=1)))
    times = r"\w+_(?:at|date)"
    yield Spoiling("times are a day earlier", ANY, of_members(times, shifted(days=-1)))
    yield Spoiling("times have an offset", ANY, of_members(times, lambda value: str(value).replace("Z", "+00:00")))
    yield Spoiling("times have no zone", ANY, of_members(times, lambda value: str(value).removesuffix("Z")))
    yield Spoiling("times have fractions", ANY, of_members(times, lambda value: str(value).replace("Z", ".000Z")))
    yield Spoiling("times have a space", ANY, of_members(times, lambda value: str(value).replace("T", " ")))
    yield Spoiling("times are numbers", ANY, of_members(times, lambda _: 1700000000))
    yield Spoiling("days are times", STATEMENTS, of_members(r"\w+_date", lambda value: f"{value}T00:00:00Z"))
    for where, name in ((PEOPLE, "id"), (DECLARED, "id"), (DECLARED, "participant_id"), (PEOPLE, "mentor_id")):
        yield Spoiling(f"{name} in capitals", where, of_members(name, lambda value: value.upper()))
    for where, name, change in (
        (PEOPLE, "cohort", int),
        (PEOPLE, "school_urn", int),
        (PEOPLE, "pupil_premium_uplift", lambda value: str(value).lower()),
        (PEOPLE, "pupil_premium_uplift", lambda value: not value),
        (PEOPLE, "sparsity_uplift", lambda value: not value),
        (PEOPLE, "eligible_for_funding", lambda value: not value),
        (PEOPLE, "full_name", lambda value: value[:12]),
        (PEOPLE, "full_name", lambda value: value.replace("'", "&#39;")),
        (PEOPLE, "full_name", lambda value: value.encode("ascii", "ignore").decode()),
        (PEOPLE, "full_name", lambda value: f"{value} "),
        (PEOPLE, "full_name", lambda value: value[:0]),
        (PEOPLE, "email", lambda value: value.partition("@")[0]),
        (PEOPLE, "training_status", lambda value: value.upper()),
        (PEOPLE, "participant_status", lambda _: "active"),
        (PEOPLE, "training_status", lambda _: "active"),
        (PEOPLE, "ecf_enrolments", lambda value: value[:1]),
        (PEOPLE, "ecf_enrolments", lambda value: [*value, value[0]]),
        (PEOPLE, "participant_id_changes", lambda _: []),
        (DECLARED, "state", lambda value: value.replace("-", "_")),
        (DECLARED, "state", lambda _: "submitted"),
        (DECLARED, "evidence_held", lambda value: value.replace("-", "_")),
        (DECLARED, "voided", lambda value: not value),
        (DECLARED, "eligible_for_payment", lambda value: not value),
        (DECLARED, "uplift_paid", lambda value: not value),
        (DECLARED, "lead_provider_name", lambda value: value.upper()),
        (DECLARED, "type", lambda _: "declaration"),
        (STATEMENTS, "paid", lambda value: not value),
        (STATEMENTS, "year", int),
        (STATEMENTS, "month", lambda value: value[:3]),
        (STATEMENTS, "type", lambda value: f"{value}s"),
        (SCHOOLS, "in_partnership", lambda value: not value),
        (SCHOOLS, "in_partnership", lambda value: str(value).lower()),
        (SCHOOLS, "induction_programme_choice", lambda _: "provider_led"),
        (PARTNERS, "cohort", lambda value: value[::-1]),
        (PARTNERS, "cohort", lambda value: value[:1]),
        (PARTNERSHIPS, "status", lambda _: "active"),
        (PARTNERSHIPS, "challenged_at", lambda value: value.replace(".", "").replace("000Z", "Z")),
        (TRANSFERS, "status", lambda _: "complete"),
        (TRANSFERS, "transfer_type", lambda _: "new_school"),
        (TRANSFERS, "transfers", lambda value: value[:1] * 2),
    ):
        yield Spoiling(f"{name} is {_looks(change, name)}", where, of_members(name, change))
    yield Spoiling("has_passed is false", DECLARED, of_members("has_passed", lambda _: False, nulls=True))
    for where in (PEOPLE, DECLARED, STATEMENTS, PARTNERSHIPS):
        yield Spoiling("there is a member more", where, of_records(with_more))


def _looks(change: Callable[[Any], Any], name: str) -> str:
    """A word for a change that has none: what it makes of an example."""
    examples: dict[str, Any] = {"cohort": "2024", "school_urn": "100001", "year": "2024", "month": "January"}
    for example in (examples.get(name), True, ["b", "a"], "O'Neill-Ö@x.y"):
        try:
            if example is not None:
                return f"{change(example)!r} for {example!r}"
        except (TypeError, AttributeError, ValueError):
            continue
    return "otherwise"


def _of_lists() -> Iterator[Spoiling]:
    for where in EVERY_LIST:
        yield Spoiling("the order is reversed", where, of_lists(lambda records: records[::-1]))
        yield Spoiling("the first is lost", where, of_lists(lambda records: records[1:]))
        yield Spoiling("the second page is the short one", where, second_page(lambda records: records[:-1]))
    for where in (PEOPLE, DECLARED, STATEMENTS, SCHOOLS):
        yield Spoiling("two are in each other's place", where, of_lists(swapped))
        yield Spoiling(
            "the last is there twice", where, of_lists(lambda records: [*records, copy.deepcopy(records[-1])])
        )
        yield Spoiling("some are never listed", where, of_lists(missing(7)))
    yield Spoiling("some are never listed", f"{V1}.*{DECLARED}", of_lists(missing(3)))
    yield Spoiling("a list is empty", PARTNERSHIPS, of_lists(lambda _: []))
    yield Spoiling(
        "a list of one is the one", ANY, of_lists(lambda records: records[0] if len(records) == 1 else records)
    )
    yield Spoiling("an empty list is null", ANY, _empty(lambda answer: answer.saying({"data": None})))
    yield Spoiling("an empty list is 404", ANY, _empty(lambda answer: replace(answer, status=404)))
    nothing = {"error": "Nothing here"}
    yield Spoiling("an empty list is not found", ANY, _empty(lambda a: replace(a.saying(nothing), status=404)))


def _empty(change: Callable[[Answer], Answer]) -> Spoil:
    return lambda answer: change(answer) if answer.is_list and not answer.json["data"] else None


def _of_answers() -> Iterator[Spoiling]:
    for before, after in (
        (200, 201),
        (200, 202),
        (422, 400),
        (404, 400),
        (400, 422),
        (404, 403),
        (401, 403),
        (404, 410),
    ):
        yield Spoiling(f"{before} is {after}", ANY, with_status(before, after))
    for status in (200, 400, 404, 422):
        yield Spoiling(f"{status} is text/html", ANY, with_type("text/html", status))
        yield Spoiling(f"{status} is application/json", ANY, with_type("application/json", status))
        yield Spoiling(f"{status} has a charset", ANY, with_type(f"{JSON_API}; charset=iso-8859-1", status))
        yield Spoiling(f"{status} has no type", ANY, with_type("", status))
    yield Spoiling("the type is in capitals", ANY, with_type(JSON_API.upper()))
    yield Spoiling("it begins with a mark of order", ANY, respelt(lambda body: b"\xef\xbb\xbf" + body))
    yield Spoiling("it is cut off", ANY, respelt(lambda body: body[:-1]))
    yield Spoiling("it is followed by something", ANY, respelt(lambda body: body + b"<!-- 0.01 s -->"))
    yield Spoiling("it is in Latin 1", PEOPLE, respelt(lambda body: body.decode().encode("latin-1", "replace")))
    yield Spoiling("it has meta", ANY, _with(meta={"total": 1}))
    yield Spoiling("it has links", ANY, _with(links={}))
    yield Spoiling("it is stale", PEOPLE, Stale())
    yield Spoiling("it is stale", DECLARED, Stale(1))
    yield Spoiling("it is stale", PARTNERSHIPS, Stale(1))


def _with(**members: Any) -> Spoil:
    return lambda answer: (
        answer.saying(answer.json | members) if answer.status == 200 and isinstance(answer.json, dict) else None
    )


def _of_refusals() -> Iterator[Spoiling]:
    yield Spoiling("entries are reversed", ANY, of_errors(lambda errors: errors[::-1]))
    yield Spoiling("entries but the first are lost", ANY, of_errors(lambda errors: errors[:1]))
    yield Spoiling("the entry is there twice", ANY, of_errors(lambda errors: [*errors, errors[-1]]))
    yield Spoiling("entries are one object", ANY, of_errors(lambda errors: errors[0]))
    yield Spoiling("there are no entries", ANY, of_errors(lambda _: []))
    for status in (400, 422):
        base = of_errors(lambda errors: [error | {"title": "base"} for error in errors], status)
        yield Spoiling(f"titles of {status} are base", ANY, base)
    yield Spoiling("titles are capitalised", ANY, of_entries(lambda e: e.update(title=e["title"].capitalize())))
    yield Spoiling("titles are pointers", ANY, of_entries(lambda e: e.update(title=f"data/attributes/{e['title']}")))
    yield Spoiling("titles are left out", ANY, of_entries(lambda e: e.pop("title")))
    yield Spoiling("details are left out", ANY, of_entries(lambda e: e.pop("detail")))
    yield Spoiling("details are empty", ANY, of_entries(lambda e: e.update(detail="")))
    yield Spoiling("details are lists", ANY, of_entries(lambda e: e.update(detail=[e["detail"]])))
    yield Spoiling("details are blank", ANY, of_entries(lambda e: e.update(detail=" ")))
    yield Spoiling("entries have a code", ANY, of_entries(lambda e: e.update(code="422")))
    for status in (401, 404):
        yield Spoiling(
            f"{status} is a list", ANY, _error(status, lambda _: {"errors": [{"title": "x", "detail": "y"}]})
        )
        yield Spoiling(f"{status} says nothing", ANY, _error(status, lambda _: {}))
        yield Spoiling(f"{status} says an empty word", ANY, _error(status, lambda _: {"error": ""}))
        yield Spoiling(f"{status} has a message", ANY, _error(status, lambda said: {"message": said.get("error", "")}))
    yield Spoiling(
        "404 is an empty 200", ANY, lambda a: replace(a, status=200, body=b'{"data": []}') if a.status == 404 else None
    )


def _error(status: int, change: Callable[[Any], Any]) -> Spoil:
    return lambda answer: answer.saying(change(answer.json)) if answer.status == status and answer.json else None


def _of_csv() -> Iterator[Spoiling]:
    yield Spoiling("CSV has semicolons", CSV, of_rows(lambda rows: rows, delimiter=";"))
    yield Spoiling("CSV has CR LF", CSV, of_rows(lambda rows: rows, lineterminator="\r\n"))
    yield Spoiling("CSV has quotes everywhere", CSV, of_rows(lambda rows: rows, quoting=csv.QUOTE_ALL))
    yield Spoiling("CSV has single quotes", CSV, of_rows(lambda rows: rows, quotechar="'"))
    yield Spoiling("CSV has no quotes", CSV, respelt(unquoted))
    yield Spoiling("CSV has no header", CSV, of_rows(lambda rows: rows[1:]))
    yield Spoiling("CSV has other columns", CSV, of_rows(lambda rows: [[*row[1:2], row[0], *row[2:]] for row in rows]))
    yield Spoiling("CSV has a header in another order", CSV, of_rows(lambda rows: [rows[0][::-1], *rows[1:]]))
    yield Spoiling("CSV lacks the last column", CSV, of_rows(lambda rows: [row[:-1] for row in rows]))
    yield Spoiling("CSV has a column more", CSV, of_rows(lambda rows: [[*row, "type"] for row in rows]))
    yield Spoiling("CSV rows are reversed", CSV, of_rows(lambda rows: [rows[0], *rows[:0:-1]]))
    yield Spoiling("a CSV row is lost", CSV, of_rows(lambda rows: rows[:-1]))
    yield Spoiling("a CSV row is there twice", CSV, of_rows(lambda rows: [*rows, rows[-1]]))
    yield Spoiling("CSV has a page of it", CSV, of_rows(lambda rows: rows[:101]))
    yield Spoiling("CSV begins with a mark of order", CSV, respelt(lambda body: b"\xef\xbb\xbf" + body))
    yield Spoiling("CSV does not end its last line", CSV, respelt(lambda body: body.rstrip(b"\n")))
    yield Spoiling("CSV has capital truth", CSV, respelt(lambda body: body.replace(b",true", b",True")))
    yield Spoiling(
        "CSV has truth in numbers", CSV, respelt(lambda body: body.replace(b",true", b",1").replace(b",false", b",0"))
    )
    yield Spoiling("CSV says null", CSV, respelt(lambda body: body.replace(b",,", b",null,")))
    yield Spoiling("CSV times have no zone", CSV, in_column("updated_at", lambda text: text.removesuffix("Z")))
    yield Spoiling("CSV times are a second later", CSV, in_column("updated_at", shifted(seconds=1)))
    yield Spoiling("CSV ids are in capitals", CSV, in_column("id", str.upper))
    yield Spoiling("CSV is in Latin 1", CSV, respelt(lambda body: body.decode().encode("latin-1", "replace")))
    yield Spoiling("CSV is text/plain", CSV, with_type("text/plain"))
    yield Spoiling("CSV has a charset", CSV, with_type("text/csv; charset=utf-8"))


ALL: Final = tuple(all_of_them())
