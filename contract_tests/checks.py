"""What must be true of every answer, whatever was asked: the checks a run makes without being told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from contract_tests.documents import Operation, operation_of, response, schema_problems
from contract_tests.errors import ContractBroken
from contract_tests.exchange import Exchange
from contract_tests.forms import form

_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_WHOLE_SECONDS: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_PERHAPS_WRONG: Final = re.compile(rb'T\d\d:\d\d:\d\d(?!Z")')  # begins with a letter, which is looked for fast
_MILLISECONDS: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_CAPITAL_ID: Final = re.compile(rb'"(?=[0-9a-f-]*[A-F])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"')
_AFTER_CAPITAL: Final = re.compile(rb'[A-F][0-9A-Fa-f-]{0,35}"')
_NOT_FOR_PEOPLE: Final = re.compile(r"\s|[\x00-\x1f]|<\w|#<|translation missing", re.IGNORECASE)
_CHARSET: Final = re.compile(r"charset=\"?([^;\"\s]+)")
_KEPT: Final = re.compile(r"(public|max-age|s-maxage)(?:=(\d+))?")

BARE: Final = frozenset({"application/vnd.api+json", "text/csv"})  # media types that come without parameters

Check = Callable[[Operation, Exchange], Iterator[tuple[str, str]]]


def check(exchange: Exchange) -> None:
    """Raises ContractBroken, by the first check that finds something wrong."""
    said = exchange.headers.get("content-type", "")
    if exchange.media_type.endswith("json") and {*_CHARSET.findall(said.lower())} - {"utf-8"}:
        raise ContractBroken("check.media-type", "JSON, which is in UTF-8", said, exchange)
    operation = operation_of(exchange.method, exchange.path)
    if operation is None:
        if exchange.status not in (401, 403, 404, 405, 406):
            raise ContractBroken("check.unknown-path", "404 for a path of no document", str(exchange.status), exchange)
        return
    for name, looks in CHECKS.items():
        for expected, received in looks(operation, exchange):
            raise ContractBroken(name, expected, received, exchange)


def _no_server_error(_operation: Operation, exchange: Exchange) -> Iterator[tuple[str, str]]:
    if exchange.status >= 500:
        yield "an answer, or a refusal that says why", f"{exchange.status} {exchange.beginning()}"


def _documented(operation: Operation, exchange: Exchange) -> Iterator[tuple[str, str]]:
    if response(operation, exchange.status) is None:
        known = ", ".join(sorted(operation.says["responses"]))
        yield f"one of {known} from {operation}", f"{exchange.status} {exchange.beginning()}"


def is_json_called_csv(exchange: Exchange) -> bool:
    """True for a refusal of CSV that a stand-in plays, JSON under CSV's media type, and says so (read.csv).

    It is a fault of the deployed service: found in the service itself, and not in what answers as it does.
    """
    return (
        exchange.path.endswith(".csv")
        and exchange.status == 400
        and exchange.headers.get("content-type") == "text/csv"
        and "x-sandbox-rule" in exchange.headers
    )


def _media_type(operation: Operation, exchange: Exchange) -> Iterator[tuple[str, str]]:
    if is_json_called_csv(exchange):
        return
    said = response(operation, exchange.status)
    content = (said or {}).get("content", {})
    received = exchange.headers.get("content-type", "no Content-Type")
    if content and received not in content and (exchange.media_type not in content or exchange.media_type in BARE):
        yield " or ".join(content), received
    if not content and exchange.content:
        yield "an empty body", exchange.beginning()


def _envelope(_operation: Operation, exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Who is not let in, or finds nothing, gets one error; what is asked wrongly or refused, a list of them."""
    said = exchange.json
    if exchange.status in form().plain and not (_has_just(said, "error") and isinstance(said["error"], str)):
        yield 'just {"error": "…"}', exchange.beginning()
    if exchange.status in form().listed:
        errors = said["errors"] if _has_just(said, "errors") else None
        if not (isinstance(errors, list) and errors and all(_is_error(error) for error in errors)):
            yield 'just {"errors": [{"title": "…", "detail": "…"}, …]}', exchange.beginning()
            return
        for error in errors:
            if not _is_told_to_people(error["title"], error["detail"]):
                yield "a detail that is a sentence for people, and other than the title", error["detail"]


