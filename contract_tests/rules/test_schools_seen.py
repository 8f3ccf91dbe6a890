"""Which schools a provider is shown, and that it says which cohort it asks about."""

from __future__ import annotations

from contract_tests.api import Api
from contract_tests.errors import Unavailable, require
from contract_tests.lists import NOBODY
from contract_tests.marks import accepts, behaviour, refuses
from contract_tests.rules.partnership_offers import (
    NOT_ELIGIBLE,
    ONLY_TRAINS_ITS_OWN,
    SCHOOLS,
    cohorts,
    hidden,
    partnerships,
    schools,
)
from contract_tests.target.backstage import Backstage


def newest_cohort(api: Api) -> str:
    """The newest cohort of which there are schools. Raises Unavailable."""
    for cohort in cohorts(api):
        if schools(api, cohort):
            return cohort
    raise Unavailable("no cohort with schools")


@refuses("read.cohort-required")
def test_without_a_cohort_schools_are_not_shown(api: Api) -> None:
    for path in (SCHOOLS, f"{SCHOOLS}/{NOBODY}"):
        api.get(path).is_refused(400, "Bad parameter")
        api.get(path, cohort="2024").is_refused(400, "Bad parameter")
        api.get(path, **{"filter[urn]": "106286"}).is_refused(400, "Bad parameter")


@accepts("read.cohort-required")
def test_every_school_is_shown_as_of_the_cohort_that_is_asked_for(api: Api) -> None:
    newest = newest_cohort(api)
    for cohort in (newest, str(int(newest) - 1)):
        shown = {each["attributes"]["cohort"] for each in schools(api, cohort)}
        require(shown <= {cohort}, "read.cohort-required", f"schools as of {cohort}", shown)


@accepts("read.cohort-required")
def test_a_blank_or_a_year_without_a_cohort_matches_nothing_and_of_several_the_first_counts(api: Api) -> None:
    for nothing in ("", "1066", "next"):
        found = api.get(SCHOOLS, **{"filter[cohort]": nothing})
        require(
            found.data == [], "read.cohort-required", f"no schools of cohort {nothing!r}", found.ids, found.exchange
        )
    newest = newest_cohort(api)
    for asked in (f"{newest},{int(newest) - 1}", f" {newest} , {int(newest) - 1}"):
        several = api.get(SCHOOLS, **{"filter[cohort]": asked})
        shown = {each["attributes"]["cohort"] for each in several.data}
        require(shown == {newest}, "read.cohort-required", f"schools as of {newest}", shown, several.exchange)


@behaviour("deployed")
@accepts("read.cohort-required")
def test_the_deployed_service_reads_the_year_that_it_begins_with(api: Api) -> None:
    newest = newest_cohort(api)
    for written in (f"{newest}x", f"{newest}.5", f"+{newest}", f" {newest}"):
        found = api.get(SCHOOLS, **{"filter[cohort]": written})
        shown = {each["attributes"]["cohort"] for each in found.data}
        require(shown == {newest}, "read.cohort-required", f"schools as of {newest}", shown, found.exchange)


@behaviour("documented")
@accepts("read.cohort-required")
def test_by_the_guidance_what_only_begins_with_a_year_is_no_cohort(api: Api) -> None:
    newest = newest_cohort(api)
    for written in (f"{newest}x", f"{newest}.5", f"x,{newest}"):
        found = api.get(SCHOOLS, **{"filter[cohort]": written})
        require(found.data == [], "read.cohort-required", f"none of {written!r}", found.ids, found.exchange)


@accepts("vis.school")
def test_each_school_is_shown_alone_as_in_the_list_and_found_by_its_urn(api: Api) -> None:
    about = {"filter[cohort]": newest_cohort(api)}
    for listed in schools(api, about["filter[cohort]"])[:10]:
        alone = api.get(f"{SCHOOLS}/{listed['id']}", **about)
        require(alone.data == listed, "vis.school", f"{listed}, as the list has it", alone.data, alone.exchange)
        found = api.get(SCHOOLS, **about, **{"filter[urn]": listed["attributes"]["urn"]})
        require(found.ids == [listed["id"]], "vis.school", f"{listed['id']} and no other", found.ids, found.exchange)


@accepts("vis.school")
def test_a_school_that_the_provider_has_a_partnership_with_is_shown_to_have_one(api: Api) -> None:
    for each in partnerships(api)[:20]:
        about = each["attributes"]
        shown = api.get(f"{SCHOOLS}/{about['school_id']}", **{"filter[cohort]": about["cohort"]})
        shown.shows(in_partnership=True, urn=about["urn"])


@accepts("vis.school")
def test_all_providers_see_the_same_schools(api: Api, rival: Api) -> None:
    for cohort in cohorts(api):
        own, theirs = schools(api, cohort), schools(rival, cohort)
        require(own == theirs, "vis.school", f"{len(own)} schools of {cohort} for everyone", f"{len(theirs)} of them")


@accepts("vis.school")
def test_a_school_that_cannot_have_funded_training_is_not_shown(api: Api, backstage: Backstage) -> None:
    for urn in (NOT_ELIGIBLE, ONLY_TRAINS_ITS_OWN):
        id = hidden(backstage, urn)
        for cohort in cohorts(api):
            found = api.get(SCHOOLS, **{"filter[cohort]": cohort, "filter[urn]": urn})
            require(found.data == [], "vis.school", f"no school {urn}", found.data, found.exchange)
            api.get(f"{SCHOOLS}/{id}", **{"filter[cohort]": cohort}).is_refused(404)


@behaviour("deployed")
@accepts("vis.school")
def test_but_once_somebody_came_there_and_kept_their_provider_it_is(api: Api, stage: Backstage) -> None:
    for urn in (NOT_ELIGIBLE, ONLY_TRAINS_ITS_OWN):
        someone = stage.person()
        stage.act("POST", f"/participants/{someone.id}/join", urn=urn, on="2024-11-15", keeps_provider=True)
        found = api.get(SCHOOLS, **{"filter[cohort]": someone.cohort, "filter[urn]": urn})
        in_partnership = [each["attributes"]["in_partnership"] for each in found.data]
        require(in_partnership == [True], "vis.school", f"school {urn}", found.data, found.exchange)
