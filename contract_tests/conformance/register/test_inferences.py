"""What the rules let a reader infer: of one record from its own members, and of one list from another."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from contract_tests.api import Api
from contract_tests.checks import members
from contract_tests.errors import require
from contract_tests.lists import undisturbed
from contract_tests.marks import checks
from contract_tests.register.asking import (
    COURSES,
    DECLARATIONS,
    PARTICIPANTS,
    PARTNERSHIPS,
    SCHOOLS,
    STATEMENTS,
    TRANSFERS,
    UNFUNDED,
)

Record = Mapping[str, Any]
REFERENCES: Final = "check.references"
LAST_WITH_UPLIFTS: Final = "2024"
DETAILED: Final = "2025"  # the first cohort that details its evidence
ENGAGED: Final = ("retained-2", "completed")
SEVEN_DIGITS: Final = re.compile(r"\d{7}")
PAID_BY: Final = {"paid": "statement_id", "clawed-back": "clawback_statement_id"}
FEW: Final = 5  # of which all may well be alike
COUNTED: Final = ("eligible", "payable", "paid", "awaiting-clawback", "clawed-back")  # once somebody was eligible


@checks(REFERENCES)
def test_nobody_is_paid_an_uplift_but_for_starting(seen: Api) -> None:
    for id, shown in _by_id(seen, DECLARATIONS):
        if shown["declaration_type"] != "started":
            require(not shown["uplift_paid"], REFERENCES, f"no uplift paid with {id}", shown["declaration_type"])


@checks(REFERENCES)
def test_cohorts_without_uplift_fees_have_no_uplifts(seen: Api) -> None:
    for id, each in _enrolments(seen):
        if each["cohort"] > LAST_WITH_UPLIFTS:
            uplifts = each["pupil_premium_uplift"], each["sparsity_uplift"]
            require(not any(uplifts), REFERENCES, f"no uplifts of {id}, of {each['cohort']}", uplifts)


@checks(REFERENCES)
def test_what_is_declared_was_known_by_then(seen: Api) -> None:
    for id, shown in _by_id(seen, DECLARATIONS):
        known = shown["declaration_date"] <= shown["created_at"]
        require(known, REFERENCES, f"{id} dated {shown['created_at']} or before", shown["declaration_date"])


@checks(REFERENCES)
def test_training_and_moves_are_no_newer_than_whom_they_are_of(seen: Api) -> None:
    changed = dict(_by_id(seen, PARTICIPANTS))
    for id, shown in changed.items():
        for each in shown["ecf_enrolments"]:
            known = each["created_at"] <= shown["updated_at"]
            require(known, REFERENCES, f"training of {id} begun by {shown['updated_at']}", each["created_at"])
    for id, shown in _by_id(seen, TRANSFERS):
        for each in shown["transfers"]:
            known = each["created_at"] <= shown["updated_at"]
            require(known, REFERENCES, f"what {id} left, begun by {shown['updated_at']}", each["created_at"])


@checks(REFERENCES)
def test_whoever_is_withdrawn_or_deferred_leaves(seen: Api) -> None:
    for id, each in _enrolments(seen):
        leaves = each["participant_status"] in ("leaving", "left")
        paused = each["training_status"] != "active"
        require(leaves or not paused, REFERENCES, f"{id}, {each['training_status']}, gone", each["participant_status"])


@checks(REFERENCES)
def test_a_mentors_funding_ends_for_a_reason(seen: Api) -> None:
    for id, each in _enrolments(seen):
        ended, reason = each["mentor_funding_end_date"], each["mentor_ineligible_for_funding_reason"]
        require((ended is None) == (reason is None), REFERENCES, f"funding of {id} ended and why", (ended, reason))


@checks(REFERENCES)
def test_inductions_begin_before_they_end_and_do_not_all_end_without_an_outcome(seen: Api) -> None:
    left, passed = [], []
    for id, each in _enrolments(seen):
        began, ended = each["overall_induction_start_date"], each["induction_end_date"]
        require(not (began and ended) or began <= ended, REFERENCES, f"{id} inducted by {ended}", began)
        left += [id] if each["most_recent_induction_period_end_date"] else []
        passed += [id] if ended else []
    require(len(left) < 3 or bool(passed), REFERENCES, f"an outcome of some of {len(left)} periods that ended", "none")


@checks(REFERENCES)
def test_trainees_work_so_much_and_have_such_numbers(seen: Api) -> None:
    ects = [each for _, each in _enrolments(seen) if each["participant_type"] == "ect"]
    _likely([each["working_pattern"] is not None for each in ects if each["cohort"] >= DETAILED], "at work")
    for id, shown in _by_id(seen, PARTICIPANTS):
        number = shown["teacher_reference_number"]
        require(
            number is None or bool(SEVEN_DIGITS.fullmatch(number)), REFERENCES, f"a TRN of {id} in 7 digits", "another"
        )


@checks(REFERENCES)
def test_nobody_is_who_they_were_before_they_were_merged(seen: Api) -> None:
    for id, shown in _by_id(seen, PARTICIPANTS):
        retired = {each["from_participant_id"] for each in shown["participant_id_changes"]}
        require(id not in retired, REFERENCES, f"other ids that led to {id}", "its own")


@checks(REFERENCES)
def test_a_move_is_to_a_new_provider_where_both_differ(seen: Api) -> None:
    for id, shown in _by_id(seen, TRANSFERS):
        for each in shown["transfers"]:
            sides = [side["provider"] for side in (each["leaving"], each["joining"]) if side]
            require(any(sides), REFERENCES, f"a provider of a move of {id}", "none")
            if len(sides) == 2:
                kind = "new_school" if sides[0] == sides[1] else "new_provider"
                require(each["transfer_type"] == kind, REFERENCES, f"{kind}, as {id} is with {sides}", each)


@checks(REFERENCES)
def test_declarations_are_such_as_the_training_that_they_are_of(seen: Api) -> None:
    def holds(read: tuple[list[Record], ...]) -> None:
        people, declared, statements = read
        trained = {(each["id"], COURSES[one["participant_type"]]): one for each in people for one in _trained(each)}
        told = [each["attributes"] for each in declared]
        of = [(each["participant_id"], each["course_identifier"]) for each in told]
        odd = [course for who, course in of if (who, course) not in trained]
        require(not odd, REFERENCES, "declarations of courses that people are shown to train in", odd[:FEW])
        pairs = [(each, trained[known]) for each, known in zip(told, of, strict=True)]
        cohorts = {each["id"]: each["attributes"]["cohort"] for each in statements}
        _likely([one["eligible_for_funding"] for each, one in pairs if each["state"] in COUNTED], "eligible")
        paid = [(cohorts[each["statement_id"]], one) for each, one in pairs if each["statement_id"] in cohorts]
        alike = sum(cohort == one["cohort"] for cohort, one in paid)
        require(
            alike * 2 >= len(paid), REFERENCES, f"most of {len(paid)} on statements of their cohort", f"{alike} are"
        )
        later = [(each, one) for each, one in pairs if each["declaration_type"] != "started"]
        _likely([each["evidence_held"] is not None for each, _ in later], "with evidence")
        engaged = [each for each, one in later if each["declaration_type"] in ENGAGED and one["cohort"] >= DETAILED]
        _likely(["engagement" in str(each["evidence_held"]) for each in engaged], "with engagement")
        is_paid = {each["id"]: each["attributes"]["paid"] for each in statements}
        for each in told:
            named = each[PAID_BY[each["state"]]] if each["state"] in PAID_BY else None
            require(is_paid.get(named, True), REFERENCES, f"{each['state']} by a statement that is paid", named)
        live = Counter((*who, each["declaration_type"]) for who, each in zip(of, told, strict=True) if _is_live(each))
        twice = sum(number > 1 for number in live.values())
        require(twice <= FEW + len(live) / 4, REFERENCES, f"milestones declared once, of {len(live)}", f"{twice} twice")

    undisturbed(lambda: tuple(map(seen.every, (PARTICIPANTS, DECLARATIONS, STATEMENTS))), holds)


@checks(REFERENCES)
def test_mentors_of_somebody_are_people_or_unfunded(seen: Api) -> None:
    def holds(read: tuple[list[Record], list[Record]]) -> None:
        people, unfunded = read
        mentors = {each["mentor_id"] for person in people for each in _trained(person)} - {None}
        others = sorted(mentors - _ids(people) ^ _ids(unfunded))
        require(not others, REFERENCES, "mentors who never trained with the provider among the unfunded", others[:FEW])

    undisturbed(lambda: (seen.every(PARTICIPANTS), seen.every(UNFUNDED)), holds)


@checks(REFERENCES)
def test_people_are_found_by_the_cohorts_that_they_show(seen: Api) -> None:
    cohorts = sorted({each["cohort"] for _, each in _enrolments(seen)})

    def read() -> dict[str, list[Record]]:
        return {each: seen.every(PARTICIPANTS, **{"filter[cohort]": each}) for each in cohorts}

    def holds(found: dict[str, list[Record]]) -> None:
        for cohort, people in found.items():
            odd = [each["id"] for each in people if cohort not in {one["cohort"] for one in _trained(each)}]
            require(not odd, REFERENCES, f"people of {cohort} for filter[cohort]={cohort}", odd[:FEW])

    undisturbed(read, holds)


@checks(REFERENCES)
def test_moves_come_in_the_order_of_people_and_are_to_come_for_whoever_is_leaving(seen: Api) -> None:
    def holds(read: tuple[list[Record], list[Record]]) -> None:
        people, moved = read
        place = {each["id"]: number for number, each in enumerate(people)}
        places = [place[each["id"]] for each in moved if each["id"] in place]
        turned = len(places) > FEW and places == sorted(places, reverse=True)
        require(not turned, REFERENCES, "moves in the order of people", "the reverse")
        leaving = {
            one["training_record_id"]
            for each in people
            for one in _trained(each)
            if one["participant_status"] == "leaving"
        }
        last: dict[str, str] = {}
        for each in moved:
            for move in each["attributes"]["transfers"]:
                if move["training_record_id"] in leaving:
                    last[move["training_record_id"]] = move["status"]
        over = len(last) > 1 and "incomplete" not in last.values()
        require(not over, REFERENCES, f"a move to come of {len(last)} who are leaving", "none")

    undisturbed(lambda: (seen.every(PARTICIPANTS), seen.every(TRANSFERS)), holds)


@checks(REFERENCES)
def test_schools_that_nobody_partners_have_not_all_chosen(seen: Api) -> None:
    by_choice: dict[str, list[str]] = defaultdict(list)
    for cohort in sorted({each["cohort"] for _, each in _enrolments(seen)})[-1:]:
        for id, shown in _by_id(seen, SCHOOLS, **{"filter[cohort]": cohort}):
            if not shown["in_partnership"]:
                by_choice[shown["induction_programme_choice"]].append(id)
    chosen = len(by_choice["provider_led"])
    unlikely = chosen > FEW and set(by_choice) == {"provider_led"}
    require(not unlikely, REFERENCES, "some school without a partnership that is not provider-led", f"{chosen} are")


@checks(REFERENCES)
def test_most_schools_where_people_train_are_led_by_a_provider(seen: Api) -> None:
    busy: dict[str, set[str]] = defaultdict(set)
    for _, shown in _by_id(seen, PARTNERSHIPS):
        if shown["participants_currently_training"]:
            busy[shown["cohort"]].add(shown["school_id"])
    for cohort, ids in sorted(busy.items()):
        schools = _by_id(seen, SCHOOLS, **{"filter[cohort]": cohort})
        led = [id for id, shown in schools if id in ids and shown["induction_programme_choice"] == "provider_led"]
        require(len(led) * 2 >= len(ids), REFERENCES, f"most of {len(ids)} schools of {cohort} led", f"{len(led)} are")


@checks(REFERENCES)
def test_names_are_whole(seen: Api) -> None:
    names = [str(value) for name, value in members(seen.every(PARTICIPANTS)) if name == "full_name"]
    blank = sum(not name.strip() for name in names)
    require(not blank, REFERENCES, "a name of everybody", f"none of {blank}")
    escaped = [name for name in names if "&#" in name or "&amp;" in name]
    addresses = [shown["full_name"] for _, shown in _by_id(seen, UNFUNDED) if "@" in shown["full_name"]]
    require(not addresses, REFERENCES, "names of mentors", f"{len(addresses)} addresses")
    require(not escaped, REFERENCES, "names without the escapes of HTML", f"{len(escaped)} with some")
    longest = max(map(len, names), default=0)
    cut = [name for name in names if len(name) == longest]
    unlikely = len(names) > 4 * FEW and len(cut) > len(names) / 4 and not any(name[-1].isdigit() for name in cut)
    require(not unlikely, REFERENCES, "names of many lengths", f"{len(cut)} of {len(names)} have {longest} letters")


def _likely(answers: Sequence[bool | None], what: str) -> None:
    """Raises ContractBroken when of many not one is so."""
    require(len(answers) <= FEW or any(answers), REFERENCES, f"some of {len(answers)} {what}", "none")


def _is_live(declaration: Record) -> bool:
    return declaration["state"] not in ("voided", "awaiting-clawback", "clawed-back")


def _by_id(seen: Api, path: str, **query: str) -> Iterable[tuple[str, Record]]:
    return [(each["id"], each["attributes"]) for each in seen.every(path, **query)]


def _enrolments(seen: Api) -> Iterable[tuple[str, Record]]:
    return [(id, each) for id, shown in _by_id(seen, PARTICIPANTS) for each in shown["ecf_enrolments"]]


def _trained(person: Record) -> list[Record]:
    return list(person["attributes"]["ecf_enrolments"])


def _ids(records: Iterable[Record]) -> set[str]:
    return {each["id"] for each in records}
