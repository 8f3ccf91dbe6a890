"""What one list says of another's records is true, and what is nobody's is not found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contract_tests.api import Api
from contract_tests.checks import check
from contract_tests.conformance.endpoints import endpoints
from contract_tests.errors import require, require_equal
from contract_tests.lists import NOBODY
from contract_tests.marks import checks
from contract_tests.register.asking import (
    DECLARATIONS,
    PARTICIPANTS,
    PARTNERS,
    PARTNERSHIPS,
    SCHOOLS,
    STATEMENTS,
    TRANSFERS,
    UNFUNDED,
    not_found,
)
from contract_tests.target.backstage import Backstage

Records = Mapping[str, Mapping[str, Any]]
UNPAID = ("submitted", "voided")
ON_THE_WAY_BACK = ("awaiting-clawback", "clawed-back")


def by_id(seen: Api, path: str, **query: str) -> Records:
    """What is shown of each record of a list."""
    return {each["id"]: each["attributes"] for each in seen.every(path, **query)}


@checks("check.unknown-ids")
def test_what_is_nobodys_is_not_found(seen: Api) -> None:
    for known in endpoints(seen.version):
        for id in (NOBODY, "no-id"):
            not_found(seen.get(known.path_of(id), **known.query))


@checks("check.foreign-ids")
def test_what_is_another_providers_is_neither_listed_nor_found(seen: Api, scene: Backstage) -> None:
    other = scene.provider(1).in_version(seen.version)
    for known in endpoints(seen.version):
        ours = {each["id"] for each in seen.every(known.path, **known.query)}
        theirs = {each["id"] for each in other.every(known.path, **known.query)}
        for id in sorted(theirs - ours)[:2]:
            not_found(seen.get(known.path_of(id), **known.query))
        for id in sorted(theirs & ours)[:2]:
            other.get(known.path_of(id), **known.query).is_accepted()


@checks("check.references")
def test_a_record_alone_is_as_it_is_listed(seen: Api) -> None:
    for known in endpoints(seen.version):
        listed = seen.every(known.path, **known.query)
        for record in listed[:: max(1, len(listed) // 3)][:3]:
            require_equal(record, seen.get(known.path_of(record["id"]), **known.query).data)


@checks("check.references")
def test_declarations_are_of_people_and_statements_that_there_are(seen: Api) -> None:
    people, statements = by_id(seen, PARTICIPANTS), by_id(seen, STATEMENTS)
    own = {each["delivery_partner_id"] for each in by_id(seen, PARTNERSHIPS).values()}
    for id, shown in by_id(seen, DECLARATIONS).items():
        require(shown["participant_id"] in people, "check.references", f"whom {id} is about, listed", "nobody")
        is_unpaid, is_coming_back = shown["state"] in UNPAID, shown["state"] in ON_THE_WAY_BACK
        require_equal(is_unpaid, shown["statement_id"] is None, check="check.references")
        require_equal(is_coming_back, shown["clawback_statement_id"] is not None, check="check.references")
        require_equal(None, shown["ineligible_for_funding_reason"], check="check.references")
        if shown["delivery_partner_id"] in own:  # another provider's may work with partners of its own
            named = {shown[name] for name in ("statement_id", "clawback_statement_id")} - {None}
            require(named <= set(statements), "check.references", f"the statements of {id} to be listed", named)


@checks("check.references")
def test_enrolments_are_of_partnerships_that_there_are(seen: Api) -> None:
    partnerships = {
        (each["cohort"], each["urn"], each["delivery_partner_id"]) for each in by_id(seen, PARTNERSHIPS).values()
    }
    for id, shown in by_id(seen, PARTICIPANTS).items():
        enrolments = shown["ecf_enrolments"]
        require(0 < len(enrolments) < 3, "check.references", f"one or two enrolments of {id}", len(enrolments))
        for each in enrolments:
            through = each["cohort"], each["school_urn"], each["delivery_partner_id"]
            require(through in partnerships, "check.references", f"the partnership {through} of {id}", "none")
            stamped = {"withdrawn": each["withdrawal"], "deferred": each["deferral"], "active": None}
            for status, stamp in stamped.items():
                if status != "active":
                    require_equal(each["training_status"] == status, stamp is not None, check="check.references")
            if each["participant_type"] == "mentor":
                ects = ("mentor_id", "working_pattern", "induction_end_date", "overall_induction_start_date")
                require_equal([None] * 4, [each[name] for name in ects], check="check.references")
            else:
                mentors = ("mentor_funding_end_date", "mentor_ineligible_for_funding_reason")
                require_equal([None] * 2, [each[name] for name in mentors], check="check.references")


@checks("check.references")
def test_partnerships_are_with_schools_in_partnership(seen: Api) -> None:
    partnerships, partners = by_id(seen, PARTNERSHIPS), by_id(seen, PARTNERS)
    for cohort in sorted({each["cohort"] for each in partnerships.values()}):
        schools = by_id(seen, SCHOOLS, **{"filter[cohort]": cohort})
        for id, shown in partnerships.items():
            if shown["cohort"] != cohort:
                continue
            there = schools.get(shown["school_id"], {})
            require_equal((shown["urn"], True), (there.get("urn"), there.get("in_partnership")))
            partner = partners.get(shown["delivery_partner_id"], {})
            require_equal(shown["delivery_partner_name"], partner.get("name"))
            require(
                cohort in partner.get("cohort", ()), "check.references", f"{cohort} of the partner of {id}", partner
            )


@checks("check.references")
def test_moves_and_mentors_are_of_people(seen: Api) -> None:
    people = by_id(seen, PARTICIPANTS)
    for id, shown in by_id(seen, TRANSFERS).items():
        require(len(shown["transfers"]) > 0, "check.references", f"a move of {id}", "none")
        for move in shown["transfers"]:
            require_equal(move["transfer_type"] == "unknown", move["joining"] is None, check="check.references")
    unfunded = by_id(seen, UNFUNDED)
    require_equal(set(), set(unfunded) & set(people), check="check.references")
    mentors = {each["mentor_id"] for shown in people.values() for each in shown["ecf_enrolments"]}
    require(set(unfunded) <= mentors, "check.references", "unfunded mentors to mentor somebody", "one does not")


@checks("check.references")
def test_nothing_changed_before_it_was_created(seen: Api) -> None:
    for known in endpoints(seen.version):
        for record in seen.every(known.path, **known.query):
            shown = record["attributes"]
            if "created_at" in shown and shown["created_at"] > shown["updated_at"]:
                require_equal(f"{record['id']} updated at {shown['created_at']} or later", shown["updated_at"])


@checks("check.headers")
def test_answers_bear_the_headers_of_the_service(seen: Api) -> None:
    for known in endpoints(seen.version):
        exchange = seen.get(known.path, **known.query).exchange
        check(exchange)
        require_equal("application/json", exchange.media_type, exchange)
        require_equal("max-age=0, private, must-revalidate", exchange.headers.get("cache-control"), exchange)
        tag = exchange.headers.get("etag", "")
        require(tag.startswith('W/"'), "check.headers", "a weak ETag", tag, exchange)
        bare = set(exchange.json) == {"data"}
        require(bare, "check.headers", "a list in `data` and nothing else", sorted(exchange.json), exchange)
        for record in exchange.json["data"]:
            require_equal(["id", "type", "attributes"], list(record), exchange)
