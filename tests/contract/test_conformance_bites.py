"""Each of the scenarios that no rule has passes on a sandbox, and finds what it is there for when answers are bent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings

from contract_tests.conformance import test_authentication as authentication
from contract_tests.conformance import test_chains as chains
from contract_tests.conformance import test_csv as csv
from contract_tests.conformance import test_likelihood as likelihood
from contract_tests.conformance import test_order as order
from contract_tests.conformance import test_paging as paging
from contract_tests.conformance import test_references as references
from contract_tests.conformance import test_time as time
from contract_tests.conformance import test_unknown_ids as ids
from contract_tests.conformance import test_updated_since as since
from contract_tests.conformance import test_versions as versions
from contract_tests.conformance.generated import Asker, Case, schema
from contract_tests.conformance.supplies import Supplies
from contract_tests.errors import ContractBroken, Unusable
from contract_tests.exchange import Exchange
from tests.server.running import serving

from .bent import Bend, Run, listed, respelt, rewritten, showing, straight


class Proof(NamedTuple):
    """A scenario, how answers are bent, and the check that has to find it."""

    scenario: Callable[[Run], None]
    bend: Bend
    check: str


def backwards(records: list[Any]) -> list[Any]:
    return records[::-1]


def but_the_last(records: list[Any]) -> list[Any]:
    return records[:-1]


def nothing(_: list[Any]) -> list[Any]:
    return []


def looks_for_the_id_first(exchange: Exchange) -> Exchange:
    if exchange.status == 401 and "no-id" in exchange.path and exchange.method == "GET":
        return replace(exchange, status=404, content=b'{"error": "Resource not Found"}')
    return exchange


def without_challenge(exchange: Exchange) -> Exchange:
    return replace(exchange, headers={n: v for n, v in exchange.headers.items() if n != "www-authenticate"})


def at_that_time(exchange: Exchange) -> Exchange:
    """Takes notice of the header that names a time, which the sandbox itself is kept from."""
    named = "X-With-Server-Date" in exchange.request_headers
    return listed(nothing)(exchange) if named else exchange


def paid_the_other_way_round(records: list[Any]) -> list[Any]:
    days = sorted(record["attributes"]["payment_date"] for record in records)
    for record in records:
        record["attributes"]["paid"] = record["attributes"]["payment_date"] > days[len(days) // 2]
    return records


def without_the_first_ones_status(records: list[Any]) -> list[Any]:
    del records[0]["attributes"]["ecf_enrolments"][0]["validation_status"]
    return records


def each_move_twice(records: list[Any]) -> list[Any]:
    for record in records:
        record["attributes"]["transfers"] *= 2
    return records


class Beside:
    """Whatever came first in some list, in each."""

    def __init__(self) -> None:
        self._first: list[Any] = []

    def __call__(self, records: list[Any]) -> list[Any]:
        """The records, and that one if it is none of them."""
        self._first = self._first or records[:1]
        return [*records, *(each for each in self._first if each not in records)]


NOT_FOUND_OTHERWISE = rewritten(lambda _: {"error": "Nothing here"}, status=404)
REFUSED_OTHERWISE = rewritten(lambda _: {"errors": [{"title": "base", "detail": "Who is that?"}]}, status=422)
PARTNER: Final[dict[str, Any]] = {
    "id": "cd3a1234-7308-4879-942a-c4a70ced400a",
    "type": "delivery-partner",
    "attributes": {
        "name": "Oakfield",
        "cohort": ["2024"],
        "created_at": "2021-01-01T09:00:00Z",
        "updated_at": "2021-01-01T09:00:00Z",
    },
}

PROOFS = {
    "the id before the token": Proof(
        lambda run: authentication.test_every_operation_wants_a_token_that_is_known(run.v3, run.target, "without"),
        looks_for_the_id_first,
        "check.authentication",
    ),
    "no challenge": Proof(
        lambda run: authentication.test_every_operation_wants_a_token_that_is_known(run.v1, run.target, "unknown"),
        without_challenge,
        "check.authentication",
    ),
    "an unknown id": Proof(
        lambda run: ids.test_what_is_nobodys_is_not_found(run.v3), NOT_FOUND_OTHERWISE, "check.unknown-ids"
    ),
    "an unknown path": Proof(
        lambda run: ids.test_a_path_that_there_is_not_is_not_found(run.v3), NOT_FOUND_OTHERWISE, "check.unknown-ids"
    ),
    "a foreign id": Proof(
        lambda run: ids.test_what_is_another_providers_is_neither_listed_nor_found(run.v3, run.scene),
        NOT_FOUND_OTHERWISE,
        "check.foreign-ids",
    ),
    "the same list for all": Proof(
        lambda run: ids.test_what_is_another_providers_is_neither_listed_nor_found(run.v3, run.scene),
        rewritten(lambda _: {"data": [{"id": "db3a7848-7308-4879-942a-c4a70ced400a"}]}, "/partnerships/ecf"),
        "check.schema",
    ),
    "an unknown id that is acted on": Proof(
        lambda run: ids.test_nothing_is_done_to_what_is_nobodys(run.v3, run.target), REFUSED_OTHERWISE, "check.refused"
    ),
    "a foreign id that is acted on": Proof(
        lambda run: ids.test_nothing_is_done_to_what_is_another_providers(run.v3, run.target, run.scene),
        REFUSED_OTHERWISE,
        "check.refused",
    ),
    "an unknown partnership": Proof(
        lambda run: ids.test_no_partnership_is_changed_that_is_nobodys(run.v3, run.target),
        NOT_FOUND_OTHERWISE,
        "check.unknown-ids",
    ),
    "a page without its last record": Proof(
        lambda run: paging.test_pages_make_up_the_whole_list(run.v3),
        listed(but_the_last, "/statements", "page[page]=2"),
        "check.paging",
    ),
    "pages beyond the end": Proof(
        lambda run: paging.test_pages_make_up_the_whole_list(run.v3),
        rewritten(lambda said: said if said["data"] else {"data": [PARTNER]}, "/delivery-partners"),
        "check.paging",
    ),
    "a page that is too short": Proof(
        lambda run: paging.test_pages_are_as_long_as_asked_for_and_do_not_overlap(run.v1),
        listed(but_the_last, "/participant-declarations", "per_page]=2"),
        "check.paging",
    ),
    "statements by another date": Proof(
        lambda run: order.test_statements_come_by_their_payment_date(run.v3),
        listed(backwards, "/statements"),
        "check.order",
    ),
    "the newest first": Proof(
        lambda run: order.test_what_was_created_first_comes_first(run.v3),
        listed(backwards, "/partnerships/ecf"),
        "check.order",
    ),
    "declarations of v1 in another order": Proof(
        lambda run: order.test_declarations_come_in_the_order_in_which_they_were_made(run.v1, run.target),
        listed(backwards, "/v1/participant-declarations"),
        "check.order",
    ),
    "sort that is not heard": Proof(
        lambda run: order.test_a_list_is_sorted_as_asked(run.v3), listed(backwards, "sort=-urn"), "check.sort"
    ),
    "sort that leaves one out": Proof(
        lambda run: order.test_sorting_leaves_nothing_out(run.v3),
        listed(but_the_last, "sort=no-such-thing"),
        "check.sort",
    ),
    "changes that are not found": Proof(
        lambda run: since.test_a_record_is_found_since_its_own_update_and_not_later(run.v3, run.scene),
        listed(nothing, "/unfunded-mentors", "updated_since"),
        "check.updated-since",
    ),
    "an update that is shown too late": Proof(
        lambda run: since.test_a_record_is_found_since_its_own_update_and_not_later(run.v1, run.scene),
        showing("updated_at", "2024-11-15T08:00:00Z", "/participant-declarations"),
        "check.updated-since",
    ),
    "another cell": Proof(
        lambda run: csv.test_csv_says_what_json_says(run.v1, "/participants/ecf"),
        respelt(b",ect,", b",mentor,", ".csv"),
        "check.csv",
    ),
    "another column": Proof(
        lambda run: csv.test_csv_says_what_json_says(run.v1, "/participant-declarations"),
        respelt(b",has_passed", b",passed", ".csv"),
        "check.csv",
    ),
    "a row too few": Proof(
        lambda run: csv.test_csv_says_what_json_says(run.v1, "/participant-declarations"),
        listed(lambda records: [*records, *records[-1:]], "/participant-declarations"),
        "check.csv",
    ),
    "a header for nothing": Proof(
        lambda run: csv.test_csv_of_nothing_is_empty(run.v1, "/participants"),
        lambda exchange: replace(exchange, content=exchange.content or b"id,email\n"),
        "check.csv",
    ),
    "pages of CSV": Proof(
        lambda run: csv.test_csv_has_no_pages(run.v1, "/participants"),
        lambda exchange: replace(exchange, content=exchange.content[:500]) if "page" in exchange.url else exchange,
        "check.csv",
    ),
    "another name in v1": Proof(
        lambda run: versions.test_a_training_is_the_same_in_each_version(run.scene, run.target),
        showing("full_name", "Nobody", "/v1/"),
        "check.versions",
    ),
    "one training more in v2": Proof(
        lambda run: versions.test_a_training_is_the_same_in_each_version(run.scene, run.target),
        listed(but_the_last, "/v3/participants"),
        "check.versions",
    ),
    "another state in v2": Proof(
        lambda run: versions.test_a_declaration_is_the_same_in_each_version(run.scene, run.target),
        showing("state", "submitted", "/v2/"),
        "check.versions",
    ),
    "voided, but not in that state": Proof(
        lambda run: versions.test_a_declaration_is_the_same_in_each_version(run.scene, run.target),
        showing("voided", False, "/v1/"),
        "check.versions",
    ),
    "one that is shown otherwise alone": Proof(
        lambda run: references.test_every_list_shows_a_record_as_it_is_shown_alone(run.v3),
        showing("full_name", "Nobody", "/participants/ecf/"),
        "check.single",
    ),
    "a statement that is shown otherwise alone": Proof(
        lambda run: references.test_every_list_shows_a_record_as_it_is_shown_alone(run.v3),
        showing("month", "May", "/statements/"),
        "check.single",
    ),
    "something paid on a statement that is not": Proof(
        lambda run: references.test_what_is_declared_is_of_somebody_and_on_a_statement_that_are_listed(run.v3),
        showing("paid", False, "/statements"),
        "check.references",
    ),
    "a declaration of nobody who is listed": Proof(
        lambda run: references.test_what_is_declared_is_of_somebody_and_on_a_statement_that_are_listed(run.v3),
        listed(nothing, "/participants/ecf?"),
        "check.references",
    ),
    "someone deferred without a reason": Proof(
        lambda run: references.test_each_training_is_there_once_and_deferred_or_withdrawn_for_a_reason_or_goes_on(
            run.v3
        ),
        respelt(b'"training_status":"deferred"', b'"training_status":"active"', "/participants/ecf"),
        "check.references",
    ),
    "a delivery partner of another name": Proof(
        lambda run: references.test_a_partnership_is_of_a_school_and_a_delivery_partner_that_are_listed_so(run.v3),
        showing("delivery_partner_name", "Nobody", "/partnerships/ecf"),
        "check.references",
    ),
    "a delivery partner without its last cohort": Proof(
        lambda run: references.test_a_delivery_partner_has_each_cohort_that_it_is_listed_for(run.v3),
        showing("cohort", ["2021"], "/delivery-partners"),
        "check.references",
    ),
    "a school in partnership that is not": Proof(
        lambda run: references.test_a_partnership_is_of_a_school_and_a_delivery_partner_that_are_listed_so(run.v3),
        showing("in_partnership", False, "/schools/ecf"),
        "check.references",
    ),
    "a school with another name in one cohort": Proof(
        lambda run: references.test_a_school_is_the_same_one_in_every_cohort(run.v3),
        showing("name", "Nowhere", "/schools/ecf", "cohort]=2023"),
        "check.references",
    ),
    "a change before there was anything": Proof(
        lambda run: references.test_nothing_changed_before_it_was_created(run.v3),
        showing("updated_at", "1999-12-31T00:00:00Z", "/delivery-partners"),
        "check.references",
    ),
    "quotes around what needs none": Proof(
        lambda run: csv.test_csv_says_what_json_says(run.v1, "/participants/ecf"),
        respelt(b"id,email", b'"id","email"', ".csv"),
        "check.csv",
    ),
    "cells without the quotes of nothing": Proof(
        lambda run: csv.test_csv_says_what_json_says(run.v1, "/participants"),
        respelt(b',"",', b",,", ".csv"),
        "check.csv",
    ),
    "CSV in UTF-16": Proof(
        lambda run: csv.test_csv_says_what_json_says(run.v1, "/participants"),
        respelt(b"id,email", "id,email".encode("utf-16"), ".csv"),
        "check.csv",
    ),
    "a line after the last": Proof(
        lambda run: csv.test_csv_says_what_json_says(run.v1, "/participants"),
        respelt(b"updated_at\n", b"updated_at\n\n", ".csv"),
        "check.csv",
    ),
    "nothing held for what has to be proved": Proof(
        lambda run: references.test_what_is_declared_is_of_somebody_and_on_a_statement_that_are_listed(run.v3),
        showing("evidence_held", None, "/participant-declarations"),
        "check.references",
    ),
    "a training that began after it changed": Proof(
        lambda run: references.test_nothing_changed_before_it_was_created(run.v3),
        showing("updated_at", "1999-12-31T00:00:00Z", "/participants/ecf?"),
        "check.references",
    ),
    "a provider of two names": Proof(
        lambda run: likelihood.test_each_provider_is_called_by_one_name(run.v3),
        respelt(b'"lead_provider_name":"Northgate', b'"lead_provider_name":"NORTHGATE', "/participant-declarations"),
        "check.references",
    ),
    "people without partnerships": Proof(
        lambda run: references.test_whoever_is_in_training_is_so_at_schools_in_partnership(run.v3),
        listed(nothing, "/partnerships/ecf?"),
        "check.references",
    ),
    "a month that there is not": Proof(
        lambda run: likelihood.test_a_statement_is_called_by_a_month_that_its_days_are_about(run.v3),
        showing("month", "january", "/statements"),
        "check.references",
    ),
    "another year": Proof(
        lambda run: likelihood.test_a_statement_is_called_by_a_month_that_its_days_are_about(run.v3),
        showing("year", "1999", "/statements"),
        "check.references",
    ),
    "names in capitals": Proof(
        lambda run: likelihood.test_names_and_addresses_are_written_as_people_write_them(run.v1),
        showing("full_name", "JANE SMITH", "/participants"),
        "check.references",
    ),
    "names that end in a space": Proof(
        lambda run: likelihood.test_names_and_addresses_are_written_as_people_write_them(run.v1),
        showing("full_name", "Jane Smith ", "/participants"),
        "check.references",
    ),
    "addresses in capitals": Proof(
        lambda run: likelihood.test_names_and_addresses_are_written_as_people_write_them(run.v1),
        showing("email", "JANE@SCHOOL.EXAMPLE", "/participants"),
        "check.references",
    ),
    "schools in partnership for nothing": Proof(
        lambda run: likelihood.test_schools_are_in_partnership_for_a_programme_that_providers_lead(run.v3),
        showing("induction_programme_choice", "school_led", "/schools"),
        "check.references",
    ),
    "partnerships with every school": Proof(
        lambda run: likelihood.test_schools_are_in_partnership_for_a_programme_that_providers_lead(run.v3),
        showing("in_partnership", True, "/schools"),
        "check.references",
    ),
    "somebody at a third school": Proof(
        lambda run: likelihood.test_whoever_moved_is_at_a_school_that_was_left_or_joined(run.v3),
        respelt(b'"school_urn":"', b'"school_urn":"9', "/participants/ecf?"),
        "check.references",
    ),
    "statements of the past that are not paid, but those to come": Proof(
        lambda run: likelihood.test_what_is_paid_is_not_all_to_be_paid_later_than_what_is_not(run.v3),
        listed(paid_the_other_way_round, "/statements"),
        "check.references",
    ),
    "statements that are paid before they are drawn up": Proof(
        lambda run: likelihood.test_statements_are_paid_after_the_last_day_that_they_are_about(run.v3),
        showing("payment_date", "2020-01-25", "/statements"),
        "check.references",
    ),
    "declarations of every cohort": Proof(
        lambda run: cohorts_of(run, "/participant-declarations"),
        listed(Beside(), "/participant-declarations"),
        "check.references",
    ),
    "partnerships of the first of several cohorts": Proof(
        lambda run: cohorts_of(run, "partnerships"),
        listed(but_the_last, "/partnerships/ecf", ","),
        "check.references",
    ),
    "names for addresses": Proof(
        lambda run: likelihood.test_names_and_addresses_are_written_as_people_write_them(run.v3),
        showing("induction_tutor_email", "Jane Smith", "/partnerships"),
        "check.references",
    ),
    "numbers of nobody": Proof(
        lambda run: likelihood.test_what_may_be_null_is_not_so_for_everybody(run.v3),
        showing("teacher_reference_number", None, "/participants"),
        "check.references",
    ),
    "a member of some records alone": Proof(
        lambda run: likelihood.test_records_of_a_kind_have_the_same_members(run.v3),
        listed(without_the_first_ones_status, "/participants/ecf?"),
        "check.references",
    ),
    "a move that is there twice": Proof(
        lambda run: likelihood.test_each_move_is_there_once(run.v3),
        listed(each_move_twice, "/transfers"),
        "check.references",
    ),
    "a number that is another in v1": Proof(
        lambda run: versions.test_a_training_is_the_same_in_each_version(run.scene, run.target),
        showing("teacher_reference_number", "1234567", "/v1/"),
        "check.versions",
    ),
    "a declaration that is not voided": Proof(
        lambda run: chains.test_a_declaration_is_read_as_it_was_made_and_as_it_was_voided(run.v3, run.scene),
        respelt(b'"voided"', b'"submitted"', "/participant-declarations?"),
        "check.written-is-read",
    ),
    "a deferral that is not shown": Proof(
        lambda run: chains.test_a_deferral_and_a_return_are_read(run.v1, run.scene),
        showing("training_status", "active"),
        "check.written-is-read",
    ),
    "a withdrawal that is not shown": Proof(
        lambda run: chains.test_a_withdrawal_is_read(run.v1, run.scene),
        showing("training_status", "active"),
        "check.written-is-read",
    ),
    "a schedule that is not shown": Proof(
        lambda run: chains.test_another_schedule_is_read(run.v1, run.scene),
        showing("schedule_identifier", "ecf-extended-april"),
        "check.written-is-read",
    ),
    "a partnership that is not listed": Proof(
        lambda run: chains.test_a_partnership_is_read_as_it_was_confirmed_and_as_it_was_changed(
            run.v3, run.scene, run.target
        ),
        listed(nothing, "/partnerships/ecf?"),
        "check.written-is-read",
    ),
    "what is made up, answered wrongly": Proof(
        lambda run: made_up(run, "list_delivery_partners"), showing("name", None), "check.schema"
    ),
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    with serving(tmp_path_factory.mktemp("data")) as running:
        yield Run(running.url)


def cohorts_of(run: Run, path: str) -> None:
    likelihood.test_each_is_of_one_cohort_and_several_cohorts_have_those_of_each(run.v3, path)


def made_up(run: Run, operation_id: str) -> None:
    """What schemathesis makes up about one operation."""
    asker = Asker(run.v3, Supplies(run.v3, run.scene))

    @settings(max_examples=3, database=None, suppress_health_check=[HealthCheck.too_slow])
    @given(case=schema("v3").find_operation_by_id(operation_id).as_strategy())
    def ask(case: Case) -> None:
        asker.conforms(case)

    ask()


@pytest.mark.parametrize("proof", PROOFS.values(), ids=PROOFS)
def test_what_is_wrong_is_found_by_its_check(run: Run, proof: Proof) -> None:
    run.wire.bends = straight
    proof.scenario(run)
    run.wire.bends = proof.bend
    with pytest.raises(ContractBroken) as broken:
        proof.scenario(run)
    assert broken.value.check == proof.check


@pytest.mark.parametrize("named", ["2021-01-01T00:00:00Z", "2999-01-01T00:00:00Z"])
def test_a_sandbox_takes_notice_of_the_time_that_a_header_names(run: Run, named: str) -> None:
    """It is no production."""
    run.wire.bends = at_that_time
    with pytest.raises(ContractBroken) as broken:
        time.test_the_time_that_a_header_names_has_no_effect_in_production(run.v3, run.target, named)
    assert broken.value.check == "check.server-date"


def test_a_target_that_cannot_be_asked_any_more_is_no_finding(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked_too_often(*_: object, **__: object) -> None:
        raise Unusable("It has answered 429 for 300 seconds.")

    monkeypatch.setattr(run.wire, "ask", asked_too_often)
    with pytest.raises(Unusable, match="429"):
        made_up(run, "list_statements")
