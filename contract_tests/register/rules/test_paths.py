"""Which paths, methods and records there are, however they are spelt."""

from __future__ import annotations

from typing import Final

import pytest

from contract_tests.api import Api, Reply
from contract_tests.errors import require_equal
from contract_tests.lists import NOBODY, reads, some
from contract_tests.marks import accepts, refuses
from contract_tests.register.asking import (
    PARTICIPANTS,
    STATEMENTS,
    not_found,
)
from contract_tests.target.backstage import Backstage

NO_RECORD: Final = f"{PARTICIPANTS}/{NOBODY}"


@refuses("route.unknown")
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nothing"),
        ("DELETE", PARTICIPANTS),
        ("POST", f"{NO_RECORD}/withdraw"),
        ("POST", "/partnerships/ecf"),
        ("PUT", STATEMENTS),
        ("PATCH", f"{NO_RECORD}/defer"),
        ("PATCH", f"/participant-declarations/{NOBODY}/void"),
    ],
)
def test_a_path_or_a_method_that_there_is_not(api: Api, backstage: Backstage, method: str, path: str) -> None:
    if method != "GET":
        backstage.may_write()
    for asked in (api, api.stranger()):
        reply = asked.send(method, path, {"Accept": "application/json"})
        require_equal((404, {"error": "Resource not found"}), (reply.status, reply.exchange.json), reply.exchange)


@accepts("route.unknown")
@pytest.mark.parametrize("path", ["/statements.json", "/statements.csv", "/statements.xml", "/statements/"])
def test_an_extension_and_a_slash_say_nothing(api: Api, path: str) -> None:
    exchange, plain = api.wire.send("GET", f"/api/{api.version}{path}", token=api.token), api.get(STATEMENTS)
    types = [each.headers.get("content-type") for each in (plain.exchange, exchange)]
    require_equal((200, "application/json", types[0]), (exchange.status, exchange.media_type, types[1]), exchange)
    require_equal(plain.data, exchange.json["data"], exchange)


@accepts("route.unknown")
@refuses("path.unknown")
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", f"/partnerships/{NOBODY}"),
        ("PATCH", f"/partnerships/{NOBODY}"),
        ("PUT", f"{NO_RECORD}/defer"),
        ("PUT", f"/participant-declarations/{NOBODY}/void"),
    ],
)
def test_nor_do_they_where_something_is_changed(api: Api, backstage: Backstage, method: str, path: str) -> None:
    backstage.may_write()
    body = {"data": {"attributes": {"course_identifier": "ecf-mentor", "delivery_partner_id": NOBODY}}}
    for written in (path, f"{path}/", f"{path}.json", f"{path}.csv"):
        asked = api.wire.send(method, f"/api/{api.version}{written}", token=api.token, json=body)
        not_found(Reply(asked))


@refuses("path.unknown")
@pytest.mark.parametrize(
    "path", [NO_RECORD, "/participants/ecf", "/participants/abc", "/partnerships/ecf", "/statements/x"]
)
def test_a_record_that_there_is_not(api: Api, path: str) -> None:
    not_found(api.get(path))


@refuses("path.unknown")
def test_nothing_is_done_to_what_there_is_not(api: Api, backstage: Backstage) -> None:
    backstage.may_write()
    not_found(api.void(NOBODY))
    not_found(api.change_delivery_partner(NOBODY, NOBODY))
    not_found(api.change_schedule(NOBODY, "ecf-standard-january"))


@accepts("route.unknown")
def test_nor_do_they_after_an_id(api: Api) -> None:
    for one in some(api, STATEMENTS, 12):  # whose ids end in letters and in digits
        for written in (".json", ".csv", ".xml", "/"):
            path = f"/api/{api.version}{STATEMENTS}/{one['id']}{written}"
            require_equal(one["id"], Reply(api.wire.send("GET", path, token=api.token)).id)


@accepts("route.unknown")
def test_head_is_answered_as_get_is_but_for_the_body(api: Api) -> None:
    for path, needed in reads(api.version):
        asked = path.replace("{id}", NOBODY)
        read = api.get(asked, **needed).exchange
        head = api.wire.send("HEAD", f"/api/{api.version}{asked}", token=api.token, params=needed)
        require_equal((read.status, read.media_type, b""), (head.status, head.media_type, head.content), head)


@accepts("path.unknown")
def test_an_id_may_be_spelt_otherwise_in_a_path(api: Api) -> None:
    (one,) = some(api, STATEMENTS, 1)
    for spelt in (one["id"].upper(), one["id"].replace("-", ""), f"{{{one['id']}}}"):
        require_equal(one["id"], api.get(f"{STATEMENTS}/{spelt}").id)
