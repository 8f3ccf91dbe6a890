"""Ways in which an answer may be wrong: each takes an answer and gives it back spoilt, or None where it is not met.

What is chosen of an answer, a member or a record, is always the same one for the same seed, so that a spoiling is a
fault that stays, not noise.
"""

from __future__ import annotations

import copy
import csv
import io
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

JSON_API: Final = "application/vnd.api+json"
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer on its way, and what was asked."""

    method: str
    path: str
    query: str
    status: int
    type: str
    body: bytes

    @property
    def json(self) -> Any:
        """What it says, if that is JSON."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    def saying(self, said: Any) -> Answer:
        """The same, saying something else."""
        return replace(self, body=json.dumps(said, ensure_ascii=False).encode())

    @property
    def is_list(self) -> bool:
        """Whether it is a list of records."""
        said = self.json if self.status == 200 else None
        return isinstance(said, dict) and isinstance(said.get("data"), list)


Spoil = Callable[[Answer], Answer | None]


@dataclass(frozen=True, slots=True)
class Spoiling:
    """One way to spoil answers. `where`: what the paths it is about have in them."""

    kind: str
    where: str
    spoil: Spoil

    def __str__(self) -> str:
        return f"{self.kind} ({self.where})"

    def __call__(self, answer: Answer) -> Answer | None:
        """The answer spoilt; None when it is about another, or nothing in it can be spoilt so."""
        if not re.search(self.where, answer.path):
            return None
        spoilt = self.spoil(answer)
        return None if spoilt is None or _says_the_same(spoilt, answer) else spoilt


def _says_the_same(one: Answer, other: Answer) -> bool:
    """True of answers that differ in nothing, or at most in how their JSON is laid out."""
    if one == other:
        return True
    return one.json is not None and (one.status, one.type, one.json) == (other.status, other.type, other.json)


# --- members of records


def of_records(change: Callable[[dict[str, Any]], object]) -> Spoil:
    """Changes each record that is answered, in a list or singly."""

    def spoil(answer: Answer) -> Answer | None:
        said = answer.json if answer.status == 200 else None
        if not isinstance(said, dict) or "data" not in said:
            return None
        for record in said["data"] if isinstance(said["data"], list) else [said["data"]]:
            if isinstance(record, dict):
                change(record)
        return answer.saying(said)

    return spoil


def of_members(name: str, change: Callable[[Any], Any], *, nulls: bool = False) -> Spoil:
    """Changes the members of a name, wherever in a record they are; null only if that is asked for."""

    def mend(node: Any) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                if re.fullmatch(name, key) and (nulls or value is not None):
                    node[key] = change(value)
                else:
                    mend(value)
        elif isinstance(node, list):
            for item in node:
                mend(item)

    return of_records(mend)


def dropped(name: str) -> Spoil:
    """Leaves members of a name out."""

    def drop(node: Any) -> None:
        if isinstance(node, dict):
            node.pop(name, None)
        for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            drop(value)

    return of_records(drop)


def renamed(name: str, to: str) -> Spoil:
    """Calls a member otherwise."""

    def rename(record: dict[str, Any]) -> None:
        attributes = record.get("attributes", {})
        if name in attributes:
            attributes[to] = attributes.pop(name)

    return of_records(rename)


def exchanged(name: str) -> Spoil:
    """Shows of each record of a list what belongs to the next."""

    def spoil(answer: Answer) -> Answer | None:
        if not answer.is_list:
            return None
        said = answer.json
        records = [each["attributes"] for each in said["data"] if name in each["attributes"]]
        values = [each[name] for each in records]
        for record, value in zip(records, values[1:] + values[:1], strict=True):
            record[name] = value
        return answer.saying(said)

    return spoil


def shifted(**by: float) -> Callable[[Any], Any]:
    """A time, so much later."""

    def shift(value: Any) -> Any:
        if not (isinstance(value, str) and _TIME.fullmatch(value)):
            return value
        return f"{datetime.fromisoformat(value) + timedelta(**by):%Y-%m-%dT%H:%M:%SZ}"

    return shift


def with_more(record: dict[str, Any]) -> None:
    """Has a member that nobody described."""
    record["attributes"]["internal_id"] = 4711


# --- lists


def of_lists(change: Callable[[list[Any]], Any]) -> Spoil:
    """Changes lists that hold something."""

    def spoil(answer: Answer) -> Answer | None:
        if not answer.is_list or not answer.json["data"]:
            return None
        said = answer.json
        said["data"] = change(said["data"])
        return answer.saying(said)

    return spoil


def second_page(change: Callable[[list[Any]], list[Any]]) -> Spoil:
    """Changes pages but the first."""

    def spoil(answer: Answer) -> Answer | None:
        number = re.search(r"page(?:\[|%5B)page(?:\]|%5D)=(\d+)", answer.query)
        return of_lists(change)(answer) if number and int(number[1]) > 1 else None

    return spoil


