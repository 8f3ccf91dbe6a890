"""What counts as changed, act by act, in the deployed service: whose `updated_at` moves, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.lists import DECLARATIONS, PARTICIPANTS
from contract_tests.marks import accepts
from contract_tests.rules.town import BEFORE, COHORT, STATEMENTS, TRANSFERS, UNFUNDED, Town
from contract_tests.target.backstage import Backstage

# v2 lists what v1 lists. The guidance says nothing of what else an act touches.
pytestmark = [pytest.mark.only("v1", "v3"), pytest.mark.behaviour("deployed")]

DATED = "2024-10-14T09:00:00Z"
Report = Callable[[Api, str], object]
REPORTS: dict[str, Report] = {
    "defer": lambda api, id: api.defer(id).is_accepted(),
    "withdraw": lambda api, id: api.withdraw(id).is_accepted(),
    "change-schedule": lambda api, id: api.change_schedule(id, "ecf-extended-april").is_accepted(),
}


@pytest.fixture
def town(api: Api, stage: Backstage) -> Town:
    return Town(api, stage)


@pytest.mark.parametrize("report", REPORTS)
@accepts("read.updated-since")
def test_what_a_provider_reports_of_somebody_moves_them(api: Api, town: Town, report: str) -> None:
    town.moves(lambda: REPORTS[report](api, town.ada), town.people(town.ada))


@accepts("read.updated-since")
def test_a_declaration_moves_nobody_and_voiding_it_only_itself(api: Api, town: Town) -> None:
    town.moves(lambda: api.declare(town.ada, "started", DATED).is_accepted(), {})
    (declared,) = api.get(DECLARATIONS, **{"filter[participant_id]": town.ada}).ids
    town.moves(lambda: api.void(declared).is_accepted(), {DECLARATIONS: {declared}})


@accepts("read.updated-since")
def test_neither_reading_nor_a_refusal_moves_anything(api: Api, town: Town) -> None:
    def ask() -> None:
        api.get(f"{PARTICIPANTS}/{town.ada}").is_accepted()
        api.resume(town.ada).is_refused(422, "participant_profile")

    town.moves(ask, {})


@accepts("read.updated-since")
def test_a_mentor_assigned_moves_with_the_ect_and_one_who_is_taken_away_does_not(town: Town) -> None:
    given = f"/participants/{town.ada}/mentor"
    town.moves(lambda: town.does(given, mentor_id=town.next_mentor), town.people(town.ada, town.next_mentor))
    town.moves(lambda: town.does(given, mentor_id=None), town.people(town.ada))


@accepts("read.updated-since")
def test_somebody_registered_moves_nobody_not_even_their_mentor(town: Town) -> None:
    newcomer = {"school_id": town.offer.school_id, "cohort": COHORT, "mentor_id": town.mentor}
    town.moves(lambda: town.does("/participants", **newcomer), {})


@accepts("read.updated-since")
def test_whoever_leaves_or_joins_moves_with_the_mentees_that_they_lose(town: Town) -> None:
    to = town.elsewhere["urn"]
    town.moves(lambda: town.does(f"/participants/{town.mentor}/join", urn=to), town.people(town.mentor, town.ada))
    town.moves(lambda: town.does(f"/participants/{town.ada}/leave"), town.people(town.ada))


@accepts("read.updated-since")
def test_whoever_is_withdrawn_by_the_school_moves_with_the_mentees_that_they_lose(town: Town) -> None:
    town.moves(lambda: town.does(f"/participants/{town.mentor}/withdraw"), town.people(town.mentor, town.ada))
    town.moves(lambda: town.does(f"/participants/{town.ada}/withdraw"), town.people(town.ada))


@accepts("read.updated-since")
def test_a_challenge_moves_the_school_its_partnerships_and_everybody_there_who_is_shown_still(town: Town) -> None:
    expected = town.a_changed_partnership()
    town.moves(lambda: town.does(f"/partnerships/{town.partnership}/challenge"), expected)
    require_equal({town.ben}, town.there() & {town.ada, town.ben, town.mentor})


@accepts("read.updated-since")
def test_another_delivery_partner_moves_as_much_and_the_same_one_nothing(api: Api, town: Town) -> None:
    v3, other = api.in_version("v3"), town.another_partner()

    def change() -> None:
        v3.change_delivery_partner(town.partnership, other).is_accepted()

    town.moves(change, town.a_changed_partnership())
    town.moves(change, {})


@accepts("read.updated-since")
def test_so_does_a_partnership_in_another_cohort(api: Api, town: Town) -> None:
    v3, offer = api.in_version("v3"), town.another_offer()
    town.moves(lambda: v3.confirm_partnership(*offer).is_accepted(), town.a_changed_partnership())


@accepts("read.updated-since")
def test_whoever_comes_and_keeps_their_provider_moves_as_much_by_a_new_relationship(town: Town) -> None:
    school = town.offer.school_id
    coming = town.does("/participants", provider=town.stage.name_of(2), cohort=COHORT)["participant"]["id"]
    expected = town.a_changed_partnership()
    expected[PARTICIPANTS] = expected[PARTICIPANTS] | {coming}
    joining = f"/participants/{coming}/join"
    town.moves(lambda: town.does(joining, school_id=school, keeps_provider=True), expected)


@accepts("read.updated-since")
def test_a_programme_moves_those_of_its_cohort_and_the_school_there_only(town: Town) -> None:
    choosing = f"/schools/{town.offer.school_id}/programme"
    expected = town.people(*town.there(COHORT)) | town.school(COHORT)
    town.moves(lambda: town.does(choosing, cohort=COHORT, programme="provider_led"), expected)
    expected = town.people(*town.there(BEFORE)) | town.school(BEFORE)
    town.moves(lambda: town.does(choosing, cohort=BEFORE, programme="school_led"), expected)


@accepts("read.updated-since")
def test_a_new_name_or_address_moves_whose_it_is(town: Town) -> None:
    ada = f"/participants/{town.ada}"
    town.moves(lambda: town.stage.act("PATCH", ada, full_name="Ada Wood"), town.people(town.ada))
    town.moves(lambda: town.stage.act("PATCH", ada, email="ada.wood@example.com"), town.people(town.ada))


@accepts("read.updated-since")
def test_what_the_dfe_finds_out_moves_them_once_and_what_it_makes_eligible(api: Api, town: Town) -> None:
    validating = f"/participants/{town.ada}/validate"
    for moved in (town.people(town.ada), {}):
        town.moves(lambda: town.does(validating, status="checking_qts"), moved)
    declared = api.declare(town.ada, "started", DATED).is_accepted().id
    found = town.people(town.ada) | {DECLARATIONS: {declared}}
    town.moves(lambda: town.does(validating, status="eligible_to_start"), found)


@accepts("read.updated-since")
def test_a_transfer_moves_with_the_school_that_is_left_and_an_unfunded_mentor_with_their_name(
    api: Api, town: Town
) -> None:
    of_v3 = (TRANSFERS, UNFUNDED) if api.version == "v3" else ()
    town.does(f"/participants/{town.ada}/join", urn=town.elsewhere["urn"], on="2024-12-02")
    expected = town.people(town.ada) | {path: {town.ada} for path in of_v3 if path == TRANSFERS}
    leaving = f"/participants/{town.ada}/leave"
    town.moves(lambda: town.does(leaving, on="2024-11-29", school_id=town.offer.school_id), expected)
    guest = town.does("/participants", participant_type="mentor", provider=town.stage.name_of(1))["participant"]["id"]
    town.does(f"/participants/{town.ada}/mentor", mentor_id=guest)
    expected = town.people(guest) | {path: {guest} for path in of_v3 if path == UNFUNDED}
    town.moves(lambda: town.stage.act("PATCH", f"/participants/{guest}", full_name="Gus Pole"), expected)


@accepts("read.updated-since")
def test_the_end_of_an_induction_moves_whose_it_was(town: Town) -> None:
    ending = f"/participants/{town.ada}/induction-end"
    town.moves(lambda: town.stage.act("PUT", ending, on="2024-11-01"), town.people(town.ada))


@accepts("read.updated-since")
def test_a_retired_id_moves_the_one_that_remains_and_whose_mentor_they_were_not(town: Town) -> None:
    merging = f"/participants/{town.mentor}/merge"
    town.moves(lambda: town.does(merging, into=town.next_mentor), town.people(town.next_mentor))


@accepts("read.updated-since")
def test_a_statement_moves_with_what_it_pays_for_and_nobody_is_moved(api: Api, v3: Api, town: Town) -> None:
    declared = api.declare(town.ada, "started", DATED).is_accepted().id
    statement = v3.get(f"{DECLARATIONS}/{declared}").attributes["statement_id"]
    paid_for = town.stage.act("GET", f"/statements/{statement}")["statement"]["declarations"]
    moved = {DECLARATIONS: {line["id"] for line in paid_for}} | (
        {STATEMENTS: {statement}} if api.version == "v3" else {}
    )
    town.moves(lambda: town.does(f"/statements/{statement}/payable"), moved)
    town.moves(lambda: town.does(f"/statements/{statement}/pay"), moved)


@accepts("read.updated-since")
def test_closing_a_cohort_moves_nothing(town: Town) -> None:
    town.moves(lambda: town.does(f"/cohorts/{COHORT}/close"), {})


@accepts("read.updated-since")
def test_a_day_that_comes_moves_nobody(town: Town) -> None:
    town.does(f"/participants/{town.ada}/join", urn=town.elsewhere["urn"], on="2024-11-16")
    town.moves(lambda: town.stage.act("POST", "/time/advance", to="2024-11-17T09:00:00Z"), {})


@accepts("read.updated-since")
def test_what_is_shown_never_goes_back_when_an_act_is_told_of_an_earlier_time(api: Api, stage: Backstage) -> None:
    someone = stage.act("POST", "/participants", cohort=COHORT)["participant"]["id"]
    before = api.get(f"{PARTICIPANTS}/{someone}").attributes["updated_at"]
    api.at("2024-10-01T09:00:00Z").defer(someone).is_accepted()
    require_equal(before, api.get(f"{PARTICIPANTS}/{someone}").attributes["updated_at"])
