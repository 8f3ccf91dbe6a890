"""What about a request no client sends on purpose, as far as the documents and a look at it can tell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import unquote_to_bytes, urlsplit
from uuid import UUID

import jsonschema_rs

from contract_tests.documents import Operation, as_json_schema, document, operation_of, parameters, resolved
from contract_tests.exchange import Exchange

_NAME: Final = re.compile(rb"(\w+)(?:\[(\w+)\])?")
_CONTROL: Final = re.compile(rb"[\x00-\x1f\x7f]")
_LONGEST: Final = 40  # characters of a request that are shown
_LARGEST: Final = 2**63
_KINDS: Final[Mapping[str, Any]] = {
    "string": str,
    "object": dict,
    "array": list,
    "boolean": bool,
    "number": (int, float),
    "integer": int,
}


def oddity(exchange: Exchange) -> str:
    """What is odd about the form of a request, in words; nothing of one that a client may well send."""
    return next(_odd(exchange), "")


def misfit(exchange: Exchange) -> str:
    """The same, and what a document does not allow: a time that is none, a word where only some are known."""
    return oddity(exchange) or next(_not_allowed(exchange), "")


def _odd(exchange: Exchange) -> Iterator[str]:
    operation = operation_of(exchange.method, exchange.path)
    if operation is None:
        return
    yield from _odd_id(operation, exchange)
    said = {parameter["name"]: parameter for parameter in parameters(operation) if parameter["in"] == "query"}
    for raw, name, value in _query(exchange):
        yield from _odd_parameter(said, raw, name, value)
    yield from _odd_body(operation, exchange)


def _odd_id(operation: Operation, exchange: Exchange) -> Iterator[str]:
    pattern = re.escape(f"/api/{operation.version}{operation.path}").replace(re.escape("{id}"), "([^/]+)")
    for id in ((found := re.fullmatch(pattern, exchange.path)) and found.groups()) or ():
        try:
            UUID(unquote_to_bytes(id).decode())
        except ValueError:
            yield f"`{_short(id)}` as an id, which is none"


def _odd_parameter(said: Mapping[str, Any], raw: str, name: bytes, value: bytes) -> Iterator[str]:
    known = _NAME.fullmatch(name)
    if known is None and any(name.startswith(each.encode()) for each in said):
        yield f"`{_short(raw)}`, whose name has another form than the documents know"
    if not _is_text(name) or not _is_text(value):
        yield f"`{_short(raw)}`, with characters that no text has"
    schema = said.get(known[1].decode(), {}).get("schema") if known else None
    if schema is None or known is None:
        return
    if (schema["type"] == "object") is (known[2] is None):
        yield f"`{_short(raw)}`, whose name has another form than the documents know"
    if value.isdigit() and int(value[:_LONGEST]) >= _LARGEST:
        yield f"`{_short(raw)}`, a number that no list is long enough for"


def _odd_body(operation: Operation, exchange: Exchange) -> Iterator[str]:
    schema = _body_schema(operation)
    if schema is None or not exchange.request_body:
        return
    try:
        body = json.loads(exchange.request_body)
    except (ValueError, RecursionError):
        yield "a body that is no JSON"
        return
    yield from _odd_member(operation.version, schema, body, "the body")


def _odd_member(version: str, schema: Any, value: Any, name: str) -> Iterator[str]:
    """Whatever is not of the type that is described, as far down as something is described."""
    says = resolved(version, schema)
    if value is None and says.get("nullable"):
        return
    kind = says.get("type")
    if kind in _KINDS and (not isinstance(value, _KINDS[kind]) or isinstance(value, bool) is not (kind == "boolean")):
        yield f"`{_short(json.dumps(value))}` as {name}, where the documents have {kind}"
    if isinstance(value, str) and not _is_text(value.encode("utf-8", "replace")):
        yield f"{name} with characters that no text has"
    if isinstance(value, dict):
        described = says.get("properties", {})
        for member, content in value.items():
            if member in described:
                yield from _odd_member(version, described[member], content, member)


def _not_allowed(exchange: Exchange) -> Iterator[str]:
    operation = operation_of(exchange.method, exchange.path)
    if operation is None:
        return
    said = {parameter["name"]: parameter["schema"] for parameter in parameters(operation) if parameter["in"] == "query"}
    for raw, name, value in _query(exchange):
        known = _NAME.fullmatch(name)
        schema = said.get(known[1].decode()) if known else None
        if known and known[2] and schema is not None:
            members = schema.get("properties", {})
            schema = members.get(known[2].decode())
            if schema is None:
                yield f"`{_short(raw)}`, which the documents do not know"
        typed = _typed(schema or {}, value.decode("utf-8", "replace"))
        if schema is not None and not _validator(operation.version, schema).is_valid(typed):
            yield f"`{_short(raw)}`, which the documents do not allow"
    schema = _body_schema(operation)
    if schema is not None and exchange.request_body:
        for problem in _validator(operation.version, schema).iter_errors(_body(exchange)):
            yield f"a body that the documents do not allow: {_short(problem.message)}"


def _body(exchange: Exchange) -> Any:
    try:
        return json.loads(exchange.request_body)
    except (ValueError, RecursionError):
        return None


def _typed(schema: Any, text: str) -> Any:
    return int(text) if schema.get("type") == "integer" and re.fullmatch(r"-?\d{1,40}", text) else text


def _validator(version: str, schema: Any) -> jsonschema_rs.Draft202012Validator:
    whole = {**schema, "components": {"schemas": document(version)["components"]["schemas"]}}
    return jsonschema_rs.Draft202012Validator(as_json_schema(whole), validate_formats=True)


def _body_schema(operation: Operation) -> Any:
    body = resolved(operation.version, operation.says.get("requestBody", {}))
    content = next(iter(body.get("content", {}).values()), None)
    return content and resolved(operation.version, content["schema"])


def _query(exchange: Exchange) -> Iterator[tuple[str, bytes, bytes]]:
    """Each parameter as it was sent, its name and its value."""
    for raw in filter(None, urlsplit(exchange.url).query.split("&")):
        name, _, value = raw.replace("+", " ").partition("=")
        yield raw, unquote_to_bytes(name), unquote_to_bytes(value)


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return _CONTROL.search(content) is None


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
