"""What one record says of another is what the other says of itself, and each is shown alone as a list shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from contract_tests.api import Api, enrolments
from contract_tests.conformance.endpoints import DECLARATIONS, PARTICIPANTS, STATEMENTS, endpoints
from contract_tests.errors import ContractBroken, Disturbed, LeftOut, require
from contract_tests.marks import checks, only

PARTNERSHIPS, SCHOOLS, PARTNERS = "/partnerships/ecf", "/schools/ecf", "/delivery-partners"
TRANSFERS: Final = "/participants/ecf/transfers"
WAS_PAID: Final = frozenset({"paid", "awaiting-clawback", "clawed-back"})
TAKEN_BACK: Final = frozenset({"awaiting-clawback", "clawed-back"})
ON_A_STATEMENT: Final = WAS_PAID | {"eligible", "payable"}
UPLIFTED: Final = ("ecf-induction", "started", True)
SOME: Final = 8  # records of a list that are looked at singly

Records = Mapping[str, Mapping[str, Any]]


@checks("check.single")
def test_every_list_shows_a_record_as_it_is_shown_alone(seen: Api) -> None:
    for known in endpoints(seen.version):
        whole = seen.every(known.path, **known.query)
        for record in whole[:: max(1, len(whole) // SOME)]:
            alone = seen.get(known.path_of(record["id"]), **known.query).data
            listed = [each for each in whole if each["id"] == record["id"]]
            if alone not in listed:
                if seen.every(known.path, **known.query) != whole:
                    raise Disturbed(str(known))
                raise ContractBroken("check.single", f"{known} to show {record['id']} so: {listed}", str(alone))


@checks("check.references")
@only("v3")
def test_what_is_declared_is_of_somebody_and_on_a_statement_that_are_listed(seen: Api) -> None:
    people, statements = _by_id(seen, PARTICIPANTS), _by_id(seen, STATEMENTS)
    for id, shown in _by_id(seen, DECLARATIONS).items():
        state, statement = shown["state"], shown["statement_id"]
        require((statement is not None) == (state in ON_A_STATEMENT), *_of(id, f"a statement if {state}"), statement)
        if statement is not None:
            _is_listed(seen, STATEMENTS, statement, statements)
        if statement in statements and state in WAS_PAID:
            require(statements[statement]["paid"], *_of(statement, f"paid, as {id} is {state}"), "it is not")
        if shown["uplift_paid"]:
            was_paid = (shown["course_identifier"], shown["declaration_type"], state in WAS_PAID)
            require(was_paid == UPLIFTED, *_of(id, "an uplift only of an ECT's paid start"), was_paid)
        if shown["declaration_type"] != "started":
            require(bool(shown["evidence_held"]), *_of(id, "the evidence that it was declared with"), "none")
        clawback = shown["clawback_statement_id"]
        require((clawback is not None) == (state in TAKEN_BACK), *_of(id, f"a clawback if {state}"), clawback)
        _is_listed(seen, PARTICIPANTS, shown["participant_id"], people)


@checks("check.references")
@only("v3")
def test_each_training_is_there_once_and_deferred_or_withdrawn_for_a_reason_or_goes_on(seen: Api) -> None:
    for id, shown in _by_id(seen, PARTICIPANTS).items():
        trainings = [enrolment["training_record_id"] for enrolment in enrolments({"attributes": shown})]
        require(len(trainings) == len({*trainings}), *_of(id, "each training once"), trainings)
        for enrolment in enrolments({"attributes": shown}):
            for name, status in (("deferral", "deferred"), ("withdrawal", "withdrawn")):
                expected = enrolment["training_status"] == status
                what = f"{name} only if deferred or withdrawn; it is {enrolment['training_status']}"
                require((enrolment[name] is not None) == expected, *_of(id, what), enrolment[name])


@checks("check.references")
@only("v3")
def test_a_partnership_is_of_a_school_and_a_delivery_partner_that_are_listed_so(seen: Api) -> None:
    partners = _by_id(seen, PARTNERS)
    schools: dict[str, Records] = {}
    for id, shown in _by_id(seen, PARTNERSHIPS).items():
        cohort, partner = shown["cohort"], partners.get(shown["delivery_partner_id"])
        if partner is not None:
            _says(id, "delivery_partner_name", partner["name"], shown["delivery_partner_name"])
        challenged = shown["status"] == "challenged"
        for name in ("challenged_reason", "challenged_at"):
            require((shown[name] is not None) == challenged, *_of(id, f"{name} if challenged"), shown[name])
        if cohort not in schools:
            schools[cohort] = _by_id(seen, SCHOOLS, **{"filter[cohort]": cohort})
        school = schools[cohort].get(shown["school_id"])
        if not challenged:
            require(school is not None, *_of(id, f"its school listed for {cohort}"), "it is not")
        if school is not None:
            _says(id, "urn", school["urn"], shown["urn"])
            require(challenged or school["in_partnership"], *_of(id, "its school in partnership"), "it is not")


@checks("check.references")
@only("v3")
def test_a_delivery_partner_has_each_cohort_that_it_is_listed_for(seen: Api) -> None:
    partners = _by_id(seen, PARTNERS)
    for cohort in sorted({each for shown in partners.values() for each in shown["cohort"]} | {"2021", "2024"}):
        listed = set(_by_id(seen, PARTNERS, **{"filter[cohort]": cohort}))
        theirs = {id for id, shown in partners.items() if cohort in shown["cohort"]}
        require(
            listed == theirs, "check.references", f"delivery partners of {cohort}: {sorted(theirs)}", sorted(listed)
        )


@checks("check.references")
@only("v3")
def test_a_school_is_the_same_one_in_every_cohort(seen: Api) -> None:
    known: dict[str, Mapping[str, Any]] = {}
    for cohort in sorted({shown["cohort"] for shown in _by_id(seen, STATEMENTS).values()}):
        for id, shown in _by_id(seen, SCHOOLS, **{"filter[cohort]": cohort}).items():
            _says(id, "cohort", cohort, shown["cohort"])
            before = known.setdefault(id, shown)
            for name in ("name", "urn", "created_at"):
                _says(id, name, before[name], shown[name])


@checks("check.references")
def test_nothing_changed_before_it_was_created(seen: Api) -> None:
    if seen.elsewhere and not (seen.wire.read_only or seen.wire.production):
        raise LeftOut("it looks at when things were made, and this run makes some at times of its own")
    for known in endpoints(seen.version):
        for record in seen.every(known.path, **known.query):
            shown = record["attributes"]
            parts = [shown, *shown.get("ecf_enrolments", [])]
            created = max((part["created_at"] for part in parts if "created_at" in part), default="")
            if created > shown["updated_at"]:
                expected = f"{record['id']} in {known} updated at {created}, when created, or later"
                raise ContractBroken("check.references", expected, shown["updated_at"])


@checks("check.references")
@only("v3")
def test_whoever_is_in_training_is_so_at_schools_in_partnership(seen: Api) -> None:
    partnered = {shown["urn"] for shown in _by_id(seen, PARTNERSHIPS).values()}
    moved = _by_id(seen, TRANSFERS)  # who may have kept their provider, by a partnership that no list shows
    stayed = [shown for id, shown in _by_id(seen, PARTICIPANTS).items() if id not in moved]
    schools = {enrolment["school_urn"] for shown in stayed for enrolment in enrolments({"attributes": shown})}
    holds = not schools or bool(schools & partnered)
    require(holds, "check.references", f"partnerships with some of the schools {sorted(schools)}", sorted(partnered))


def _by_id(seen: Api, path: str, **query: str) -> Records:
    """What is shown of each record of a list."""
    (known,) = [each for each in endpoints("v3") if each.path == path]
    return {record["id"]: record["attributes"] for record in seen.every(path, **{**known.query, **query})}


def _is_listed(seen: Api, path: str, id: str, listed: Records) -> None:
    """Raises ContractBroken for what is found alone and is in no list."""
    if id not in listed and seen.get(f"{path}/{id}").status == 200:
        raise ContractBroken("check.references", f"{id}, which is found alone, in {path}", "it is not listed")


def _of(id: str, what: str) -> tuple[str, str]:
    """The check, and what it expects of a record."""
    return "check.references", f"{id}: {what}"


def _says(id: str, name: str, expected: object, received: object) -> None:
    require(expected == received, "check.references", f"{name} of {id}: {expected}", received)
