"""Each point: what shows it, and what shows that it is not so."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from sandbox.readiness.points.refusals import STATUSES

from .client import ABOUT, Made, declared, judged, listed, state

MET, UNMET = "met", "not met"
POLL = "filter[updated_since]=2026-09-15T{}:00Z"


def test_an_operation_counts_once_it_was_carried_out_in_the_newest_version() -> None:
    requests = [
        listed(1),
        Made("list_schools"),
        Made("get_participant"),
        declared(),
        Made("create_partnership", "POST", "/api/v3/partnerships"),
    ]
    assert state("operations", *requests) == MET
    refused = [*requests[:3], declared(status=422), requests[4]]
    assert judged(*refused)["operations"].missing == ["POST /api/v3/participant-declarations (create_declaration)"]
    elsewhere = [replace(request, path="/api/v1/x") for request in requests]
    assert state("processes", *elsewhere) == UNMET
    assert state("processes", *requests) == MET


def test_every_kind_of_refusal_is_to_be_met_and_followed_by_a_request_that_is_answered() -> None:
    refusals = [listed(0, status=status) for status in STATUSES]
    assert state("errors", *refusals, listed(1)) == MET
    assert judged(listed(1), *refusals)["errors"].missing == [f"{status}: nothing came after it" for status in STATUSES]
    assert judged(*refusals[:4], listed(1))["errors"].missing == ["429: not met"]


def test_a_request_without_a_token_is_a_401_of_the_worlds() -> None:
    others = [listed(0, status=status) for status in STATUSES if status != 401]
    assert state("errors", *others, listed(1)) == UNMET
    assert state("errors", *others, listed(1), about=msgspec.structs.replace(ABOUT, strangers=1)) == MET


def test_a_refusal_is_corrected_by_another_request_about_the_same_that_is_accepted() -> None:
    refused = declared(422, sent={"declaration_date": "tomorrow"})
    assert state("corrections", refused, declared()) == MET
    assert state("corrections", refused) == UNMET
    assert state("corrections", replace(refused, fault="latency"), declared(fault="latency")) == MET, "late is answered"
    about_another = declared(sent={"participant_id": "grace"})
    assert state("corrections", refused, about_another) == UNMET


def test_a_refused_request_that_is_sent_again_as_it_was_is_no_correction() -> None:
    refused = declared(422)
    found = judged(refused, refused, declared(sent={"evidence_held": "other"}))["corrections"]
    assert (found.state, found.missing) == (UNMET, ["requests are sent again unchanged after 422"])
    assert state("corrections", refused, declared(200)) == UNMET, "the same was accepted, so nothing was corrected"


def test_a_list_is_read_to_the_end_when_its_last_page_is_short() -> None:
    first, second, third = (listed(size, f"page[page]={n}&page[per_page]=10") for n, size in ((1, 10), (2, 10), (3, 4)))
    assert state("pages", first, second, third) == MET
    assert state("pages", first, second) == UNMET
    assert state("pages", first, third) == UNMET, "a page was skipped"
    assert state("pages", first, second, third, listed(0, "page[page]=4&page[per_page]=10")) == MET
    assert state("pages", listed(4)) == UNMET, "no list had several pages"
    assert state("pages", third, first, second) == MET, "they may be asked for at once, and come in any order"
    assert state("pages", first, third, first, second, third) == MET, "the second time none was skipped"
    assert "2 lists read to the end" in judged(*[first, second, third] * 2)["pages"].evidence
    half = replace(third, fault="truncate")
    assert state("pages", first, second, half) == UNMET, "half an answer is no page"
    assert judged(first, second, third, listed(100, "sort=x"))["pages"].missing == [
        "left before the last page: list_participants sort"
    ]


def test_a_full_sync_reads_every_list_without_a_filter_but_the_one_it_needs() -> None:
    schools = Made("list_schools", path="/api/v3/schools", query_string=b"filter[cohort]=2026", records=3)
    assert state("full-sync", listed(4), schools) == MET
    assert state("full-sync", listed(4, "filter[cohort]=2026"), schools) == UNMET
    assert state("full-sync", listed(100), schools) == UNMET, "there is another page"


def test_a_poll_begins_no_later_than_the_one_before_it() -> None:
    whole = listed(4, minutes=0)
    close, late = listed(1, POLL.format("09:00"), minutes=60), listed(1, POLL.format("09:30"), minutes=60)
    assert state("partial-sync", whole, close) == MET
    assert state("partial-sync", whole, late) == UNMET
    assert "1 gap" in judged(whole, late)["partial-sync"].evidence
    overlapping = listed(1, POLL.format("08:00"), minutes=120)
    assert "1 overlap" in judged(whole, close, overlapping)["partial-sync"].evidence
    assert state("partial-sync", whole, listed(0, POLL.format("09:00"), minutes=60)) == UNMET, "it found nothing"
    travelled = replace(late, server_date="2026-12-01T00:00:00Z")
    assert state("partial-sync", whole, travelled) == MET, "another time says nothing of gaps"
    again = listed(4, minutes=60)
    after = listed(1, POLL.format("10:00"), minutes=90)
    assert state("partial-sync", whole, again, after) == MET, "all was read again just before"
    assert state("partial-sync", whole, replace(again, fault="truncate"), after) == UNMET, "half of it was"


def test_what_failed_is_sent_again_and_what_was_made_is_not() -> None:
    failed = declared(503, fault="503")
    assert state("failures", failed, declared()) == MET
    assert state("failures", failed, declared(422, rules=["decl.one-per-milestone"])) == MET, "it had been carried out"
    assert state("failures", failed) == UNMET
    assert state("failures", declared(), listed(1)) == UNMET, "nothing failed"
    assert state("failures", failed, declared(), declared()) == UNMET, "it was made twice"
    voided = Made("void_declaration", "PUT", "/api/v3/participant-declarations/x/void")
    assert state("failures", failed, declared(), voided, declared()) == MET, "it may be declared again"
    assert state("failures", listed(1), listed(1, status=None, fault="drop"), listed(1)) == MET
    away = replace(voided, status=503, fault="503")
    assert state("failures", declared(), away, voided, failed, declared()) == MET, (
        "it may have been voided the first time"
    )
    assert state("failures", declared(), failed, declared()) == UNMET, "it was sent again before it failed"
    assert judged(failed, failed, declared())["failures"].evidence.startswith("1 request failed on the way, 1 of them")


def test_a_read_that_failed_is_sent_again_whatever_was_read_meanwhile() -> None:
    read, other, failed = listed(3), listed(3, "sort=x"), listed(3, status=503, fault="503")
    assert state("failures", read, other, failed, other, read) == MET
    assert judged(read, other, failed, other)["failures"].missing == ["never answered since: GET /api/v3/participants"]
    assert state("failures", read, replace(read, fault="truncate")) == UNMET, "half an answer is none"


def test_the_same_request_counts_each_time() -> None:
    mistaken = listed(3, "filter[cohrt]=2026&token=secret", path="/api/v1/participants", ignored=["filter[cohrt]"])
    found = judged(mistaken, mistaken, mistaken)
    assert found["recorded"].evidence.startswith("3 requests")
    assert found["ignored"].missing == ["filter[cohrt] was ignored 3 times"]
    assert found["paths"].evidence == "3 requests of old paths."
    assert found["tokens"].evidence == "3 requests with a token in the URL."


def test_tokens_do_not_stand_in_urls_whoever_sent_them() -> None:
    assert state("tokens", listed(1)) == MET
    for query in ("token=secret", "access_token=x", "key=northgate-register-token", "a=Bearer%20x"):
        assert state("tokens", listed(1, query)) == UNMET
    assert state("tokens", listed(1), about=msgspec.structs.replace(ABOUT, tokens_in_urls=1)) == UNMET


def test_what_nothing_reads_is_named() -> None:
    found = judged(listed(1, "filter[cohrt]=2026", ignored=["filter[cohrt]"]))["ignored"]
    assert (found.state, found.missing) == (UNMET, ["filter[cohrt] was ignored 1 time"])
    assert state("ignored", listed(1)) == MET


def test_old_paths_are_those_of_other_versions_and_in_register_those_with_ecf() -> None:
    for path in ("/api/v1/participants", "/api/v2/participants", "/api/v3/participants/ecf"):
        assert state("paths", listed(1, path=path)) == UNMET
    old = listed(1, path="/api/v3/participants/ecf")
    assert state("paths", old, about=msgspec.structs.replace(ABOUT, edition="ecf")) == MET
    assert state("paths", listed(1)) == MET


def test_the_limit_is_reached_by_requests_and_not_by_faults() -> None:
    assert state("rate", listed(0, status=429)) == UNMET
    assert state("rate", listed(0, status=429, fault="429")) == MET


def test_several_partnerships_have_to_be_there_and_to_be_read() -> None:
    read = Made("list_partnerships", path="/api/v3/partnerships", records=2)
    there = msgspec.structs.replace(ABOUT, several_partnerships=1)
    assert state("several-partnerships", read, about=there) == MET
    assert state("several-partnerships", read) == UNMET
    assert state("several-partnerships", about=there) == UNMET
    assert (
        state("several-partnerships", read, about=msgspec.structs.replace(ABOUT, several_partnerships=None))
        == "not applicable"
    )


def test_new_fields_are_read_acted_on_and_read_again_in_this_order() -> None:
    schools, confirmed = Made("list_schools"), Made("create_partnership", "POST", "/api/v3/partnerships")
    read = Made("list_partnerships", records=1)
    assert state("new-fields", schools, confirmed, read) == MET
    assert state("new-fields", read, confirmed, schools) == UNMET
    assert state("new-fields", about=msgspec.structs.replace(ABOUT, edition="ecf")) == "not applicable"


def test_every_type_is_to_be_declared() -> None:
    assert state("declaration-types", declared(), declared(type="completed")) == MET
    assert judged(declared(), declared(422, type="completed"))["declaration-types"].missing == ["completed"]


def test_filters_count_that_are_read() -> None:
    assert state("filters", listed(1, "filter[cohort]=2026")) == MET
    assert state("filters", listed(1, "filter[cohrt]=2026", ignored=["filter[cohrt]"])) == UNMET
    assert state("filters", listed(1, POLL.format("09:00"))) == UNMET


def test_what_no_request_can_show_is_said_to_be_so() -> None:
    found = judged(listed(1))
    unseen = {id for id, finding in found.items() if finding.state == "not observable"}
    assert unseen == {"keys", "single-steps", "values", "order", "simulations"}
