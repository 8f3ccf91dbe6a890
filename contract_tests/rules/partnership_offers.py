"""Where a partnership could be, or is: found through the API alone, so that any deployment has it or has it not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from contract_tests.api import Api
from contract_tests.errors import ContractBroken, Unavailable
from contract_tests.target.backstage import Backstage

PARTNERSHIPS: Final = "/partnerships/ecf"
SCHOOLS: Final = "/schools/ecf"

PROVIDER_LED: Final = ("provider_led", "full_induction_programme")  # as v3 and what is older call it

# Schools of a sandbox's seeds that no list shows.
ONLY_TRAINS_ITS_OWN: Final = "900410"
NOT_ELIGIBLE: Final = "900408"


class Offer(NamedTuple):
    """What a partnership is confirmed with."""

    school_id: str
    delivery_partner_id: str
    cohort: str


def partners(api: Api) -> dict[str, list[str]]:
    """The cohorts in which each delivery partner works with the provider."""
    return {each["id"]: each["attributes"]["cohort"] for each in api.every("/delivery-partners")}


def cohorts(api: Api) -> list[str]:
    """The cohorts in which anybody works with the provider, the newest first."""
    return sorted({cohort for cohorts in partners(api).values() for cohort in cohorts}, reverse=True)


def schools(api: Api, cohort: str) -> list[dict[str, Any]]:
    """As many schools of a cohort as one page holds."""
    return list(api.get(SCHOOLS, **{"filter[cohort]": cohort, "page[per_page]": "3000"}).data)


def partnerships(api: Api, status: str = "active", **attributes: str) -> list[dict[str, Any]]:
    """The provider's own, of a status, with these attributes; the newest cohort first."""
    found = [
        each
        for each in api.every(PARTNERSHIPS)
        if each["attributes"]["status"] == status
        and all(each["attributes"][name] == value for name, value in attributes.items())
    ]
    return sorted(found, key=lambda each: str(each["attributes"]["cohort"]), reverse=True)


def partnership(api: Api, status: str = "active", **attributes: str) -> dict[str, Any]:
    """One of these. Raises Unavailable."""
    for found in partnerships(api, status, **attributes):
        return found
    raise Unavailable(f"no partnership that is {status}")


def placed(api: Api) -> tuple[dict[str, Any], str, dict[str, Any]]:
    """A partnership, somebody who is placed through it, and that training of theirs. Raises Unavailable."""
    for cohort in cohorts(api):
        standing = {(each["attributes"]["urn"], cohort): each for each in partnerships(api, cohort=cohort)}
        for person in api.every("/participants/ecf", **{"filter[cohort]": cohort}):
            for enrolment in person["attributes"]["ecf_enrolments"]:
                through = standing.get((enrolment["school_urn"], enrolment["cohort"]))
                same = "delivery_partner_id"
                if through is not None and through["attributes"][same] == enrolment[same]:
                    return through, person["id"], enrolment
    raise Unavailable("nobody who is placed through the partnership of their own school")


def offers(api: Api) -> Iterator[Offer]:
    """Each partnership that could be confirmed, in any cohort: with schools that chose a provider and have none."""
    for cohort in cohorts(api):
        for partner in api.get("/delivery-partners", **{"filter[cohort]": cohort}).data[:1]:
            for school in api.every(SCHOOLS, **{"filter[cohort]": cohort}):
                shown = school["attributes"]
                if shown["induction_programme_choice"] in PROVIDER_LED and not shown["in_partnership"]:
                    yield Offer(school["id"], partner["id"], cohort)


def partner(api: Api, cohort: str, *, other_than: str = "") -> str:
    """A delivery partner that works with the provider in a cohort. Raises Unavailable."""
    for id, works_in in partners(api).items():
        if cohort in works_in and id != other_than:
            return id
    raise Unavailable(f"no {'other ' if other_than else ''}delivery partner in cohort {cohort}")


def free(api: Api, *wanted: str, partnered_before: bool = False) -> Offer:
    """A partnership that could be confirmed, in a cohort that is wanted: with a school that has none and has decided.

    Raises Unavailable.
    """
    for cohort in wanted or cohorts(api):
        before = _partnered(api, str(int(cohort) - 1)) if partnered_before else set()
        for school in schools(api, cohort):
            about = school["attributes"]
            if about["in_partnership"] or about["induction_programme_choice"] != "provider_led":
                continue
            if not partnered_before or school["id"] in before:
                return Offer(school["id"], partner(api, cohort), cohort)
    raise Unavailable("no school that has chosen provider-led training and has no provider yet")


def undecided(api: Api) -> Offer:
    """One with a school that was partnered in the cohort before and has decided on nothing. Raises Unavailable."""
    for cohort in cohorts(api):
        before = _partnered(api, str(int(cohort) - 1))
        for school in schools(api, cohort):
            about = school["attributes"]
            undecided = about["induction_programme_choice"] == "not_yet_known" and not about["in_partnership"]
            if undecided and school["id"] in before:
                return Offer(school["id"], partner(api, cohort), cohort)
    raise Unavailable("no school that had a provider in one cohort and has not decided for the next")


def anothers(api: Api) -> Offer:
    """One with a school that another provider has a partnership with. Raises Unavailable."""
    for cohort in cohorts(api):
        own = {each["attributes"]["school_id"] for each in partnerships(api, cohort=cohort)}
        for id in _partnered(api, cohort) - own:
            return Offer(id, partner(api, cohort), cohort)
    raise Unavailable("no school that another provider trains at")


def past_partner(api: Api) -> Offer:
    """One through a delivery partner that works with the provider, but not in that cohort. Raises Unavailable."""
    for cohort in cohorts(api):
        for id, works_in in partners(api).items():
            if cohort not in works_in:
                return free(api, cohort)._replace(delivery_partner_id=id)
    raise Unavailable("no delivery partner that works with the provider in some cohorts only")


def hidden(backstage: Backstage, urn: str) -> str:
    """The id of a school that no list shows: whoever it chooses a programme for is told. Raises Unavailable."""
    chosen = backstage.act("POST", f"/schools/{urn}/programme", programme="school_led")
    return str(chosen["school"]["id"])


@contextmanager
def no_partnership_changes(api: Api) -> Iterator[None]:
    """What is asked inside must leave the provider's partnerships as they were."""
    before = api.every(PARTNERSHIPS)
    yield
    after = api.every(PARTNERSHIPS)
    if after != before:
        raise ContractBroken("check.refusal-changes-nothing", str(before), str(after))


def _partnered(api: Api, cohort: str) -> set[str]:
    """The schools that any provider has a partnership with in a cohort."""
    return {each["id"] for each in schools(api, cohort) if each["attributes"]["in_partnership"]}
