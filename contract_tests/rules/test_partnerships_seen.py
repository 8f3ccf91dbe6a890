"""Which partnerships a provider sees, and what becomes of one that a school challenges."""

from __future__ import annotations

from contract_tests.api import Api
from contract_tests.errors import require
from contract_tests.marks import accepts
from contract_tests.rules.partnership_offers import PARTNERSHIPS, SCHOOLS, partnership
from contract_tests.target.backstage import Backstage


@accepts("vis.partnership")
def test_each_partnership_is_shown_alone_as_in_the_list(api: Api) -> None:
    for listed in api.every(PARTNERSHIPS)[:20]:
        alone = api.get(f"{PARTNERSHIPS}/{listed['id']}")
        require(alone.data == listed, "vis.partnership", f"{listed}, as the list has it", alone.data, alone.exchange)


@accepts("vis.partnership")
def test_no_provider_sees_anothers(api: Api, rival: Api) -> None:
    own, theirs = ({each["id"] for each in provider.every(PARTNERSHIPS)} for provider in (api, rival))
    require(not own & theirs, "vis.partnership", "no partnership in the lists of two providers", own & theirs)
    rival.get(f"{PARTNERSHIPS}/{partnership(api)['id']}").is_refused(404)


@accepts("vis.partnership")
def test_one_made_for_a_single_persons_transfer_is_shown_nowhere(api: Api, rival: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    before = api.every(PARTNERSHIPS)
    to = partnership(rival, cohort=someone.cohort)["attributes"]["school_id"]
    backstage.act("POST", f"/participants/{someone.id}/leave", on="2024-11-01")
    backstage.act("POST", f"/participants/{someone.id}/join", on="2024-11-04", school_id=to, keeps_provider=True)
    after = api.every(PARTNERSHIPS)
    require(after == before, "vis.partnership", f"{len(before)} partnerships, as before", f"{len(after)}")
    urn = api.get(f"{SCHOOLS}/{to}", **{"filter[cohort]": someone.cohort}).attributes["urn"]
    there = api.enrolment(someone.id)["school_urn"]
    require(there == urn, "vis.partnership", f"someone who moved to {urn} shown there", there)


@accepts("part.challenge")
def test_whatever_is_challenged_says_why_and_when(api: Api) -> None:
    for each in api.every(PARTNERSHIPS):
        about = each["attributes"]
        said = about["challenged_reason"] is not None and about["challenged_at"] is not None
        expected = f"a reason and a time of {each['id']} just if it is challenged"
        require(said == (about["status"] == "challenged"), "part.challenge", expected, about)


@accepts("part.challenge")
def test_a_challenge_is_shown_and_takes_its_people_out_of_sight(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    placed = api.enrolment(someone.id)
    standing = partnership(api, urn=placed["school_urn"], cohort=someone.cohort)
    backstage.act("POST", f"/partnerships/{standing['id']}/challenge", at="2024-11-15T09:00:01Z", reason="no_ects")
    challenged = api.get(f"{PARTNERSHIPS}/{standing['id']}")
    challenged.shows(status="challenged", challenged_reason="no_ects")
    at = challenged.attributes["challenged_at"][:19]
    require(at == "2024-11-15T09:00:01", "part.challenge", "challenged_at 2024-11-15T09:00:01", at)
    api.get(f"/participants/ecf/{someone.id}").is_refused(404)


@accepts("part.challenge")
def test_a_challenge_is_told_to_the_millisecond_and_a_change_to_the_second_neither_of_them_rounded(
    api: Api, stage: Backstage
) -> None:
    for moment, shown in (("09:00:01.250Z", "01.250"), ("09:00:02.0Z", "02.000"), ("09:00:03.999900Z", "03.999")):
        standing = partnership(api)
        stage.act("POST", f"/partnerships/{standing['id']}/challenge", at=f"2024-11-15T{moment}", reason="no_ects")
        challenged = api.get(f"{PARTNERSHIPS}/{standing['id']}")
        challenged.shows(challenged_at=f"2024-11-15T09:00:{shown}Z", updated_at=f"2024-11-15T09:00:{shown[:2]}Z")
