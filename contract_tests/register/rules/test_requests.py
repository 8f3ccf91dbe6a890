"""How requests are read, and what is said of those that are none."""

from __future__ import annotations

import json
import time
from typing import Any, Final

import pytest

from contract_tests.api import Api, Reply
from contract_tests.documents import operations
from contract_tests.errors import LeftOut, require_equal
from contract_tests.lists import NOBODY, lists, reads, some, undisturbed
from contract_tests.marks import accepts, refuses
from contract_tests.register.asking import (
    DECLARATIONS,
    IN_OCTOBER,
    PARTICIPANTS,
    SCHOOLS,
    STATEMENTS,
    bad,
    declare,
    not_found,
)
from contract_tests.register.backstage import RegisterBackstage
from contract_tests.target import Target
from contract_tests.target.backstage import Backstage

NO_RECORD: Final = f"{PARTICIPANTS}/{NOBODY}"
SINCE: Final = "filter[updated_since]"
ALLOWED: Final = 1000  # requests of a token in five minutes
FROM_AN_ADDRESS: Final = 1500
WINDOW: Final = 300  # seconds


def sent(api: Api, body: str, type: str = "application/json") -> Reply:
    """What is answered to a body as it stands."""
    return api.send("POST", DECLARATIONS, {"Content-Type": type}, data=body.encode())


def good(ect: str) -> dict[str, Any]:
    """A declaration of somebody, with much beside it that nobody looks at."""
    attributes = {
        "unknown": [1],
        "declaration_type": "started",
        "participant_id": ect,
        "declaration_date": IN_OCTOBER,
        "course_identifier": "ecf-induction",
        "evidence_held": "other",
    }
    return {"data": {"type": "any", "id": "1", "attributes": attributes}}


@refuses("fragile.query")
@pytest.mark.parametrize(
    "query",
    [
        "filter=a&filter[b]=c",
        "filter[]=a&filter[b]=c",
        "filter[cohort]=2024&filter[cohort][]=2025",
        "filter[cohort]=%ff",
    ],
)
def test_a_query_string_that_cannot_be_read_is_refused_whoever_sends_it(api: Api, query: str) -> None:
    for asked in (api, api.stranger()):
        asked.send("GET", f"{PARTICIPANTS}?{query}").is_refused(400, "Bad request")


@accepts("fragile.query")
@pytest.mark.parametrize("query", ["filter[cohort]=%32025", "sort=%2Bupdated_at", "filter[b]=c&page[page]=1", ""])
def test_any_other_query_string_is_read(api: Api, query: str) -> None:
    api.send("GET", f"{PARTICIPANTS}?{query}").is_accepted()


@refuses("read.filter-object")
@accepts("read.filter-object")
@pytest.mark.parametrize("query", ["filter=x", "filter=", "filter[]=x"])
def test_a_filter_has_members_everywhere(api: Api, query: str) -> None:
    for path, needed in reads(api.version):
        asked = path.replace("{id}", NOBODY)
        api.send("GET", f"{asked}?{query}").is_refused(400, "Bad parameter")
        require_equal(True, api.get(asked, **needed).status in (200, 404))


@refuses("read.filter-object")
def test_a_filter_has_members_where_something_is_changed_too(api: Api, backstage: Backstage) -> None:
    backstage.may_write()
    for operation in operations(api.version):
        if operation.method != "GET":
            path = operation.path.replace("{id}", NOBODY)
            api.send(operation.method, f"{path}?filter=x", json=good(NOBODY)).is_refused(400, "Bad parameter")


@refuses("fragile.page")
@pytest.mark.parametrize("query", ["page=2", "page=", "page[]=1", "page[page][]=1"])
def test_pages_have_members(api: Api, query: str) -> None:
    api.send("GET", f"{PARTICIPANTS}?{query}").is_refused(400, "Bad request")


@refuses("read.page")
@pytest.mark.parametrize("page", ["0", "-1", "abc", "", "0.8"])
@pytest.mark.parametrize("member", ["page", "per_page"])
def test_pages_are_counted_from_one(api: Api, member: str, page: str) -> None:
    for path, needed in lists(api.version):
        api.get(path, **needed, **{f"page[{member}]": page}).is_refused(400, "Bad request")


