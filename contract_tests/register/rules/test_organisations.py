"""Schools, delivery partners and statements: who sees which, and what is shown of them."""

from __future__ import annotations

import pytest

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.lists import NOBODY
from contract_tests.marks import accepts, refuses
from contract_tests.register.asking import (
    PARTNERS,
    PARTNERSHIPS,
    SCHOOLS,
    STATEMENTS,
    listed,
    lists,
    not_found,
    partners,
    school,
)
from contract_tests.register.backstage import ASHDOWN, RIVERBANK, RegisterBackstage

NOT_ELIGIBLE, WITHOUT_A_TUTOR = "900408", "900409"  # schools of the seeds
IN_2025 = {"filter[cohort]": "2025"}


@refuses("read.cohort-required", "path.unknown")
@accepts("read.cohort-required", "vis.school", "read.cohort-filter")
def test_schools_are_asked_for_as_of_a_cohort(api: Api) -> None:
    some = api.get(SCHOOLS, **IN_2025).data
    id, urn = (some[0]["id"], some[0]["attributes"]["urn"]) if some else (NOBODY, "100000")
    for path in (SCHOOLS, f"{SCHOOLS}/{id}"):
        api.get(path).is_refused(400, "Bad parameter")
        api.get(path, **{"filter[urn]": urn}).is_refused(400, "Bad parameter")
    for nothing in ("", "1999", "abc", "20251"):
        listed(api, SCHOOLS, [], **{"filter[cohort]": nothing})
        not_found(api.get(f"{SCHOOLS}/{id}", **{"filter[cohort]": nothing}))
    listed(api, SCHOOLS, [], **{"filter[cohort][x]": "2025"})
    not_found(api.get(f"{SCHOOLS}/{id}", **{"filter[cohort][x]": "2025"}))
    for first in ("2025abc", "2025,2026") if some else ():
        api.get(f"{SCHOOLS}/{id}", **{"filter[cohort]": first}).shows(cohort="2025", urn=urn)
    for several in (("2025", "2024"), ("abc", "2025"), ("", "abc", "2025", "2024")) if some else ():
        asked = "&".join(f"filter[cohort][]={year}" for year in several)
        api.send("GET", f"{SCHOOLS}/{id}?{asked}").shows(cohort="2025", urn=urn)


@accepts("vis.school", "school.partnered", "school.programme", "school.interest")
def test_all_providers_see_the_same_schools(api: Api, rival: Api, stage: RegisterBackstage) -> None:
    listed(rival, SCHOOLS, api.get(SCHOOLS, **IN_2025).ids, **IN_2025)
    for provider in (api, rival):
        shown = school(provider)
        require_equal((False, "not_yet_known", False), _standing(shown))
        require_equal((None, None), (shown["induction_tutor_name"], shown["induction_tutor_email"]))
    stage.partnership()
    for provider in (api, rival):
        require_equal((True, "not_yet_known", False), _standing(school(provider)))
    stage.registered()
    require_equal((True, "provider_led", True), _standing(school(api)))
    require_equal((True, "provider_led", False), _standing(school(rival)))


def _standing(shown: dict[str, object]) -> tuple[object, ...]:
    return shown["in_partnership"], shown["induction_programme_choice"], shown["expression_of_interest"]


@refuses("path.unknown")
@accepts("vis.school")
def test_a_school_that_may_not_have_funded_training_is_seen_where_it_has_a_partnership(
    api: Api, rival: Api, stage: RegisterBackstage
) -> None:
    stage.partnership("2023", urn=NOT_ELIGIBLE, provider="harbour")
    for provider in (api, rival):
        id = school(provider, NOT_ELIGIBLE, "2023")["id"]
        listed(provider, SCHOOLS, [], **{"filter[cohort]": "2024", "filter[urn]": NOT_ELIGIBLE})
        not_found(provider.get(f"{SCHOOLS}/{id}", **{"filter[cohort]": "2024"}))