def swapped(records: list[Any]) -> list[Any]:
    """The first two in each other's place."""
    return [*records[1::-1], *records[2:]] if len(records) > 1 else records


def missing(modulus: int) -> Callable[[list[Any]], list[Any]]:
    """Some records are never listed: always the same ones."""
    return lambda records: [each for each in records if int(each["id"][:8], 16) % modulus]


# --- answers as a whole


def with_status(before: int, after: int) -> Spoil:
    """Answers with another status."""
    return lambda answer: replace(answer, status=after) if answer.status == before else None


def with_type(after: str, status: int = 200) -> Spoil:
    """Says that it is something else."""
    return lambda answer: replace(answer, type=after) if answer.status == status and answer.body else None


def respelt(change: Callable[[bytes], bytes], status: int = 200) -> Spoil:
    """Changes it byte by byte."""
    return lambda answer: replace(answer, body=change(answer.body)) if answer.status == status and answer.body else None


class Stale:
    """Remembers what was answered to a read, and answers so again."""

    def __init__(self, times: int = 3) -> None:
        self._known: dict[str, tuple[Answer, int]] = {}
        self._times = times

    def __call__(self, answer: Answer) -> Answer | None:
        """What was answered before, a few times."""
        if answer.method != "GET" or answer.status != 200:
            return None
        place = f"{answer.path}?{answer.query}"
        known, left = self._known.get(place, (answer, self._times))
        self._known[place] = (known, left - 1)
        if not left:
            del self._known[place]
        return replace(answer, body=known.body)


# --- refusals


def of_errors(change: Callable[[list[Any]], Any], *statuses: int) -> Spoil:
    """Changes the entries of a refusal."""

    def spoil(answer: Answer) -> Answer | None:
        said = answer.json if answer.status in (statuses or (400, 422)) else None
        if not isinstance(said, dict) or not isinstance(said.get("errors"), list):
            return None
        said["errors"] = change(said["errors"])
        return answer.saying(said)

    return spoil


def of_entries(change: Callable[[dict[str, Any]], object]) -> Spoil:
    """Changes each entry of a refusal."""

    def each(errors: list[Any]) -> list[Any]:
        for error in errors:
            change(error)
        return errors

    return of_errors(each)


# --- CSV


def of_rows(change: Callable[[list[list[str]]], list[list[str]]], **dialect: Any) -> Spoil:
    """Changes rows of CSV, or how they are written."""

    def spoil(answer: Answer) -> Answer | None:
        if not answer.path.endswith(".csv") or answer.status != 200 or not answer.body:
            return None
        rows = change(list(csv.reader(io.StringIO(answer.body.decode()))))
        text = io.StringIO()
        csv.writer(text, **({"lineterminator": "\n"} | dialect)).writerows(rows)
        return replace(answer, body=text.getvalue().encode())

    return spoil


def in_column(name: str, change: Callable[[str], str]) -> Spoil:
    """Changes one column."""

    def each(rows: list[list[str]]) -> list[list[str]]:
        place = rows[0].index(name) if name in rows[0] else 0
        return [rows[0], *([*row[:place], change(row[place]), *row[place + 1 :]] for row in rows[1:])]

    return of_rows(each)


def unquoted(text: bytes) -> bytes:
    """Without quotes around what needs them."""
    return text.replace(b'"', b"")


# --- all of them

PEOPLE, DECLARED = r"/participants/ecf(?:/[0-9a-f-]+)?$", r"/participant-declarations(?:/[0-9a-f-]+)?$"
SCHOOLS, PARTNERS, PARTNERSHIPS = r"/schools/ecf", r"/delivery-partners", r"/partnerships/ecf"
MENTORS, STATEMENTS, TRANSFERS = r"/unfunded-mentors/ecf", r"/statements", r"/transfers"
ANY, CSV = r"/api/", r"\.csv$"
V1, V3 = r"/api/v1/", r"/api/v3/"
EVERY_LIST: Final = (PEOPLE, DECLARED, SCHOOLS, PARTNERS, PARTNERSHIPS, MENTORS, STATEMENTS, TRANSFERS)


def all_of_them() -> Iterator[Spoiling]:
    """Every spoiling, kind by kind."""
    yield from _of_members()
    yield from _of_lists()
    yield from _of_answers()
    yield from _of_refusals()
    yield from _of_csv()


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
        yield Spoiling(f"{status} has a message", ANY, _error(status, lambda said: {"message": said["error"]}))
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


def chosen(spoil: Spoil, share: float, seed: int) -> Spoil:
    """Spoils only a share of the answers, by chance."""
    chance = random.Random(seed)
    return lambda answer: spoil(answer) if chance.random() < share else None