@accepts("read.page", "fragile.page")
def test_a_page_is_a_part_of_the_list(api: Api) -> None:
    some(api, STATEMENTS, 4)

    def is_cut(whole: list[str]) -> None:
        require_equal(whole[2:4], api.send("GET", f"{STATEMENTS}?page[page]=2abc&page[per_page]=2").ids)
        require_equal([], api.send("GET", f"{STATEMENTS}?page[page]=9999").ids)
        require_equal(whole[:100], api.get(STATEMENTS).ids)

    undisturbed(lambda: [each["id"] for each in api.every(STATEMENTS)], is_cut)


@accepts("read.page")
def test_a_page_has_a_hundred_records_unless_told_otherwise(api: Api, stage: RegisterBackstage) -> None:
    whole = api.get(STATEMENTS, **{"page[per_page]": "3000"}).ids
    more = stage.provider().get(SCHOOLS, **{"filter[cohort]": "2025", "page[per_page]": "3001"}).ids
    require_equal(min(100, len(whole)), len(api.get(STATEMENTS).ids))
    require_equal(more, api.get(SCHOOLS, **{"filter[cohort]": "2025", "page[per_page]": "99999"}).ids)


@refuses("fragile.updated-since")
@pytest.mark.parametrize("query", [f"{SINCE}[]=2026-06-01T00:00:00Z", f"{SINCE}[x]=1"])
def test_there_is_one_time_since_which_things_changed(api: Api, query: str) -> None:
    api.send("GET", f"{PARTICIPANTS}?{query}").is_refused(400, "Bad request")


@refuses("read.updated-since")
@pytest.mark.parametrize(
    "since",
    [
        "2026-06-01",
        "2026-06-01T00:00Z",
        "20260601T000000Z",
        "2026-06-01%2000:00:00Z",
        "2026-06-01T25:00:00Z",
        "garbage",
        "2026-06-01T00:00:00%2B01:00",
        "2026-06-01T00:00:00+01:00",
    ],
)
def test_that_time_has_one_form(api: Api, since: str) -> None:
    for operation in operations(api.version):
        if operation.method == "GET" and operation.id in SINCE_LISTS:
            needed = "&filter[cohort]=2025" if operation.path == SCHOOLS else ""
            api.send("GET", f"{operation.path}?{SINCE}={since}{needed}").is_refused(400, "Bad request")


SINCE_LISTS: Final = {
    "list_participants",
    "list_transfers",
    "list_declarations",
    "list_partnerships",
    "list_schools",
    "list_statements",
    "list_unfunded_mentors",
}


@accepts("read.updated-since", "fragile.updated-since")
@pytest.mark.parametrize(
    "since",
    [
        "",
        "2026-09-02T09:00:00Z",
        "2026-09-02T09:00:00.000Z",
        "2026-09-02T10:00:00",
        "2026-09-02T08:00:00-01:00",
        "2026-09-02T10:00:00%252B01:00",
        "2026-06-31T00:00:00Z",
        "2026-09-01T24:00:00Z",
    ],
)
def test_what_changed_at_that_time_or_later_is_kept(api: Api, stage: RegisterBackstage, since: str) -> None:
    stage.partnership("2026")
    ect = stage.registered(on="2026-09-02")
    require_equal([ect], api.send("GET", f"{PARTICIPANTS}?{SINCE}={since}").ids)


@accepts("read.updated-since")
@pytest.mark.parametrize("since", ["2026-09-02T09:00:01Z", "2026-09-02T10:00:01", "2027-01-01T00:00:00Z"])
def test_what_changed_before_that_time_is_not_kept(api: Api, stage: RegisterBackstage, since: str) -> None:
    stage.partnership("2026")
    stage.registered(on="2026-09-02")
    require_equal([], api.send("GET", f"{PARTICIPANTS}?{SINCE}={since}").ids)


@refuses("clock.header-bad")
@pytest.mark.parametrize("date", ["garbage", "", "25:00", "2026-09-15T25:00:00Z"])
@pytest.mark.usefixtures("stage")
def test_the_time_of_a_request_is_looked_at_first_of_all(api: Api, date: str) -> None:
    stranger = api.stranger().at(date)
    stranger.send("GET", f"{STATEMENTS}?filter=x").is_refused(400, "Bad request")
    api.at(date).get(NO_RECORD).is_refused(400, "Bad request")


