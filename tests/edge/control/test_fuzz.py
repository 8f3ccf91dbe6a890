"""No input makes the control API fail: whatever is sent, wherever, the sandbox knows what to say of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from random import Random
from typing import Any
from urllib.parse import quote

import orjson
import pytest
from starlette.types import ASGIApp, Message

from sandbox import documents
from sandbox.app import build_app
from sandbox.editions import ALL
from sandbox.seeding.creation import Creation
from sandbox.seeding.scenarios import scenarios
from sandbox.worlds.worlds import Worlds
from tests.api import JANE, MENTOR, SetClock, played
from tests.openapi.documents import resolved

DOCUMENT = documents.document(documents.CONTROL)
OPERATIONS = [
    (method.upper(), f"/sandbox{path}", operation)
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
]
EACH = 60  # requests of every operation


def deep(depth: int, inside: str = "1") -> bytes:
    return b"[" * depth + inside.encode() + b"]" * depth


TEXTS = [
    *("", " ", "\x00", "a\x00b", "\x1b[2J", "\u202e", "\ufffd", "😀", "x" * 70_000, "null", "true", "NaN", "-0", "%s"),
    *("0", "1", "2021", "2024", "2025", "9999", "0000", "-1", "1e400", "9" * 30, "northgate", "main", JANE, MENTOR),
    *("0000-00-00", "0001-01-01", "9999-12-31", "2024-02-30", "2024-11-15", "9999-12-31T23:59:59Z", "T", "2024-11-15T"),
    *(
        "0001-01-01T00:00:00+23:59",
        "2024-11-15T09:00:00",
        "2024-11-15T24:00:00Z",
        "2016-12-31T23:59:60Z",
        "../..",
        "{}",
    ),
    *("9999-12-31T23:59:59-23:59", "2024-11-15t09:00:00z", "2024-11-15T09:00:00.123456789Z", "a@b", "ect", "mentor"),
]
VALUES: list[Any] = [
    *(None, True, False, 0, 1, -1, 2**31, 2**53, 2**63, -(2**63), 2**64 - 1, 1e308, -1e308, 0.1, 1e-320),
    *([], {}, [None], [[[]]], {"": {"": ""}}, {"id": 1}, [{}] * 50),
]
RAW = [
    *(b"", b" ", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf{}", b"{", b"[]", b"null", b"NaN", b"Infinity", b"1e999", b'"x"'),
    *(b'{"a":1,"a":2}', b'{"full_name":"\\ud800"}', b'{"\\u0000":1}', b"9" * 5000, b'{"by":' + b"9" * 400 + b"}"),
    *(deep(n) for n in (100, 253, 254, 255, 256, 1000, 1024, 1025, 100_000)),
    *(b'{"a":' + deep(n) + b"}" for n in (252, 253, 254, 255, 1022, 1024)),
    *(b'{"_store":' * n + b"1" + b"}" * n for n in (253, 254, 300, 1100)),
]
HEADERS = {
    "origin": ["http://[", "http://[::1", "null", "", "http://localhost", "//", "http://localhost:99999999", "\xff"],
    "host": ["", "[", "[::1", "localhost:", "localhost:99999999999", "\xff", "a" * 60_000],
    "authorization": ["", "Bearer", "Bearer \xff", "Token token=", 'Token token="a" , b', "Bearer a.b", "Bearer main."],
    "content-type": [
        "",
        "application/json; charset=\xff",
        "application/x-www-form-urlencoded",
        "APPLICATION/JSON",
        ";",
    ],
    "content-length": ["-1", "x", "9" * 30],
    "x-with-server-date": [*TEXTS[-12:], "\xff"],
    "x-http-method-override": ["DELETE", "\xff", "GET"],
    "x-request-id": ["", "\xff", "x" * 200, "a b"],
    "sec-fetch-site": ["cross-site", "\xff"],
    "accept-encoding": ["gzip", "\xff", "gzip;q=x"],
    "if-none-match": ["*", "\xff"],
}


class Fuzz:
    """Asks an application with worlds in it whatever these dice have it ask."""

    def __init__(self, app: ASGIApp, dice: Random) -> None:
        self._app = app
        self._dice = dice

    async def ask(self, method: str, path: str, query: bytes, headers: Mapping[str, str], body: bytes) -> int:
        """The status of an answer."""
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body}

        async def send(message: Message) -> None:
            sent.append(message)

        named = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
        scope = {"type": "http", "method": method, "path": path, "query_string": query, "headers": named}
        await self._app(scope | {"client": ("127.0.0.1", 1), "server": ("127.0.0.1", 2)}, receive, send)
        return int(sent[0]["status"])

    def path(self, template: str) -> str:
        for name in ("{id}", "{year}", "{number}"):
            template = template.replace(name, str(self._dice.choice([*TEXTS, JANE, "main", "2024"])))
        return template + self._dice.choice(["", "", "", "", "", "/", "//", "\x00", ".csv", "%00"])

    def query(self, operation: Mapping[str, Any]) -> bytes:
        parameters = [resolved(DOCUMENT, parameter) for parameter in operation.get("parameters", ())]
        names = [parameter["name"] for parameter in parameters if parameter["in"] == "query"]
        names = [name for name in names if self._dice.random() < 0.3]
        if self._dice.random() < 0.1:
            names += [self._dice.choice(TEXTS)]
        if self._dice.random() < 0.1:
            return self._dice.choice(
                [b"%", b"%ff=%fe", b"&&&==", b"world=%00", b"world=main&world=x", b"\xff\x00", b"a;b"]
            )
        pairs = (f"{quote(name)}={quote(str(self._dice.choice([*TEXTS, 'main', *VALUES])))}" for name in names)
        return "&".join(pairs).encode()

    def headers(self) -> dict[str, str]:
        headers = {"host": "localhost", "content-type": "application/json"}
        for name, values in HEADERS.items():
            if self._dice.random() < 0.06:
                headers[name] = self._dice.choice(values)
        return headers

    def body(self, operation: Mapping[str, Any]) -> bytes:
        if self._dice.random() < 0.3:
            return self._dice.choice(RAW)
        content = resolved(DOCUMENT, operation.get("requestBody", {})).get("content", {}).get("application/json", {})
        body = self._object(content.get("schema", {}), 0.25)
        if self._dice.random() < 0.1:
            body[self._dice.choice(TEXTS)] = self._dice.choice(VALUES)
        return orjson.dumps(body)

    def _object(self, schema: Mapping[str, Any], wrong: float) -> dict[str, Any]:
        schema = resolved(DOCUMENT, schema)
        members = schema.get("properties", {})
        required = schema.get("required", ())
        return {
            name: self._value(member, wrong)
            for name, member in members.items()
            if name in required or self._dice.random() < 0.4
        }

    def _value(self, schema: Mapping[str, Any], wrong: float) -> Any:
        """A value that a schema allows, or else one that it does not."""
        schema = resolved(DOCUMENT, schema)
        if self._dice.random() < wrong:
            return self._dice.choice([*VALUES, *TEXTS])
        if "enum" in schema:
            return self._dice.choice(schema["enum"])
        match schema.get("type"):
            case "object":
                return self._object(schema, wrong)
            case "array":
                return [self._value(schema["items"], wrong) for _ in range(self._dice.randrange(3))]
            case "boolean":
                return self._dice.random() < 0.5
            case "integer" | "number":
                least, most = schema.get("minimum", -(2**63)), schema.get("maximum", 2**63 - 1)
                return self._dice.choice([least, most, 1, 0, -1, 2**62])
        if schema.get("format") in ("date", "date-time"):
            return self._dice.choice([text for text in TEXTS if text[4:5] == "-"])
        return self._dice.choice(TEXTS)


@pytest.fixture(scope="module")
def app() -> ASGIApp:
    worlds = Worlds(played("main", "documented").fork(), Creation(ALL), SetClock(scenarios()["main"].starts_at))
    return build_app(worlds)


@pytest.mark.parametrize(
    ("method", "path", "operation"), OPERATIONS, ids=[operation["operationId"] for _, _, operation in OPERATIONS]
)
def test_no_input_makes_it_fail(app: ASGIApp, method: str, path: str, operation: dict[str, Any]) -> None:
    dice = Random(f"{method} {path}")
    fuzz = Fuzz(app, dice)

    async def ask() -> None:
        for _ in range(EACH):
            sent = fuzz.path(path), fuzz.query(operation), fuzz.headers(), fuzz.body(operation)
            status = await fuzz.ask(method, *sent)
            assert status < 500, sent

    asyncio.run(ask())