def _is_error(error: Any) -> bool:
    return _has_just(error, "title", "detail") and all(
        isinstance(text, str) and text.strip() for text in error.values()
    )


def _is_told_to_people(title: str, detail: str) -> bool:
    """True of several words that begin as a sentence does.

    Which words, is nobody's contract; nor is what a request said, which may be in them, whatever that was.
    """
    return detail != title and len(detail.split()) > 1 and not _NOT_FOR_PEOPLE.match(detail)


def _fresh(_operation: Operation, exchange: Exchange) -> Iterator[tuple[str, str]]:
    """What one provider is told is kept for nobody else, and for no time in which it may have changed."""
    said = exchange.headers.get("cache-control", "").lower()
    for name, seconds in _KEPT.findall(said):
        if name == "public" or int(seconds or 0):
            yield "an answer that nobody keeps for later", f"Cache-Control: {said}"
            return
    expires = exchange.headers.get("expires", "")
    if expires and _is_later(expires, exchange.at):  # not all clients know that `max-age` counts for more
        yield "an answer that nobody keeps for later", f"Expires: {expires}"


def _is_later(text: str, than: datetime) -> bool:
    """True of a date as HTTP has it that is more than a minute later; whatever is none is in the past."""
    try:
        return parsedate_to_datetime(text).timestamp() > than.timestamp() + 60
    except ValueError:
        return False


def _has_just(value: Any, *names: str) -> bool:
    return isinstance(value, dict) and set(value) == set(names)


def _schema(operation: Operation, exchange: Exchange) -> Iterator[tuple[str, str]]:
    said = response(operation, exchange.status)
    is_json = exchange.media_type.endswith("json") or is_json_called_csv(exchange)
    if said is None or not is_json or not said.get("content"):
        return
    if exchange.json is None:
        yield "JSON", exchange.beginning()
        return
    for problem in schema_problems(operation, exchange.status, exchange.json):
        yield f"what the document says {operation} answers {exchange.status} with", problem
        return


def _times(_operation: Operation, exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Times are in UTC and to the second; only a challenge has milliseconds."""
    said = exchange.content
    if exchange.status >= 400 or not (b'"challenged_at"' in said or _PERHAPS_WRONG.search(said)):
        return  # long lists have ten thousand members, which take longer to go through than to ask for
    for name, value in members(exchange.json):
        if isinstance(value, str) and _TIME.match(value):
            right = _MILLISECONDS if name in form().milliseconds else _WHOLE_SECONDS
            if not right.fullmatch(value):
                yield f"{name} in UTC, to the second, with a Z", value


def _ids(_operation: Operation, exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Ids are written in small letters, so that whoever compares them letter by letter finds them again."""
    if exchange.status >= 400:
        return
    for end in _AFTER_CAPITAL.finditer(exchange.content):  # few texts have one, and a letter is looked for fast
        if found := _CAPITAL_ID.search(exchange.content, max(end.start() - 37, 0), end.end()):
            yield "ids in small letters", found[0].decode()
            return


CHECKS: Final[dict[str, Check]] = {
    "check.no-server-error": _no_server_error,
    "check.documented-status": _documented,
    "check.media-type": _media_type,
    "check.error-envelope": _envelope,
    "check.timestamps": _times,
    "check.schema": _schema,
    "check.ids": _ids,
    "check.caching": _fresh,
}


def members(node: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every member of every object in some JSON, by its name."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from members(value, key)
    elif isinstance(node, list):
        for item in node:
            yield from members(item, name)
    else:
        yield name, node