@accepts("clock.header-bad", "clock.header")
@pytest.mark.parametrize(
    ("date", "is_at"),
    [
        ("2026-09-15T08:30:00Z", "2026-09-15T08:30:00Z"),
        ("2026-09-15T08:30:00.9", "2026-09-15T07:30:00Z"),
        ("2026-09-15", "2026-09-14T23:00:00Z"),
        ("2026-02-30T00:00:00Z", "2026-03-02T00:00:00Z"),
    ],
)
def test_a_request_happens_when_it_says(api: Api, stage: RegisterBackstage, date: str, is_at: str) -> None:
    ect = stage.person().id
    declare(api.at(date), ect).shows(created_at=is_at, updated_at=is_at)


@accepts("clock.header")
def test_a_time_is_for_one_request_only(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    api.at("2027-01-01T00:00:00Z").get(PARTICIPANTS).is_accepted()
    declare(api, ect).shows(created_at="2026-09-15T09:00:00Z")


@refuses("body.json")
@pytest.mark.parametrize(
    "body", ["", "{}", "[]", '"x"', "1", "null", '{"data":', '{"data": null}', '{"data": {}}', '{"data": []}']
)
def test_a_body_is_json_with_data(api: Api, backstage: Backstage, body: str) -> None:
    backstage.may_write()
    bad(api, lambda: sent(api, body))


@refuses("body.json")
@pytest.mark.parametrize("type", ["application/vnd.api+json", "text/json", "text/plain"])
def test_a_body_of_another_media_type_is_not_read(api: Api, backstage: Backstage, type: str) -> None:
    ect = backstage.person(cohort="2025").id
    bad(api, lambda: sent(api, json.dumps(good(ect)), type), of=ect)


@refuses("body.json")
@pytest.mark.parametrize("path", [f"{DECLARATIONS}/{NOBODY}/void", f"/partnerships/{NOBODY}", f"{NO_RECORD}/defer"])
def test_a_body_that_is_no_json_is_refused_before_anything_is_looked_for(
    api: Api, backstage: Backstage, path: str
) -> None:
    backstage.may_write()
    bad(api, lambda: api.send("PUT", path, {"Content-Type": "application/json"}, data=b'{"data":'))


@refuses("fragile.data")
@pytest.mark.parametrize("data", ['"x"', "1", "true", "[1]"])
def test_data_is_an_object(api: Api, backstage: Backstage, data: str) -> None:
    backstage.may_write()
    bad(api, lambda: sent(api, f'{{"data": {data}}}'))


@refuses("body.attributes")
@pytest.mark.parametrize(
    "attributes",
    [
        "null",
        "[]",
        "{}",
        '"x"',
        '{"unknown": 1}',
        '[{"declaration_type": "started"}]',
        '{"declaration_type": ["started"], "evidence_held": {"a": "other"}}',
    ],
)
def test_attributes_hold_something_that_is_known(api: Api, backstage: Backstage, attributes: str) -> None:
    backstage.may_write()
    bad(api, lambda: sent(api, f'{{"data": {{"attributes": {attributes}}}}}'))


@accepts("body.json", "body.attributes", "fragile.data", "body.size")
@pytest.mark.parametrize(
    "type",
    [
        "application/json",
        "application/json;charset=utf-8",
        "text/x-json",
        "application/jsonrequest",
        "application/problem+json",
    ],
)
def test_a_body_that_is_read(api: Api, backstage: Backstage, type: str) -> None:
    ect = backstage.person(cohort="2025").id
    made = sent(api, json.dumps(good(ect)), type).shows(participant_id=ect)
    api.void(made.id).is_accepted()


@refuses("body.size")
def test_a_body_has_a_limit(api: Api, backstage: Backstage) -> None:
    backstage.may_write()
    sent(api, " " * (1 << 20) + "{}").is_refused(413)


@accepts("auth.token-required", "auth.one-provider")
@pytest.mark.parametrize("form", ["Bearer {}", "Token {}", 'Token token="{}"'])
def test_a_token_is_taken_in_these_forms(api: Api, form: str) -> None:
    headers = {"Authorization": form.format(api.token)}
    api.with_token(None).send("GET", f"{DECLARATIONS}?page[per_page]=1", headers).is_accepted()


@refuses("auth.token-required")
@pytest.mark.parametrize("form", ["Bearer {}x", "bearer {}", "Basic {}", "{}", "Bearer"])
def test_a_token_in_another_form_is_none(api: Api, target: Target, form: str) -> None:
    if form != "Bearer {}x":
        target.answers_anybody()
    refused = api.with_token(None).send("GET", f"{PARTICIPANTS}?filter=x", {"Authorization": form.format(api.token)})
    refused.is_refused(401)
    require_equal({"error": "HTTP Token: Access denied"}, refused.exchange.json, refused.exchange)
    require_equal(None, refused.exchange.headers.get("www-authenticate"), refused.exchange)


@accepts("auth.one-provider", "auth.token-required")
def test_a_new_token_is_the_providers_too(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    made = stage.act("POST", "/tokens", provider="northgate")
    another = api.with_token(made["token"])
    require_equal([ect], another.get(PARTICIPANTS).ids)


@refuses("route.unknown")
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nothing"),
        ("DELETE", PARTICIPANTS),
        ("POST", f"{NO_RECORD}/withdraw"),
        ("POST", "/partnerships/ecf"),
        ("PUT", STATEMENTS),
    ],
)
def test_a_path_or_a_method_that_there_is_not(api: Api, backstage: Backstage, method: str, path: str) -> None:
    if method != "GET":
        backstage.may_write()
    for asked in (api, api.stranger()):
        reply = asked.send(method, path, {"Accept": "application/json"})
        require_equal((404, {"error": "Resource not found"}), (reply.status, reply.exchange.json), reply.exchange)


