"""How a request reaches what answers it, and in what form the answer comes back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlencode

from contract_tests.api import Api
from contract_tests.documents import operations
from contract_tests.errors import require, require_equal
from contract_tests.exchange import Exchange
from contract_tests.lists import DECLARATIONS, NOBODY, PARTICIPANTS, Query, lists, paged, some, undisturbed
from contract_tests.marks import accepts, behaviour, only, refuses
from contract_tests.rules.partnership_offers import partnership
from contract_tests.target.backstage import Backstage

PACKED: Final = {"Accept-Encoding": "gzip"}
PACKING: Final = ("br, gzip;q=0.5", "GZIP", "gzip;q=0.001,br")
PLAIN: Final = ("identity", "gzip;q=0, identity", "identity, gzip; q=0.00")


def _private(version: str) -> Iterator[tuple[str, str]]:
    """The methods and paths of a version that are there, but not for lead providers."""
    for method in ("GET", "HEAD", "POST"):
        yield method, "/users"
        yield method, "/ecf-users"
    if version == "v1":
        yield "GET", "/data-studio/school-rollout"


@refuses("auth.private-api")
def test_what_is_not_for_lead_providers_is_closed_to_them(api: Api, backstage: Backstage, version: str) -> None:
    backstage.may_write()
    for method, path in _private(version):
        refused = api.send(method, path)
        refused.is_refused(403)
        require_equal(b"", refused.exchange.content, refused.exchange)


@only("v1", "v2")
@behaviour("deployed")
@refuses("auth.token-required")
def test_and_whoever_has_no_token_of_theirs_is_told_so_there_too(api: Api, backstage: Backstage, version: str) -> None:
    backstage.may_write()
    for method, path in _private(version):
        refused = api.stranger().send(method, path)
        expected = "401, or 404 where a stranger is led to a world that has no such path"
        require(refused.status in (401, 404), "auth.token-required", expected, refused.status, refused.exchange)


@only("v3")
@behaviour("deployed")
@refuses("path.unknown")
def test_v3_has_nothing_of_the_kind(api: Api) -> None:
    for path in ("/users", "/ecf-users", "/data-studio/school-rollout"):
        api.send("GET", path, {"Accept": "application/json"}).is_refused(404)


@accepts("auth.private-api")
def test_what_the_documents_have_is_open_to_them(api: Api, version: str) -> None:
    for path, needed in lists(version):
        api.get(path, **needed).is_accepted()


@behaviour("documented")
@refuses("path.unknown")
def test_by_the_guidance_there_are_no_such_paths(api: Api, version: str) -> None:
    for method, path in _private(version):
        if method == "GET":
            api.send(method, path).is_refused(404)


@accepts("http.not-modified")
def test_whoever_has_an_answer_already_is_told_that_nothing_has_changed(api: Api, version: str) -> None:
    for path, needed in lists(version):
        _is_not_sent_again(api, path, needed)


@accepts("http.not-modified")
def test_once_something_has_changed_it_is_sent_again(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    path = f"{PARTICIPANTS}/{someone.id}"
    tag = api.get(path).exchange.headers["etag"]
    api.defer(someone.id).is_accepted()
    changed = api.send("GET", path, {"If-None-Match": tag}).is_accepted().exchange
    require_equal(True, changed.headers["etag"] != tag, changed)


@accepts("http.gzip")
def test_a_read_is_compressed_for_whoever_asks_for_that_and_says_the_same(api: Api) -> None:
    def is_the_same(plain: Any) -> None:
        packed = api.send("GET", PARTICIPANTS, PACKED)
        require_equal("gzip", packed.exchange.headers.get("content-encoding"), packed.exchange)
        require_equal(plain, packed.data)

    for accepted, coding in (*((each, None) for each in PLAIN), *((each, "gzip") for each in PACKING)):
        exchange = api.send("GET", PARTICIPANTS, {"Accept-Encoding": accepted}).exchange
        require_equal(coding, exchange.headers.get("content-encoding"), exchange)
    undisturbed(lambda: api.send("GET", PARTICIPANTS, {"Accept-Encoding": PLAIN[0]}).data, is_the_same)


@behaviour("deployed")
@refuses("path.unknown")
def test_the_deployed_service_has_no_path_for_a_method_that_the_path_has_not(
    api: Api, backstage: Backstage, version: str
) -> None:
    backstage.may_write()
    methods: dict[str, set[str]] = {}
    for operation in operations(version):
        methods.setdefault(operation.path, set()).add(operation.method)
    with api.nothing_changes():
        for path, has in methods.items():
            taken = {"PATCH"} if path == "/partnerships/ecf/{id}" else set()
            for method in {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"} - has - taken:
                api.send(method, path.replace("{id}", NOBODY)).is_refused(404)


@only("v3")
@behaviour("deployed")
@accepts("path.unknown")
def test_the_deployed_service_takes_patch_for_put_where_there_is_a_partnership(api: Api, backstage: Backstage) -> None:
    backstage.may_write()
    standing = partnership(api)
    path = "/partnerships/ecf/"
    attributes = {"delivery_partner_id": standing["attributes"]["delivery_partner_id"]}
    body = {"data": {"type": "contract-test", "attributes": attributes}}
    for id in (standing["id"], standing["id"].upper(), f"{standing['id']}/", f"{standing['id']}.json"):
        patched = _as_it_came(api, "PATCH", path + id, json=body)
        require_equal((200, standing["id"]), (patched.status, (patched.json or {}).get("data", {}).get("id")), patched)


@behaviour("deployed")
@accepts("path.unknown")
def test_the_deployed_service_takes_an_extension_and_several_slashes(api: Api) -> None:
    (declaration,) = some(api, DECLARATIONS, 1)
    id = declaration["id"]
    for path in (*(f"{DECLARATIONS}/{id}{end}" for end in (".json", ".csv", "/")), f"/{DECLARATIONS}//{id}"):
        _is_the_same(api, f"{DECLARATIONS}/{id}", path)
    asked = api.get(f"{DECLARATIONS}/{id}").data
    for path in (f"//api//{api.version}/{DECLARATIONS}/{id}", f"/api///{api.version}{DECLARATIONS}/{id}//"):
        found = api.wire.send("GET", path, token=api.token)
        require_equal((200, asked), (found.status, (found.json or {}).get("data")), found)


@behaviour("deployed")
@accepts("path.unknown")
def test_so_it_does_where_something_is_changed(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    path, declared = f"{PARTICIPANTS}/{someone.id}", f"{DECLARATIONS}//"
    about = {"participant_id": someone.id, "course_identifier": someone.course, "declaration_type": "started"}
    dated = f"{someone.milestone().middle:%Y-%m-%dT%H:%M:%SZ}"
    body = {"data": {"type": "contract-test", "attributes": about | {"declaration_date": dated}}}
    made = _as_it_came(api, "POST", declared, json=body)
    require_equal(200, made.status, made)
    body = {"data": {"type": "contract-test", "attributes": {"course_identifier": someone.course, "reason": "other"}}}
    for method, asked in (
        ("PUT", f"{path}//defer.json"),
        ("PUT", f"{DECLARATIONS}/{made.json['data']['id']}/void.csv/"),
    ):
        done = _as_it_came(api, method, asked, json=body)
        require_equal(200, done.status, done)
    api.shows_training(someone.id, training_status="deferred")


@behaviour("deployed")
@accepts("path.unknown")
def test_so_it_does_where_there_is_a_list_and_csv_is_json_where_there_is_none(api: Api, version: str) -> None:
    for path, needed in lists(version):
        query = urlencode(needed | paged(1, 3))
        ends = (".json", "/", "//", *([".csv"] if version == "v3" else []))
        for end in ends:
            _is_the_same(api, f"{path}?{query}", f"{path}{end}?{query}")
    (person,) = some(api, PARTICIPANTS, 1)
    _is_the_same(api, f"{PARTICIPANTS}/{person['id']}", f"{PARTICIPANTS}/{person['id']}.csv")


@behaviour("deployed")
@refuses("path.unknown")
def test_half_a_brace_and_a_hyphen_too_many_make_no_id(api: Api) -> None:
    (declaration,) = some(api, DECLARATIONS, 1)
    id = declaration["id"]
    for spelt in (f"{{{id}", f"{id}}}", id.replace("-", "--", 1), id[:-1], f"{id}0"):
        api.get(f"{DECLARATIONS}/{spelt}").is_refused(404)


@behaviour("deployed")
@accepts("path.unknown")
def test_the_deployed_service_knows_an_id_by_any_spelling(api: Api) -> None:
    (declaration,) = some(api, DECLARATIONS, 1)
    id = declaration["id"]
    for spelt in (id.upper(), f"{{{id}}}", id.replace("-", "")):
        _is_the_same(api, f"{DECLARATIONS}/{id}", f"{DECLARATIONS}/{spelt}")


@behaviour("deployed")
@accepts("auth.token-required")
def test_the_deployed_service_takes_a_token_by_its_name(api: Api) -> None:
    named = (api.token, f'token="{api.token}"', f"token={api.token}")
    options = ("", ', nonce="x"', ",nonce=x", ';nonce="x"')
    for text in (f"Token {name}{further}" for name in named for further in options):
        api.with_token(None).send("GET", DECLARATIONS, {"Authorization": text}).is_accepted()


@only("v1", "v2")
@behaviour("deployed")
@accepts("read.csv")
def test_the_deployed_service_refuses_csv_with_json_that_it_calls_csv(api: Api) -> None:
    for path in (f"{PARTICIPANTS}.csv", f"{DECLARATIONS}.csv"):
        refused = api.get(path, **{"filter[updated_since]": "yesterday"})
        refused.is_refused(400, "Bad request")
        require_equal("text/csv", refused.exchange.media_type, refused.exchange)
        unknown = api.stranger().get(path)
        unknown.is_refused(401)
        require_equal(False, unknown.exchange.media_type == "text/csv", unknown.exchange)


@only("v1", "v2")
@behaviour("deployed")
@accepts("read.csv")
def test_nor_do_slashes_at_the_end_hide_from_it_that_csv_is_asked_for(api: Api) -> None:
    for path in (PARTICIPANTS, "/participants", DECLARATIONS):
        for end in ("/", "//"):
            undisturbed(
                lambda path=path: api.get(f"{path}.csv").exchange.content,  # type: ignore[misc]
                lambda plain, path=path, end=end: require_equal(  # type: ignore[misc]
                    (200, plain), _status_and_content(_as_it_came(api, "GET", f"{path}.csv{end}"))
                ),
            )


def _status_and_content(exchange: Exchange) -> tuple[int, bytes]:
    return exchange.status, exchange.content


def _is_not_sent_again(api: Api, path: str, query: Query) -> None:
    def holds(tag: str) -> None:
        again = _as_it_came(api, "GET", path, {"If-None-Match": tag}, params=query)
        require_equal((304, b"", tag), (again.status, again.content, again.headers.get("etag")), again)
        require_equal("W/", tag[:2], again)
        for known, status in ((f'W/"another", {tag}', 304), ('W/"another"', 200)):
            with_more = _as_it_came(api, "GET", path, {"If-None-Match": known}, params=query)
            require_equal(status, with_more.status, with_more)

    undisturbed(lambda: api.get(path, **query).exchange.headers.get("etag", ""), holds)


def _is_the_same(api: Api, path: str, other: str) -> None:
    def holds(read: Any) -> None:
        found = _as_it_came(api, "GET", other)
        require_equal((200, read), (found.status, (found.json or {}).get("data")), found)

    undisturbed(lambda: api.get(path).data, holds)


def _as_it_came(api: Api, method: str, path: str, headers: Query | None = None, **content: Any) -> Exchange:
    """An answer that no document describes, so that nothing in it is checked."""
    return api.wire.send(method, f"/api/{api.version}{path}", token=api.token, headers=headers, **content)
