"""How requests of Register are read, and what is said of those that are none."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.marks import accepts, refuses

from .world import NOT_FOUND, Provider, Refusal, World, bad

BROKEN_QUERIES = [
    "filter=a&filter[b]=c",
    "filter[]=a&filter[b]=c",
    "filter[cohort]=2024&filter[cohort][]=2025",
    "filter[cohort][]=2024&filter[cohort][x]=2025",
    "filter[cohort]=%zz",
    "filter[cohort]=%ff",
    "sort=%",
]
BAD_PARAMETER = Refusal(400, ["Bad parameter"], ["read.filter-object"])
NO_RECORD = "/participants/00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("query", BROKEN_QUERIES)
@refuses("fragile.query")
def test_a_query_string_that_cannot_be_read_is_refused_whoever_sends_it(northgate: Provider, query: str) -> None:
    assert northgate.refused(lambda: northgate.send("GET", f"/participants?{query}")) == bad("fragile.query")
    stranger = Provider(northgate.world, f"{northgate.world.id}.nobody")
    assert stranger.send("GET", f"/participants?{query}").refusal == bad("fragile.query")


@pytest.mark.parametrize(
    "query",
    [
        "filter[cohort]=%32025",
        "sort=%2Bupdated_at",
        "filter[b]=c&page[page]=1",
        "filter[cohort][]=2024&filter[cohort][]=2025",
        "filter[cohort][]=2024&filter[cohort]=2025",
        "",
    ],
)
@accepts("fragile.query")
def test_any_other_query_string_is_read(northgate: Provider, query: str) -> None:
    assert northgate.send("GET", f"/participants?{query}").data == []


@pytest.mark.parametrize("query", ["filter=x", "filter=", "filter[]=x", "filter[b]=c&filter=a"])
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/participants"), ("GET", NO_RECORD), ("PUT", f"{NO_RECORD}/defer"), ("GET", "/schools")],
)
@refuses("read.filter-object")
@accepts("read.filter-object")
def test_a_filter_has_members_everywhere(northgate: Provider, method: str, path: str, query: str) -> None:
    assert northgate.refused(lambda: northgate.send(method, f"{path}?{query}")) == BAD_PARAMETER
    assert northgate.send(method, f"{path}?filter[cohort]=2025").status in (200, 400, 404)


@pytest.mark.parametrize("query", ["page=2", "page=", "page[]=1", "page[page][]=1"])
@refuses("fragile.page")
def test_pages_have_members(northgate: Provider, query: str) -> None:
    assert northgate.refused(lambda: northgate.send("GET", f"/participants?{query}")) == bad("fragile.page")


@pytest.mark.parametrize("page", ["0", "-1", "abc", "", "0.8", "9" * 20])
@pytest.mark.parametrize("member", ["page", "per_page"])
@refuses("read.page")
def test_pages_are_counted_from_one(northgate: Provider, member: str, page: str) -> None:
    if (member, page) == ("per_page", "9" * 20):
        assert northgate.get("/statements", **{f"page[{member}]": page}).status == 200
        return
    refused = northgate.refused(lambda: northgate.get("/statements", **{f"page[{member}]": page}))
    assert refused == bad("read.page")


@accepts("read.page", "fragile.page", "vis.statement")
def test_a_page_is_a_part_of_the_list(northgate: Provider) -> None:
    whole = northgate.get("/statements").ids
    assert northgate.send("GET", "/statements?page[page]=2abc&page[per_page]=10").ids == whole[10:20]
    assert northgate.send("GET", "/statements?page[page]=999").ids == []


@pytest.mark.parametrize("query", ["filter[updated_since][]=2026-06-01T00:00:00Z", "filter[updated_since][x]=1"])
@refuses("fragile.updated-since")
def test_there_is_one_time_since_which_things_changed(northgate: Provider, query: str) -> None:
    refused = northgate.refused(lambda: northgate.send("GET", f"/participants?{query}"))
    assert refused == bad("fragile.updated-since")


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
@refuses("read.updated-since")
def test_that_time_has_one_form(northgate: Provider, since: str) -> None:
    refused = northgate.refused(lambda: northgate.send("GET", f"/participants?filter[updated_since]={since}"))
    assert refused == bad("read.updated-since")


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
@accepts("read.updated-since", "fragile.updated-since")
def test_what_changed_at_that_time_or_later_is_kept(world: World, northgate: Provider, since: str) -> None:
    world.partnership("2026")
    ect = world.person(at="2026-09-02T09:00:00Z")
    assert northgate.send("GET", f"/participants?filter[updated_since]={since}").ids == [ect]


@pytest.mark.parametrize(
    "date", ["garbage", "", "25:00", "2026-09-15T25:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z"]
)
@refuses("clock.header-bad")
def test_the_time_of_a_request_is_looked_at_first_of_all(northgate: Provider, date: str) -> None:
    stranger = Provider(northgate.world, f"{northgate.world.id}.nobody", time=date)
    assert stranger.send("GET", "/statements?filter=x").refusal == bad("clock.header-bad")


@pytest.mark.parametrize(
    ("date", "is_at"),
    [
        ("2026-09-15T08:30:00Z", "2026-09-15T08:30:00Z"),
        ("2026-09-15T08:30:00.9", "2026-09-15T07:30:00Z"),
        ("2026-09-15", "2026-09-14T23:00:00Z"),
        ("2026-02-30T00:00:00Z", "2026-03-02T00:00:00Z"),
        ("Tue, 15 Sep 2026 08:30:00 GMT", "2026-09-15T08:30:00Z"),
        ("15 September 2026", "2026-09-14T23:00:00Z"),
        ("20260915T083000Z", "2026-09-15T08:30:00Z"),
        ("08:30", "2026-09-15T07:30:00Z"),
    ],
)
@accepts("clock.header-bad", "clock.header")
def test_a_request_happens_when_it_says(world: World, northgate: Provider, date: str, is_at: str) -> None:
    ect = world.trainee()
    assert northgate.at(date).declare(ect).attributes["created_at"] == is_at


@pytest.mark.parametrize(
    "body", ["", "{}", "[]", '"x"', "1", "null", '{"data":', '{"data": null}', '{"data": {}}', '{"data": []}']
)
@refuses("body.json")
def test_a_body_is_json_with_data(northgate: Provider, body: str) -> None:
    assert northgate.refused(lambda: sent(northgate, body)) == bad("body.json")


@pytest.mark.parametrize("path", ["/participant-declarations/x/void", "/partnerships/x", "/participants/x/defer"])
@refuses("body.json")
def test_a_body_that_is_no_json_is_refused_before_anything_is_looked_for(northgate: Provider, path: str) -> None:
    def put(body: str) -> Any:
        return northgate.send("PUT", path, {"Content-Type": "application/json"}, content=body.encode())

    assert northgate.refused(lambda: put('{"data":')) == bad("body.json")
    assert put('{"data":{"attributes":{"delivery_partner_id":"x","reason":"x"}}}').refusal.status == 404


@pytest.mark.parametrize("data", ['"x"', "1", "true", "[1]"])
@refuses("fragile.data")
def test_data_is_an_object(northgate: Provider, data: str) -> None:
    assert northgate.refused(lambda: sent(northgate, f'{{"data": {data}}}')) == bad("fragile.data")


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
@refuses("body.attributes")
def test_attributes_hold_something_that_is_known(northgate: Provider, attributes: str) -> None:
    refused = northgate.refused(lambda: sent(northgate, f'{{"data": {{"attributes": {attributes}}}}}'))
    assert refused == bad("body.attributes")


def sent(northgate: Provider, body: str, type: str = "application/json") -> Any:
    return northgate.send("POST", "/participant-declarations", {"Content-Type": type}, content=body.encode())


@pytest.mark.parametrize("type", ["application/vnd.api+json", "text/json", "text/plain"])
@refuses("body.json")
def test_a_body_of_another_media_type_is_not_read(world: World, northgate: Provider, type: str) -> None:
    ect = world.trainee()
    assert northgate.refused(lambda: sent(northgate, good(ect), type)) == bad("body.json")


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
@accepts("body.json", "body.attributes", "fragile.data", "body.size")
def test_a_body_that_is_read(world: World, northgate: Provider, type: str) -> None:
    ect = world.trainee()
    assert sent(northgate, good(ect), type).attributes["participant_id"] == ect


def good(ect: str) -> str:
    return (
        '{"data": {"type": "any", "id": "1", "attributes": {"unknown": [1], "declaration_type": "started", '
        f'"participant_id": "{ect}", "declaration_date": "2025-10-10T09:00:00Z", '
        '"course_identifier": "ecf-induction", "evidence_held": "other"}}}'
    )


@accepts("body.json")
def test_a_form_is_read(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    form = {
        "data[attributes][participant_id]": ect,
        "data[attributes][declaration_type]": "started",
        "data[attributes][declaration_date]": "2025-10-10T09:00:00Z",
        "data[attributes][course_identifier]": "ecf-induction",
        "data[attributes][evidence_held]": "other",
    }
    assert northgate.send("POST", "/participant-declarations", data=form).attributes["participant_id"] == ect


@refuses("body.size")
def test_a_body_has_a_limit(northgate: Provider) -> None:
    refused = northgate.refused(lambda: sent(northgate, " " * (1 << 20) + "{}"))
    assert refused == Refusal(413, [], ["body.size"])


@pytest.mark.parametrize("header", ["Bearer {}", "Token {}", 'Token token="{}"'])
@accepts("auth.token-required", "auth.one-provider")
def test_a_token_is_taken_in_these_forms(northgate: Provider, header: str) -> None:
    headers = {"Authorization": header.format(northgate.token)}
    assert northgate.send("GET", "/participants", headers).data == []


@pytest.mark.parametrize("header", ["Bearer {}x", "bearer {}", "Basic {}", "{}", "Bearer"])
@refuses("auth.token-required")
def test_a_token_in_another_form_is_none(northgate: Provider, header: str) -> None:
    reply = northgate.send("GET", "/participants?filter=x", {"Authorization": header.format(northgate.token)})
    assert reply.refusal == Refusal(401, [], ["auth.token-required"])
    assert "WWW-Authenticate" not in reply.response.headers
    assert reply.json == {"error": "HTTP Token: Access denied"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nothing"),
        ("GET", "/nothing.json"),
        ("DELETE", "/participants"),
        ("POST", f"{NO_RECORD}/withdraw"),
        ("POST", "/partnerships/ecf"),
        ("OPTIONS", "/participants"),
    ],
)
@refuses("route.unknown")
def test_a_path_or_a_method_that_there_is_not(northgate: Provider, method: str, path: str) -> None:
    reply = northgate.send(method, path)
    assert reply.refusal == Refusal(404, [], ["route.unknown"])
    assert reply.json == {"error": "Resource not found"}


@pytest.mark.parametrize("path", ["/statements.json", "/statements.csv", "/statements.V1", "/statements/"])
@accepts("route.unknown")
def test_an_extension_and_a_slash_say_nothing(northgate: Provider, path: str) -> None:
    response = northgate.world.send("GET", f"/api/v3{path}", headers={"Authorization": f"Bearer {northgate.token}"})
    assert response.json()["data"]
    assert response.headers["content-type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize(
    "path",
    [NO_RECORD, "/participants/ecf", "/participants/abc", "/participants/.x", "/partnerships/ecf", "/statements/x"],
)
@refuses("path.unknown")
def test_a_record_that_there_is_not(northgate: Provider, path: str) -> None:
    assert northgate.refused(lambda: northgate.get(path)) == NOT_FOUND


@accepts("http.not-modified", "http.gzip")
def test_what_has_not_changed_is_not_sent_again(northgate: Provider) -> None:
    first = northgate.send("GET", "/statements", headers={"Accept-Encoding": "gzip"}).response
    assert first.headers["cache-control"] == "max-age=0, private, must-revalidate"
    headers = {"Authorization": f"Bearer {northgate.token}", "If-None-Match": first.headers["etag"]}
    again = northgate.world.send("GET", "/api/v3/statements", headers=headers)
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers.get("content-encoding") == "gzip"


def test_no_refusal_is_kept_and_no_robot_indexes_anything(world: World, northgate: Provider) -> None:
    void = f"/api/v3/participant-declarations/{NO_RECORD.rpartition('/')[2]}/void"
    token = {"Authorization": f"Bearer {northgate.token}"}
    asked = [("GET", "/api/v3/statements", token), ("PUT", void, token), ("GET", "/api/v3/statements", {})]
    answers = [world.send(method, path, headers=headers) for method, path, headers in asked]
    assert [(answer.status_code, answer.headers["cache-control"]) for answer in answers] == [
        (200, "max-age=0, private, must-revalidate"),
        (404, "no-cache"),
        (401, "no-cache"),
    ]
    assert {answer.headers["x-robots-tag"] for answer in answers} == {"none"}


@accepts("never.500")
def test_a_null_byte_names_nothing(northgate: Provider) -> None:
    assert northgate.refused(lambda: northgate.get("/participants/%00")) == NOT_FOUND
    assert northgate.declare("\0").status == 422