@accepts("route.unknown")
@pytest.mark.parametrize("path", ["/statements.json", "/statements.csv", "/statements/"])
def test_an_extension_and_a_slash_say_nothing(api: Api, path: str) -> None:
    exchange = api.wire.send("GET", f"/api/{api.version}{path}", token=api.token)
    require_equal((200, "application/json"), (exchange.status, exchange.media_type), exchange)
    require_equal(api.get(STATEMENTS).data, exchange.json["data"], exchange)


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


@accepts("path.unknown")
def test_an_id_may_be_spelt_otherwise_in_a_path(api: Api) -> None:
    (one,) = some(api, STATEMENTS, 1)
    for spelt in (one["id"].upper(), one["id"].replace("-", ""), f"{{{one['id']}}}"):
        require_equal(one["id"], api.get(f"{STATEMENTS}/{spelt}").id)


@accepts("http.not-modified")
def test_what_has_not_changed_is_not_sent_again(api: Api) -> None:
    for path, needed in lists(api.version):
        first = api.get(path, **needed).exchange
        require_equal("max-age=0, private, must-revalidate", first.headers.get("cache-control"), first)
        told = {"If-None-Match": first.headers["etag"]}
        again = api.wire.send("GET", f"/api/{api.version}{path}", token=api.token, headers=told, params=needed)
        require_equal((304, b""), (again.status, again.content), again)


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


@accepts("never.500")
def test_a_null_byte_names_nothing(api: Api, backstage: Backstage) -> None:
    backstage.may_write()
    not_found(api.get(f"{PARTICIPANTS}/%00"))
    declare(api, "\0").is_refused(422, "participant_id")


@refuses("rate.limit", "rate.limit-address")
@accepts("rate.limit", "rate.limit-address")
def test_a_token_and_an_address_may_ask_so_often(
    api: Api, rival: Api, stage: RegisterBackstage, target: Target
) -> None:
    if target.config.rate:
        raise LeftOut("it asks as fast as it can: run without --rate-limit")
    stage.limit_requests()
    if (left := WINDOW - time.time() % WINDOW) < FROM_AN_ADDRESS * 0.01:
        time.sleep(left + 1)  # or the requests would fall into two windows
    for asked, number in ((api, ALLOWED), (rival, FROM_AN_ADDRESS - ALLOWED)):
        for _ in range(number):
            sent_once = asked.wire.send("GET", f"/api/{asked.version}{NO_RECORD}", token=asked.token, patient=False)
            require_equal(404, sent_once.status, sent_once)
        limited(asked)


def limited(api: Api) -> None:
    """Raises ContractBroken unless another request is one too many."""
    refused = api.send("GET", PARTICIPANTS, patient=False)
    refused.is_refused(429)
    require_equal(b"Retry later\n", refused.exchange.content, refused.exchange)


@accepts("rate.limit", "rate.limit-address")
def test_a_few_requests_are_always_answered(api: Api) -> None:
    for _ in range(3):
        api.get(DECLARATIONS, **{"page[per_page]": "1"}).is_accepted()
