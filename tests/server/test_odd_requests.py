"""Requests that no well-behaved client sends, put on the wire byte by byte: each is answered, and all stays well."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPResponse
from typing import NamedTuple
from urllib.parse import urlsplit

import orjson
import pytest
import requests

from .running import Running, serving

JANE = "db3a7848-7308-4879-942a-c4a70ced400a"
NOBODY = "00000000-0000-4000-8000-000000000000"
PARTICIPANTS = "/api/v3/participants/ecf"
DECLARATIONS = "/api/v3/participant-declarations"
DEFER = f"{PARTICIPANTS}/{JANE}/defer"
TOKEN = {"Authorization": "Bearer northgate-sandbox-token"}
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
CHUNKED = {"Transfer-Encoding": "chunked"}
WEBSOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
}
A_DECLARATION = {
    "participant_id": JANE,
    "declaration_type": "started",
    "declaration_date": "2021-12-06T09:00:00Z",
    "course_identifier": "ecf-induction",
}
BACK_THEN = {"X-With-Server-Date": "2021-12-10T10:00:00Z"}
TWO_MEGABYTES = b'{"data":{"attributes":{}}}'.ljust(2 << 20)
DEEP = 100_000


class Answer(NamedTuple):
    """What came back over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def rules(self) -> list[str]:
        return self.headers.get("x-sandbox-rule", "").split(", ")


class Wire:
    """Puts requests on the wire as they are given."""

    def __init__(self, url: str) -> None:
        self.url = url
        address = urlsplit(url)
        self._address = (address.hostname, address.port)

    def get(self, target: str, **headers: str) -> Answer:
        return self.send("GET", target, headers)

    def put(self, target: str, body: bytes, headers: dict[str, str]) -> Answer:
        return self.send("PUT", target, {**headers, "Content-Length": str(len(body))}, body)

    def send(self, method: str, target: str, headers: dict[str, str], body: bytes = b"") -> Answer:
        """Send a request with Northgate's token, or another one. Target and headers are written as latin-1."""
        lines = [f"{method} {target} HTTP/1.1", "Host: sandbox"]
        lines += [f"{name}: {value}" for name, value in {**TOKEN, **headers}.items()]
        with socket.create_connection(self._address, timeout=10) as connection:
            connection.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
            with closing(HTTPResponse(connection, method=method)) as response:
                response.begin()
                held = {name.lower(): value for name, value in response.getheaders()}
                return Answer(response.status, held, response.read())


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture
def wire(running: Running) -> Iterator[Wire]:
    """Leads to the sandbox, which has to be well afterwards."""
    yield Wire(running.url)
    health = requests.get(f"{running.url}/health", timeout=5)
    assert (health.status_code, health.json()["status"]) == (200, "ok")


def chunks(body: bytes, size: int) -> bytes:
    """A body as it is sent in chunks of at most so many bytes."""
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in [*parts, b""])


def deferring(reason: bytes) -> bytes:
    """A request to defer, with this as the reason's JSON."""
    return b'{"data":{"attributes":{"reason":%s,"course_identifier":"ecf-induction"}}}' % reason


@pytest.mark.parametrize("size", [1, 7, 65536])
def test_a_body_in_chunks_without_a_length_is_read_as_any_other(wire: Wire, size: int) -> None:
    body = orjson.dumps({"data": {"attributes": A_DECLARATION}})
    answer = wire.send("POST", DECLARATIONS, {**JSON, **CHUNKED, **BACK_THEN}, chunks(body, size))
    assert answer.status == 200
    assert orjson.loads(answer.body)["data"]["attributes"]["participant_id"] == JANE


@pytest.mark.parametrize(
    ("query", "rule"),
    [
        ("filter[updated_since]=%ff", "read.updated-since"),
        ("filter[updated_since]=2021-01-01T00:00:00Z%00", "read.updated-since"),
        ("filter[training_status]=%c3%28", "read.training-status"),
        ("filter[training_status]=active%00", "read.training-status"),
        ("page[page]=%ff", "read.page"),
        ("page[page]=1%00", "read.page"),
    ],
)
def test_invalid_utf_8_or_a_nul_in_a_query_is_refused_as_any_other_wrong_value(
    wire: Wire, query: str, rule: str
) -> None:
    answer = wire.get(f"{PARTICIPANTS}?{query}")
    assert (answer.status, answer.rules) == (400, [rule])


