"""Further ways to spoil an answer as a whole: its status, its headers, what a refusal says, how CSV is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from tests.detection.answers import Answer, Spoil, Spoiling
from tests.detection.places import ANY, CSV
from tests.detection.spoils import (
    in_column,
    of_entries,
    of_rows,
    respelt,
    with_header,
    with_status,
)


def of_whole_answers() -> Iterator[Spoiling]:
    """Every one of them, kind by kind."""
    yield from _of_answers()
    yield from _of_headers()
    yield from _of_details()
    yield from _of_csv()


def _of_answers() -> Iterator[Spoiling]:
    for before, after in (
        (200, 203),
        (200, 206),
        (422, 409),
        (422, 403),
        (422, 200),
        (400, 500),
        (404, 401),
        (401, 404),
    ):
        yield Spoiling(f"{before} becomes {after}", ANY, with_status(before, after))
    yield Spoiling("200 is empty", ANY, lambda a: replace(a, body=b"", type="") if a.status == 200 else None)
    yield Spoiling("200 is 204", ANY, lambda a: replace(a, status=204, body=b"") if a.status == 200 else None)
    page = b"<!DOCTYPE html><title>Sorry, the service is unavailable</title>"
    yield Spoiling("200 is a page", ANY, lambda a: replace(a, body=page, type="text/html") if a.status == 200 else None)
    yield Spoiling("200 is null", ANY, respelt(lambda _: b"null"))
    yield Spoiling("200 is in UTF-16", ANY, respelt(lambda body: body.decode().encode("utf-16")))
    yield Spoiling("200 has single quotes", ANY, respelt(lambda body: body.replace(b'"', b"'")))
    yield Spoiling("200 has a comma too many", ANY, respelt(lambda body: body.replace(b"}}", b"},}")))
    yield Spoiling("200 is JSONP", ANY, respelt(lambda body: b"callback(" + body + b")"))
    moved = with_header("location", "/api/v3/statements", 302)
    yield Spoiling("writes are redirected", ANY, _written(lambda a: moved(replace(a, status=302, body=b"", type=""))))
    yield Spoiling("writes are 202", ANY, _written(lambda a: replace(a, status=202)))
    yield Spoiling("writes answer nothing", ANY, _written(lambda a: a.saying({"data": None})))
    yield Spoiling("writes answer a list", ANY, _written(lambda a: a.saying({"data": [a.json["data"]]})))


def _written(spoil: Spoil) -> Spoil:
    return lambda answer: spoil(answer) if answer.method in ("POST", "PUT") and answer.status == 200 else None


def _of_headers() -> Iterator[Spoiling]:
    for value in (None, 'Token realm="Other"', "Bearer", 'Basic realm="Application"'):
        what = value or "left out"
        yield Spoiling(f"www-authenticate is {what}", ANY, with_header("www-authenticate", value, 401))
    yield Spoiling("etag is left out", ANY, with_header("etag", None))
    yield Spoiling("etag is the same always", ANY, with_header("etag", 'W/"1"'))
    yield Spoiling("etag is strong", ANY, lambda a: _tagged(a, a.headers.get("etag", "").removeprefix("W/")))
    yield Spoiling("etag has no quotes", ANY, lambda a: _tagged(a, a.headers.get("etag", "").replace('"', "")))
    for value in ("public, max-age=3600", "max-age=60", "s-maxage=600", "max-age=31536000, immutable"):
        yield Spoiling(f"cache-control is {value}", ANY, with_header("cache-control", value))
    yield Spoiling("refusals are cached", ANY, with_header("cache-control", "public, max-age=3600", 404))
    yield Spoiling("it expires in years", ANY, with_header("expires", "Fri, 01 Jan 2038 00:00:00 GMT"))
    yield Spoiling("it is not in gzip, and said to be", ANY, _said_to_be_packed)
    yield Spoiling("not modified is 200", ANY, with_status(304, 200))
    yield Spoiling("it is said to be in Latin 1", CSV, lambda a: replace(a, type=f"{a.type}; charset=iso-8859-1"))


def _tagged(answer: Answer, tag: str) -> Answer | None:
    return with_header("etag", tag)(answer) if tag else None


def _said_to_be_packed(answer: Answer) -> Answer | None:
    packed = "content-encoding" in answer.headers
    return None if packed else with_header("content-encoding", "gzip")(answer)


def _of_details() -> Iterator[Spoiling]:
    def each(kind: str, change: Callable[[dict[str, Any]], object]) -> Spoiling:
        return Spoiling(kind, ANY, of_entries(change))

    yield each("details are the title", lambda e: e.update(detail=e["title"]))
    yield each("details and titles are exchanged", lambda e: e.update(detail=e["title"], title=e["detail"]))
    yield each("details are a page", lambda e: e.update(detail=f"<p>{e['detail']}</p>"))
    yield each("details are not translated", lambda e: e.update(detail=f"translation missing: en.errors.{e['title']}"))
    yield each("details are a word", lambda e: e.update(detail="invalid"))
    yield each("details are an error's", lambda e: e.update(detail="#<NoMethodError: undefined method `id' for nil>"))
    yield each("details have a line before them", lambda e: e.update(detail=f"\n{e['detail']}"))
    yield each("details are null", lambda e: e.update(detail=None))
    yield each("details have escapes", lambda e: e.update(detail=f"\x1b[31m{e['detail']}\x1b[0m"))
    yield each("titles are in capitals", lambda e: e.update(title=e["title"].upper()))
    yield each("titles have spaces", lambda e: e.update(title=e["title"].replace("_", " ")))
    yield each("titles are the same", lambda e: e.update(title="participant_id"))
    yield each("titles end in a stop", lambda e: e.update(title=f"{e['title']}."))
    yield each("entries have a status", lambda e: e.update(status="422"))
    yield each("entries have a source", lambda e: e.update(source={"pointer": "/data"}))
    for status in (401, 404):
        yield Spoiling(f"{status} is in small letters", ANY, _worded(status, str.lower))
        yield Spoiling(f"{status} says more", ANY, _worded(status, lambda text: f"{text}."))


def _worded(status: int, change: Callable[[str], str]) -> Spoil:
    def spoil(answer: Answer) -> Answer | None:
        said = answer.json if answer.status == status else None
        return answer.saying({"error": change(said["error"])}) if isinstance(said, dict) and "error" in said else None

    return spoil


def _of_csv() -> Iterator[Spoiling]:
    yield Spoiling("CSV has tabs", CSV, of_rows(lambda rows: rows, delimiter="\t"))
    yield Spoiling("CSV has an empty line at its end", CSV, respelt(lambda body: body + b"\n"))
    yield Spoiling("CSV has an empty line after the header", CSV, respelt(lambda body: body.replace(b"\n", b"\n\n", 1)))
    yield Spoiling("CSV lines end in a comma", CSV, respelt(lambda body: body.replace(b"\n", b",\n")))
    yield Spoiling("CSV begins with a line more", CSV, respelt(lambda body: b"sep=,\n" + body))
    yield Spoiling("CSV has two headers", CSV, of_rows(lambda rows: [rows[0], *rows]))
    yield Spoiling("CSV has a header in capitals", CSV, of_rows(lambda rows: [[n.upper() for n in rows[0]], *rows[1:]]))
    yield Spoiling("CSV has a header with spaces", CSV, of_rows(_with_spaces))
    yield Spoiling("CSV rows are by id", CSV, of_rows(lambda rows: [rows[0], *sorted(rows[1:])]))
    yield Spoiling("CSV has quotes for nothing nowhere", CSV, respelt(lambda body: body.replace(b',"",', b",,")))
    yield Spoiling("CSV says NULL", CSV, respelt(lambda body: body.replace(b',"",', b",NULL,")))
    yield Spoiling("CSV has a dash for nothing", CSV, respelt(lambda body: body.replace(b',"",', b",-,")))
    yield Spoiling("CSV has spaces after commas", CSV, respelt(lambda body: body.replace(b",", b", ")))
    yield Spoiling("CSV says yes", CSV, respelt(lambda b: b.replace(b",true", b",yes").replace(b",false", b",no")))
    yield Spoiling("CSV days are British", CSV, in_column("updated_at", lambda t: f"{t[8:10]}/{t[5:7]}/{t[:4]}"))
    yield Spoiling("CSV times have a space", CSV, in_column("updated_at", lambda text: text.replace("T", " ")))
    yield Spoiling("CSV names are in capitals", CSV, in_column("full_name", str.upper))
    yield Spoiling("CSV numbers lose a nought", CSV, respelt(lambda body: re.sub(rb",0(\d+)", rb",\1", body)))
    yield Spoiling("CSV is the next one's address", CSV, of_rows(_addresses_rotated))
    yield Spoiling("CSV of v2 lacks the last row", r"/api/v2/.*\.csv$", of_rows(lambda rows: rows[:-1]))
    nothing = b"id,type\n"
    yield Spoiling(
        "CSV of nothing has a header", CSV, lambda a: None if a.status != 200 or a.body else replace(a, body=nothing)
    )
    yield Spoiling(
        "CSV of nothing is 204", CSV, lambda a: None if a.status != 200 or a.body else replace(a, status=204)
    )
    yield Spoiling("CSV is in UTF-16", CSV, respelt(lambda body: body.decode().encode("utf-16")))


def _with_spaces(rows: list[list[str]]) -> list[list[str]]:
    return [[name.replace("_", " ") for name in rows[0]], *rows[1:]]


def _of_nothing(spoil: Callable[[Answer], Answer]) -> Spoil:
    return lambda answer: None if answer.status != 200 or answer.body else spoil(answer)


def _addresses_rotated(rows: list[list[str]]) -> list[list[str]]:
    place = rows[0].index("email") if "email" in rows[0] else 1
    values = [row[place] for row in rows[1:]]
    others = values[1:] + values[:1]
    return [rows[0], *([*row[:place], other, *row[place + 1 :]] for row, other in zip(rows[1:], others, strict=True))]
