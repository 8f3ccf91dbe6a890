"""Ways in which a service takes what it is asked for something else: a filter for none, a write for a read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from tests.detection.answers import Mishear, Question, Spoiling
from tests.detection.places import ANY, PARTNERS, PARTNERSHIPS, SCHOOLS, STATEMENTS
from tests.detection.spoils import shifted

REASONS: Final = frozenset(
    {
        *("bereavement", "long-term-sickness", "parental-leave", "career-break", "left-teaching-profession"),
        *("moved-school", "mentor-no-longer-being-mentor", "switched-to-school-led", "school-left-fip"),
    }
)
PEOPLE: Final = r"/participants"  # and what is done to them
DECLARED: Final = r"/participant-declarations"
STAMP: Final = "X-With-Server-Date"
Query = dict[str, str]


def mishearings() -> Iterator[Spoiling]:
    """Every one of them, kind by kind."""
    yield from _of_queries()
    yield from _of_headers()
    yield from _of_bodies()
    yield from _of_acts()


def _reads(change: Callable[[Query], Query]) -> Mishear:
    """Asks with another query."""

    def mishear(question: Question) -> Question | None:
        if question.method != "GET":
            return None
        before = dict(parse_qsl(question.query, keep_blank_values=True))
        after = change(before.copy())
        return None if after == before else replace(question, query=urlencode(after))

    return mishear


def _with(name: str, change: Callable[[str], str | None]) -> Mishear:
    """Asks with another value of a parameter, or without it."""

    def mend(query: Query) -> Query:
        value = change(query[name]) if name in query else None
        kept = {each: said for each, said in query.items() if each != name}
        return kept if value is None else kept | {name: value}

    return _reads(mend)


def _of_queries() -> Iterator[Spoiling]:
    for where, name in (
        *((PEOPLE, each) for each in ("cohort", "updated_since", "training_status", "from_participant_id")),
        *((DECLARED, each) for each in ("cohort", "updated_since", "participant_id", "delivery_partner_id")),
        *((STATEMENTS, each) for each in ("cohort", "updated_since", "type")),
        *((SCHOOLS, "updated_since"), (SCHOOLS, "urn"), (PARTNERS, "cohort"), (r"/transfers", "updated_since")),
        *((PARTNERSHIPS, each) for each in ("cohort", "updated_since", "delivery_partner_id")),
        (r"/unfunded-mentors", "updated_since"),
    ):
        yield Spoiling(f"{name} filters nothing", where, mishear=_with(f"filter[{name}]", lambda _: None))
    for where in (PEOPLE, DECLARED, PARTNERSHIPS, STATEMENTS):
        first = _with("filter[cohort]", lambda value: value.partition(",")[0])
        last = _with("filter[cohort]", lambda value: value.rpartition(",")[2])
        yield Spoiling("of several cohorts the first is sought", where, mishear=first)
        yield Spoiling("of several cohorts the last is sought", where, mishear=last)
        day = _with("filter[updated_since]", lambda value: re.sub(r"T\d\d:\d\d:\d\d", "T00:00:00", value))
        yield Spoiling("what has changed is sought by the day", where, mishear=day)
        hour = _with("filter[updated_since]", shifted(hours=1))
        yield Spoiling("what has changed is sought an hour later", where, mishear=hour)
        second = _with("filter[updated_since]", shifted(seconds=1))
        yield Spoiling("what has changed at that second is not", where, mishear=second)
    yield Spoiling("only one filter counts", ANY, mishear=_reads(_of_one_filter))
    year = _with("filter[cohort]", lambda value: str(int(value) - 1) if value.isdigit() else value)
    yield Spoiling("the cohort before is sought", r"/schools|/delivery-partners", mishear=year)
    yield Spoiling("nothing is sorted", ANY, mishear=_with("sort", lambda _: None))
    yield Spoiling("all is sorted upwards", ANY, mishear=_with("sort", lambda value: value.replace("-", "")))
    for name, what, change in (
        ("page", "always the first", lambda _: "1"),
        ("page", "counted from nought", lambda value: str(int(value) + 1)),
        ("page", "the second at most", lambda value: str(min(int(value), 2))),
        ("per_page", "100 at most", lambda value: str(min(int(value), 100))),
        ("per_page", "one more", lambda value: str(int(value) + 1)),
        ("per_page", "10 at least", lambda value: str(max(int(value), 10))),
        ("per_page", "100 always", lambda _: "100"),
    ):
        yield Spoiling(f"{name} is {what}", ANY, mishear=_with(f"page[{name}]", _of_numbers(change)))


def _of_numbers(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda value: change(value) if value.isdigit() and len(value) < 6 else value


def _of_one_filter(query: Query) -> Query:
    filters = [name for name in query if name.startswith("filter[") and name != "filter[cohort]"]
    return {name: value for name, value in query.items() if name not in filters[1:]}


def _of_headers() -> Iterator[Spoiling]:
    def without(name: str) -> Mishear:
        return lambda asked: replace(
            asked, headers={each: said for each, said in asked.headers.items() if each.lower() != name.lower()}
        )

    yield Spoiling("the server date has no effect", ANY, mishear=without(STAMP))
    yield Spoiling("all is sent again", ANY, mishear=without("If-None-Match"))
    yield Spoiling("nothing is packed", ANY, mishear=without("Accept-Encoding"))
    yield Spoiling("any token will do", ANY, mishear=AnyToken())
    yield Spoiling("no token will do", ANY, mishear=AnyToken("Authorization"))


class AnyToken:
    """Takes an unknown token, or none, for the first of the world that it has heard of."""

    def __init__(self, lacking: str = "") -> None:
        self._lacking = lacking
        self._first = ""

    def __call__(self, question: Question) -> Question | None:
        """The same from whoever asked first."""
        said = question.headers.get("Authorization", "")
        self._first = self._first or said
        is_unknown = not said if self._lacking else "nobody" in said
        return replace(question, headers={**question.headers, "Authorization": self._first}) if is_unknown else None


def _writes(change: Callable[[dict[str, Any]], object], path: str = "") -> Mishear:
    """Is sent other attributes."""

    def mishear(question: Question) -> Question | None:
        if question.method not in ("POST", "PUT") or not re.search(path, question.path):
            return None
        try:
            said = json.loads(question.body)
            attributes = said["data"]["attributes"]
        except (ValueError, KeyError, TypeError, RecursionError):  # some send what is no JSON, or too deep
            return None
        if not isinstance(attributes, dict):
            return None
        change(attributes)
        return _saying(question, said)

    return mishear


def _saying(question: Question, said: Any) -> Question | None:
    body = json.dumps(said).encode()
    if json.loads(question.body or b"null") == said:
        return None
    kept = {name: value for name, value in question.headers.items() if name.lower() != "content-length"}
    return replace(question, body=body, headers=kept)


def _of_bodies() -> Iterator[Spoiling]:
    def told(name: str, change: Callable[[Any], Any]) -> Callable[[dict[str, Any]], object]:
        def mend(attributes: dict[str, Any]) -> None:
            if isinstance(attributes.get(name), str):
                attributes[name] = change(attributes[name])

        return mend

    for name, what, change in (
        ("declaration_date", "an hour later", shifted(hours=1)),
        ("declaration_date", "a second later", shifted(seconds=1)),
        ("declaration_date", "a day earlier", shifted(days=-1)),
        ("declaration_date", "at midnight", lambda value: re.sub(r"T\d\d:\d\d:\d\dZ$", "T00:00:00Z", value)),
        ("declaration_type", "started", lambda value: "started" if value.startswith("retained") else value),
        ("evidence_held", "other", lambda value: "other" if value in ("self-study-material-completed",) else value),
        ("evidence_held", "other for 75 percent", lambda value: "other" if value.startswith("75-") else value),
        ("reason", "other", lambda value: "other" if value and value in REASONS else value),
        ("schedule_identifier", "the standard one", lambda value: value.replace("reduced", "standard")),
        ("schedule_identifier", "of April", lambda value: value.replace("january", "april")),
        ("cohort", "a year earlier", lambda value: str(int(value) - 1) if value.isdigit() else value),
        ("course_identifier", "an ECT's", lambda value: value.replace("ecf-mentor", "ecf-induction")),
    ):
        yield Spoiling(f"{name} sent is {what}", ANY, mishear=_writes(told(name, change)))
    for name in ("cohort", "evidence_held", "has_passed"):
        yield Spoiling(f"{name} sent is not read", ANY, mishear=_writes(partial(_forget, name)))


def _forget(name: str, sent: dict[str, Any]) -> None:
    sent.pop(name, None)


def _of_acts() -> Iterator[Spoiling]:
    for act, where in (
        *((each, PEOPLE) for each in ("defer", "resume", "withdraw", "change-schedule")),
        ("void", DECLARED),
    ):
        yield Spoiling(f"{act} does nothing, and says so to nobody", where, mishear=_not_done(act))
    yield Spoiling("a partnership changed stays as it is", PARTNERSHIPS, mishear=_not_done(""))
    for act, other, more in (
        ("defer", "withdraw", "other"),
        ("withdraw", "defer", "other"),
        ("resume", "defer", "other"),
    ):
        yield Spoiling(f"{act} does {other}", PEOPLE, mishear=_done_otherwise(act, other, more))
    yield Spoiling("what is declared is declared of the one before", DECLARED, mishear=_OneBefore("participant_id"))
    yield Spoiling("what is partnered is the partner before", PARTNERSHIPS, mishear=_OneBefore("delivery_partner_id"))


def _not_done(act: str) -> Mishear:
    """Reads what should be changed."""

    def mishear(question: Question) -> Question | None:
        if question.method != "PUT" or (act and not question.path.endswith(f"/{act}")):
            return None
        kept = {name: value for name, value in question.headers.items() if name.lower() not in ("content-length",)}
        path = question.path.removesuffix(f"/{act}").replace("/participants/", "/participants/ecf/")
        path = path.replace("/ecf/ecf/", "/ecf/")
        return replace(question, method="GET", path=path, body=b"", headers=kept)

    return mishear


def _done_otherwise(act: str, other: str, reason: str) -> Mishear:
    def mishear(question: Question) -> Question | None:
        if question.method != "PUT" or not question.path.endswith(f"/{act}"):
            return None
        return replace(
            _writes(lambda sent: sent.update(reason=reason))(question) or question,
            path=f"{question.path.removesuffix(act)}{other}",
        )

    return mishear


class _OneBefore:
    """Takes a member of what is sent for what it was in the last request."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._before: Any = None

    def __call__(self, question: Question) -> Question | None:
        """The same, with what was sent before."""

        def mend(attributes: dict[str, Any]) -> None:
            before, self._before = self._before, attributes.get(self._name)
            if before and self._before:
                attributes[self._name] = before

        return _writes(mend)(question)
