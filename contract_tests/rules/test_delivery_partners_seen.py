"""Which delivery partners a provider is shown, and which of their cohorts."""

from __future__ import annotations

from contract_tests.api import Api
from contract_tests.errors import require
from contract_tests.marks import accepts
from contract_tests.rules.partnership_offers import cohorts
from contract_tests.target.backstage import Backstage

PARTNERS = "/delivery-partners"


@accepts("vis.delivery-partner")
def test_each_is_shown_with_its_cohorts_in_order_alone_as_in_the_list(api: Api) -> None:
    for listed in api.every(PARTNERS):
        works_in = listed["attributes"]["cohort"]
        require(works_in == sorted(set(works_in)) != [], "vis.delivery-partner", "its cohorts, ascending", works_in)
        alone = api.get(f"{PARTNERS}/{listed['id']}")
        require(
            alone.data == listed, "vis.delivery-partner", f"{listed}, as the list has it", alone.data, alone.exchange
        )


@accepts("vis.delivery-partner")
def test_of_a_cohort_those_are_listed_that_work_with_the_provider_in_it_with_all_they_share(api: Api) -> None:
    everyone = api.every(PARTNERS)
    for cohort in cohorts(api):
        found = api.every(PARTNERS, **{"filter[cohort]": cohort})
        expected = [each for each in everyone if cohort in each["attributes"]["cohort"]]
        require(found == expected, "vis.delivery-partner", f"in {cohort} {expected}", found)


@accepts("vis.delivery-partner")
def test_of_one_they_share_each_provider_sees_its_own_cohorts(api: Api, rival: Api, backstage: Backstage) -> None:
    made = backstage.act("POST", "/relationships", delivery_partner_name="Ferry Lane Learning", cohort="2024")
    path = f"{PARTNERS}/{made['relationship']['delivery_partner']['id']}"
    api.get(path).shows(name="Ferry Lane Learning", cohort=["2024"])
    rival.get(path).is_refused(404)
    ids = {each["id"] for each in rival.every(PARTNERS)}
    require(
        path.rpartition("/")[2] not in ids, "vis.delivery-partner", "no delivery partner of another provider's", ids
    )