@pytest.mark.parametrize("value", ["%ff%fe", "2021%00"])
def test_no_cohort_is_called_by_invalid_utf_8_or_a_nul(wire: Wire, value: str) -> None:
    answer = wire.get(f"{PARTICIPANTS}?filter[cohort]={value}")
    assert (answer.status, answer.body) == (200, b'{"data":[]}')


@pytest.mark.parametrize("name", ["%ff", "%00", "%c3%28[%ff]"])
def test_a_parameter_whose_name_is_no_text_is_ignored(wire: Wire, name: str) -> None:
    answer = wire.get(f"{PARTICIPANTS}?{name}=1")
    assert (answer.status, answer.body) == (200, wire.get(PARTICIPANTS).body)


@pytest.mark.parametrize("byte", ["\x00", "\xff"])
def test_bytes_that_no_request_line_may_hold_are_no_http(wire: Wire, byte: str) -> None:
    assert wire.get(f"{PARTICIPANTS}?filter[cohort]={byte}").status == 400


@pytest.mark.parametrize("reason", [b'"\xff\xfe"', b'"\xc3("', b'"other\x00"', b"\x00", b'"\\ud800"'])
def test_invalid_utf_8_or_a_nul_makes_a_body_no_json(wire: Wire, reason: bytes) -> None:
    answer = wire.put(DEFER, deferring(reason), JSON)
    assert (answer.status, answer.rules) == (400, ["body.json"])


def test_an_escaped_nul_is_json_but_no_reason(wire: Wire) -> None:
    answer = wire.put(DEFER, deferring(b'"other\\u0000"'), JSON)
    assert (answer.status, answer.rules) == (422, ["defer.reason"])


@pytest.mark.parametrize("reason", [b"\xff", b"%ff", b"other\x00", b"other%00"])
def test_in_a_form_invalid_utf_8_or_a_nul_is_no_reason(wire: Wire, reason: bytes) -> None:
    form = b"data[attributes][course_identifier]=ecf-induction&data[attributes][reason]=" + reason
    answer = wire.put(DEFER, form, FORM)
    assert (answer.status, answer.rules) == (422, ["defer.reason"])


@pytest.mark.parametrize(
    "body",
    [
        b"[" * DEEP,
        b"[" * DEEP + b"]" * DEEP,
        b'{"data":' * DEEP + b"1" + b"}" * DEEP,
        deferring(b"[" * DEEP + b"]" * DEEP),
    ],
    ids=["open", "lists", "objects", "attribute"],
)
def test_json_a_hundred_thousand_deep_is_refused(wire: Wire, body: bytes) -> None:
    answer = wire.put(DEFER, body, JSON)
    assert (answer.status, answer.rules) == (400, ["body.json"])


def test_a_parameter_ten_thousand_deep_is_ignored(wire: Wire) -> None:
    assert wire.get(f"{PARTICIPANTS}?filter{'[a]' * 10_000}=1").body == wire.get(PARTICIPANTS).body


@pytest.mark.parametrize("digits", [19, 400, 5000])
def test_a_page_of_any_number_is_an_empty_one(wire: Wire, digits: int) -> None:
    answer = wire.get(f"{PARTICIPANTS}?page[page]={'9' * digits}")
    assert (answer.status, answer.body) == (200, b'{"data":[]}')


@pytest.mark.parametrize("digits", [19, 400, 5000])
def test_a_page_of_any_size_holds_no_more_than_the_largest(wire: Wire, digits: int) -> None:
    answer = wire.get(f"{PARTICIPANTS}?page[per_page]={'9' * digits}")
    assert answer.status == 200
    assert answer.body == wire.get(f"{PARTICIPANTS}?page[per_page]=3000").body


@pytest.mark.parametrize("number", [b"9" * 19, b"-9e99", b"1e308"])
def test_a_huge_number_is_no_reason(wire: Wire, number: bytes) -> None:
    answer = wire.put(DEFER, deferring(number), JSON)
    assert (answer.status, answer.rules) == (422, ["defer.reason"])


