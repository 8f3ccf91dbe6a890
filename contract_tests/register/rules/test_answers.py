"""How answers are sent: once, where nothing has changed, and compressed for whoever asks for that."""

from __future__ import annotations

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.lists import lists
from contract_tests.marks import accepts
from contract_tests.register.asking import (
    PARTICIPANTS,
    STATEMENTS,
)
from contract_tests.register.backstage import RegisterBackstage


@accepts("http.not-modified")
def test_what_has_not_changed_is_not_sent_again(api: Api) -> None:
    for path, needed in lists(api.version):
        first = api.get(path, **needed).exchange
        require_equal("max-age=0, private, must-revalidate", first.headers.get("cache-control"), first)
        told = {"If-None-Match": first.headers["etag"]}
        again = api.wire.send("GET", f"/api/{api.version}{path}", token=api.token, headers=told, params=needed)
        require_equal((304, b""), (again.status, again.content), again)
        for known, status in ((f'W/"another", {first.headers["etag"]}', 304), ('W/"another"', 200)):
            told = {"If-None-Match": known}
            again = api.wire.send("GET", f"/api/{api.version}{path}", token=api.token, headers=told, params=needed)
            require_equal(status, again.status, again)


@accepts("http.not-modified")
def test_once_something_has_changed_it_is_sent_again(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    for path in (PARTICIPANTS, f"{PARTICIPANTS}/{ect}"):
        tag = api.get(path).exchange.headers["etag"]
        stage.act("PATCH", f"/participants/{ect}", full_name=f"Name {len(path)}")
        changed = api.send("GET", path, {"If-None-Match": tag}).is_accepted().exchange
        require_equal(True, changed.headers["etag"] != tag, changed)


@accepts("http.gzip")
def test_a_read_is_compressed_for_whoever_asks_for_that(api: Api) -> None:
    packed = api.send("GET", STATEMENTS, {"Accept-Encoding": "gzip"}).exchange
    plain = api.send("GET", STATEMENTS, {"Accept-Encoding": "identity"}).exchange
    require_equal("gzip", packed.headers.get("content-encoding"), packed)
    require_equal((None, packed.json), (plain.headers.get("content-encoding"), plain.json), plain)