@accepts("school.interest", "school.tutor", "school.programme")
def test_interest_stays_when_everybody_has_left(api: Api, rival: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    stage.act("POST", f"/participants/{ect}/leave", on="2026-09-10")
    shown = school(api)
    require_equal((True, "provider_led"), (shown["expression_of_interest"], shown["induction_programme_choice"]))
    require_equal(False, shown["induction_tutor_name"] is None)
    require_equal(None, school(rival)["induction_tutor_name"])
    require_equal(False, school(api, cohort="2026")["expression_of_interest"])
    require_equal(0, api.get(PARTNERSHIPS).data[0]["attributes"]["participants_currently_training"])


@accepts("school.tutor", "updated.partnership")
@pytest.mark.parametrize("first", ["name", "email"])
def test_of_a_tutor_the_name_may_be_known_or_the_address(api: Api, stage: RegisterBackstage, first: str) -> None:
    told = {"induction_tutor_name": "Ann Field", "induction_tutor_email": "ann@winterbourne.example.com"}
    known: dict[str, str | None] = dict.fromkeys(told)
    stage.act("PATCH", f"/schools/{WITHOUT_A_TUTOR}", marked_as_eligible=True)
    partnership = stage.partnership(urn=WITHOUT_A_TUTOR)
    stage.registered(urn=WITHOUT_A_TUTOR)
    for name in sorted(told, key=lambda name: not name.endswith(first)):
        stage.act("PATCH", f"/schools/{WITHOUT_A_TUTOR}", **{name: told[name]})
        known[name] = told[name]
        shown = school(api, WITHOUT_A_TUTOR)
        require_equal(known, {each: shown[each] for each in known})
        api.get(f"{PARTNERSHIPS}/{partnership}").shows(**known)


@accepts("school.programme")
def test_a_programme_follows_from_who_is_registered(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.registered(programme="school_led")
    require_equal("school_led", school(api)["induction_programme_choice"])
    require_equal("not_yet_known", school(api, cohort="2026")["induction_programme_choice"])
    stage.act("POST", f"/participants/{ect}/programme", programme="provider_led", provider="northgate")
    require_equal("provider_led", school(api)["induction_programme_choice"])
    require_equal("not_yet_known", school(api, ASHDOWN)["induction_programme_choice"])


@refuses("path.unknown")
@accepts("vis.delivery-partner", "updated.delivery-partner")
def test_a_delivery_partner_shows_the_cohorts_shared(api: Api, rival: Api, stage: RegisterBackstage) -> None:
    new = {"provider": "northgate", "cohort": "2026", "delivery_partner_name": "Ferry Lane Learning"}
    made = stage.act("POST", "/relationships", at="2026-09-15T10:00:00Z", **new)
    id = made["relationship"]["delivery_partner"]["id"]
    api.get(f"{PARTNERS}/{id}").shows(cohort=["2026"], name="Ferry Lane Learning")
    require_equal((True, False), (id in partners(api, "2026"), id in partners(api, "2025")))
    not_found(rival.get(f"{PARTNERS}/{id}"))
    require_equal(False, id in rival.get(PARTNERS).ids)
    link = {"provider": "harbour", "cohort": "2025", "delivery_partner_id": id}
    stage.act("POST", "/relationships", at="2026-09-15T11:00:00Z", **link)
    api.get(f"{PARTNERS}/{id}").shows(cohort=["2026"], updated_at="2026-09-15T11:00:00Z")
    rival.get(f"{PARTNERS}/{id}").shows(cohort=["2025"])
    require_equal(False, id in partners(api, "2025"))


@refuses("path.unknown")
@accepts("vis.statement", "auth.one-provider")
def test_a_provider_sees_its_own_statements_that_pay_for_declarations(
    api: Api, rival: Api, stage: RegisterBackstage
) -> None:
    known = {name: stage.statements(provider=name, output=True) for name in ("northgate", "harbour")}
    service = stage.statements(provider="northgate", output=False)
    in_2024 = {"filter[cohort]": "2024"}
    lists(api, STATEMENTS, known["northgate"], **in_2024)
    lists(rival, STATEMENTS, known["harbour"], **in_2024)
    for id in (known["harbour"][0], service[0], NOBODY):
        not_found(api.get(f"{STATEMENTS}/{id}"))
    for id in known["northgate"]:
        api.get(f"{STATEMENTS}/{id}").shows(cohort="2024")


@accepts("vis.statement", "updated.statement")
def test_a_statement_says_when_it_is_cut_off_and_paid(api: Api, stage: RegisterBackstage) -> None:
    (id,) = (
        each["id"]
        for each in api.get(STATEMENTS, **IN_2025).data
        if (each["attributes"]["month"], each["attributes"]["year"]) == ("November", "2026")
    )
    seen = stage.statement(id)
    api.get(f"{STATEMENTS}/{id}").shows(
        cut_off_date=seen["deadline"], payment_date="2026-11-25", paid=False, cohort="2025"
    )
    listed(api, STATEMENTS, [], **{"filter[updated_since]": "2026-09-15T09:00:00Z"})
    stage.at("2026-11-01T09:00:00Z")
    changed = api.get(STATEMENTS, **IN_2025, **{"filter[updated_since]": "2026-11-01T00:00:00Z"})
    require_equal([id], changed.ids, changed.exchange)


@accepts("vis.partnership")
def test_several_partnerships_with_one_school_are_all_seen(api: Api, rival: Api, stage: RegisterBackstage) -> None:
    first, second = partners(api)[:2]
    ours = [stage.partnership(delivery_partner_id=each) for each in (first, second)]
    theirs = stage.partnership(provider="harbour", urn=RIVERBANK)
    lists(api, PARTNERSHIPS, ours)
    lists(rival, PARTNERSHIPS, [theirs])
    for id in ours:
        not_found(rival.get(f"{PARTNERSHIPS}/{id}"))
    lists(api, PARTNERSHIPS, [ours[1]], **{"filter[delivery_partner_id]": second})