@pytest.mark.parametrize("number", [b"9" * 400, b"-" + b"9" * 5000, b"1e999"], ids=["400", "5000", "exponent"])
def test_a_number_too_large_to_be_read_makes_a_body_no_json(wire: Wire, number: bytes) -> None:
    answer = wire.put(DEFER, deferring(number), JSON)
    assert (answer.status, answer.rules) == (400, ["body.json"])


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Length": str(len(TWO_MEGABYTES))}, TWO_MEGABYTES),
        ({"Content-Length": str(len(TWO_MEGABYTES))}, b""),
        (CHUNKED, chunks(TWO_MEGABYTES, 65536)),
    ],
    ids=["with a length", "with a length before it comes", "in chunks"],
)
def test_a_body_of_two_megabytes_is_refused(wire: Wire, headers: dict[str, str], body: bytes) -> None:
    answer = wire.send("PUT", DEFER, {**JSON, **headers}, body)
    assert (answer.status, answer.rules) == (413, ["body.size"])


@pytest.mark.parametrize("method", ["DELETE", "PATCH", "POST", "OPTIONS", "TRACE", "QUERY"])
@pytest.mark.parametrize(("path", "allowed"), [(PARTICIPANTS, "GET, HEAD"), (DEFER, "PUT")])
def test_a_wrong_method_is_told_the_right_ones(wire: Wire, method: str, path: str, allowed: str) -> None:
    answer = wire.send(method, path, {"Content-Length": "0"})
    assert (answer.status, answer.rules) == (405, ["method.unknown"])
    assert answer.headers["allow"] == allowed


@pytest.mark.parametrize("id", [NOBODY, "0", "%00", "%ff", "%F0%9F%98%80", "x" * 50_000, "..", "%2e%2e"])
def test_an_unknown_id_is_not_found(wire: Wire, id: str) -> None:
    for path in (PARTICIPANTS, DECLARATIONS):
        answer = wire.get(f"{path}/{id}")
        assert (answer.status, answer.rules) == (404, ["path.unknown"]), path


@pytest.mark.parametrize(
    ("path", "status", "rule"),
    [
        (f"{PARTICIPANTS}/{NOBODY}/defer", 422, "vis.participant"),
        (f"{DECLARATIONS}/{NOBODY}/void", 404, "path.unknown"),
    ],
)
def test_nothing_is_done_to_an_unknown_id(wire: Wire, path: str, status: int, rule: str) -> None:
    answer = wire.put(path, deferring(b'"other"'), JSON)
    assert (answer.status, answer.rules) == (status, [rule])


@pytest.mark.parametrize(("path", "status"), [(PARTICIPANTS, 200), (DEFER, 405), ("/api/v3/socket", 404)])
def test_a_websocket_handshake_is_answered_as_the_request_it_is(wire: Wire, path: str, status: int) -> None:
    assert wire.get(path, **WEBSOCKET).status == status


@pytest.mark.parametrize("name", ["Accept", "Cookie", "User-Agent", "X-Name"])
def test_headers_that_nobody_reads_may_be_latin_1(wire: Wire, name: str) -> None:
    assert wire.get(PARTICIPANTS, **{name: "caf\xe9 \xff"}).status == 200


def test_a_token_in_latin_1_is_not_accepted(wire: Wire) -> None:
    answer = wire.get(PARTICIPANTS, Authorization="Bearer caf\xe9")
    assert (answer.status, answer.rules) == (401, ["auth.token-required"])


def test_a_server_date_in_latin_1_is_no_date(wire: Wire) -> None:
    answer = wire.get(PARTICIPANTS, **{"X-With-Server-Date": "2021-12-10T10:00:00\xe9"})
    assert (answer.status, answer.rules) == (400, ["clock.header-bad"])


def test_a_content_type_in_latin_1_is_not_json(wire: Wire) -> None:
    answer = wire.put(DEFER, deferring(b'"other"'), {"Content-Type": "caf\xe9"})
    assert (answer.status, answer.rules) == (400, ["body.json"])
