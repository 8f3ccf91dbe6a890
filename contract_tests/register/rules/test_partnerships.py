"""Confirming a partnership, and having another delivery partner deliver it."""

from __future__ import annotations

from typing import Any

import pytest

from contract_tests.api import Api, Reply
from contract_tests.errors import require_equal
from contract_tests.lists import NOBODY
from contract_tests.marks import accepts, refuses
from contract_tests.register.asking import (
    DECLARATIONS,
    PARTICIPANTS,
    PARTNERSHIPS,
    SCHOOLS,
    TOMORROW,
    bad,
    confirm,
    declare,
    enrolment,
    listed,
    lists,
    not_found,
    partners,
    refused,
    school,
    shows,
)
from contract_tests.register.backstage import RIVERBANK, RegisterBackstage

NOT_ELIGIBLE = "900408"  # a school of the seeds
ALL = ("cohort", "school_id", "delivery_partner_id")


@accepts("part.cohort-given", "part.school-given", "part.delivery-partner-given", "part.cohort", "part.cohort-begun")
@accepts("part.cohort-enabled", "part.school-known", "part.school-eligible", "part.delivery-partner-known")
@accepts("part.delivery-partner-yours", "part.not-yours-already", "vis.partnership", "school.partnered")
@pytest.mark.parametrize("cohort", ["2025", 2025, "2025abc"])
@pytest.mark.usefixtures("stage")
def test_a_partnership_is_confirmed(api: Api, rival: Api, cohort: object) -> None:
    there, partner = school(api), partners(api)[0]
    confirmed = confirm(api, cohort=cohort).shows(
        cohort="2025",
        urn=RIVERBANK,
        school_id=there["id"],
        delivery_partner_id=partner,
        participants_currently_training=0,
    )
    listed(api, PARTNERSHIPS, [confirmed.id])
    require_equal(confirmed.data, api.get(f"{PARTNERSHIPS}/{confirmed.id}").data)
    listed(rival, PARTNERSHIPS, [])
    not_found(rival.get(f"{PARTNERSHIPS}/{confirmed.id}"))
    for cohort_asked, partnered in (("2025", True), ("2026", False)):
        require_equal(partnered, school(rival, cohort=cohort_asked)["in_partnership"])


@refuses("part.cohort-given", "part.school-given", "part.delivery-partner-given", "part.delivery-partner-yours")
@pytest.mark.parametrize("attribute", ALL)
@pytest.mark.parametrize("value", [None, "", ["x"], {}])
@pytest.mark.usefixtures("stage")
def test_every_attribute_has_to_be_there(api: Api, attribute: str, value: Any) -> None:
    also = ["delivery_partner_id"] if attribute == "cohort" else []
    refused(api, lambda: confirm(api, **{attribute: value}), attribute, *also)
    listed(api, PARTNERSHIPS, [])


@refuses("body.attributes", "part.cohort", "part.school-known", "part.delivery-partner-known")
@refuses("part.cohort-given", "part.school-given", "part.delivery-partner-given")
@pytest.mark.usefixtures("stage")
def test_all_may_be_at_fault_at_once(api: Api) -> None:
    bad(api, lambda: api.send("POST", PARTNERSHIPS, json={"data": {"attributes": {}}}))
    for blank in ("1999", ""):
        other = NOBODY if blank else ""
        wrong = {"cohort": blank, "school_id": other, "delivery_partner_id": other}
        refused(api, lambda: api.post(PARTNERSHIPS, **wrong), *ALL)  # noqa: B023


@refuses("part.cohort", "part.delivery-partner-yours")
@pytest.mark.parametrize("cohort", ["1999", "abc", "20251", "99999999999999999999", True])
@pytest.mark.usefixtures("stage")
def test_a_cohort_is_one_that_there_is(api: Api, cohort: object) -> None:
    refused(api, lambda: confirm(api, cohort=cohort), "cohort", "delivery_partner_id")


@refuses("part.school-known", "part.delivery-partner-known")
@pytest.mark.parametrize("attribute", ["school_id", "delivery_partner_id"])
@pytest.mark.parametrize("id", [NOBODY, "abc"])
@pytest.mark.usefixtures("stage")
def test_schools_and_delivery_partners_are_some_that_there_are(api: Api, attribute: str, id: str) -> None:
    refused(api, lambda: confirm(api, **{attribute: id}), attribute)


@refuses("part.cohort-enabled")
@pytest.mark.parametrize("cohort", ["2021", "2022"])
@pytest.mark.usefixtures("stage")
def test_a_cohort_is_not_closed(api: Api, cohort: str) -> None:
    refused(api, lambda: confirm(api, cohort=cohort), "cohort")


@refuses("part.cohort-begun")
@accepts("part.cohort-begun")
@pytest.mark.usefixtures("stage")
def test_a_cohort_has_begun(api: Api) -> None:
    before, after = api.at("2026-05-31T22:59:59Z"), api.at("2026-05-31T23:00:00Z")
    refused(before, lambda: confirm(before, cohort="2026"), "cohort")
    confirm(after, cohort="2026").is_accepted()


@refuses("part.cohort-begun", "part.cohort-enabled")
@pytest.mark.usefixtures("stage")
def test_of_a_cohort_that_is_closed_and_has_not_begun_only_that_is_said(api: Api) -> None:
    for then in ("2021-05-31T22:59:59Z", "2021-05-31T23:00:00Z"):
        refused(api, lambda: confirm(api.at(then), cohort="2021"), "cohort")  # noqa: B023


@refuses("part.school-eligible", "path.unknown")
@accepts("part.school-eligible", "vis.school")
def test_a_school_is_eligible_or_marked_so(api: Api, stage: RegisterBackstage) -> None:
    stage.partnership("2023", urn=NOT_ELIGIBLE)
    id = school(api, NOT_ELIGIBLE, "2023")["id"]
    cohort = {"filter[cohort]": "2025"}
    not_found(api.get(f"{SCHOOLS}/{id}", **cohort))
    listed(api, SCHOOLS, [], **cohort, **{"filter[urn]": NOT_ELIGIBLE})
    refused(api, lambda: confirm(api, school_id=id), "school_id")
    stage.act("PATCH", f"/schools/{NOT_ELIGIBLE}", marked_as_eligible=True)
    confirm(api, school_id=id).is_accepted()
    require_equal(id, api.get(f"{SCHOOLS}/{id}", **cohort).id)


@refuses("part.school-eligible", "path.unknown")
@accepts("part.school-eligible", "part.update-effect", "vis.school")
def test_a_school_is_marked_until_that_is_undone(api: Api, rival: Api, stage: RegisterBackstage) -> None:
    stage.partnership("2023", urn=NOT_ELIGIBLE)
    id = school(api, NOT_ELIGIBLE, "2023")["id"]
    one, as_of = f"{SCHOOLS}/{id}", {cohort: {"filter[cohort]": cohort} for cohort in ("2025", "2026")}
    stage.act("PATCH", f"/schools/{NOT_ELIGIBLE}", marked_as_eligible=True)
    made = confirm(api, school_id=id).is_accepted()
    stage.act("PATCH", f"/schools/{NOT_ELIGIBLE}", name="Orchard Lane School")
    api.get(one, **as_of["2026"]).is_accepted()
    stage.act("PATCH", f"/schools/{NOT_ELIGIBLE}", marked_as_eligible=False)
    not_found(api.get(one, **as_of["2026"]))
    listed(api, SCHOOLS, [], **as_of["2026"], **{"filter[urn]": NOT_ELIGIBLE})
    for provider in (api, rival):  # in the cohort in which it has a partnership everybody sees it
        provider.get(one, **as_of["2025"]).is_accepted()
    refused(api, lambda: confirm(api, school_id=id, cohort="2026"), "school_id")
    refused(rival, lambda: confirm(rival, school_id=id), "school_id")
    api.put(f"{PARTNERSHIPS}/{made.id}", delivery_partner_id=partners(api)[1]).is_accepted()
    stage.act("PATCH", f"/schools/{NOT_ELIGIBLE}", marked_as_eligible=True)
    api.get(one, **as_of["2026"]).is_accepted()


@refuses("part.delivery-partner-yours")
@pytest.mark.usefixtures("stage")
def test_a_delivery_partner_works_with_the_provider_in_the_cohort(api: Api, rival: Api) -> None:
    strangers = sorted(set(partners(rival)) - set(partners(api)))
    refused(api, lambda: confirm(api, delivery_partner_id=strangers[0]), "delivery_partner_id")
    formerly = sorted(set(partners(api, "2023")) - set(partners(api)))
    refused(api, lambda: confirm(api, delivery_partner_id=formerly[0]), "delivery_partner_id")


@refuses("part.not-yours-already")
@accepts("part.not-yours-already")
@pytest.mark.usefixtures("stage")
def test_a_provider_has_one_partnership_with_a_school_and_others_theirs(api: Api, rival: Api) -> None:
    first = confirm(api).is_accepted()
    refused(api, lambda: confirm(api), "school_id")
    refused(api, lambda: confirm(api, delivery_partner_id=partners(api)[1]), "school_id")
    confirm(rival).is_accepted()
    second = confirm(api, cohort="2026").is_accepted()
    lists(api, PARTNERSHIPS, [first.id, second.id])


@refuses("part.not-school-led")
@accepts("part.not-school-led", "school.programme")
def test_a_school_that_trains_its_people_itself_needs_no_provider(api: Api, stage: RegisterBackstage) -> None:
    def programme() -> str:
        return str(school(api)["induction_programme_choice"])

    require_equal("not_yet_known", programme())
    ect = stage.registered(programme="school_led")
    require_equal("school_led", programme())
    refused(api, lambda: confirm(api), "school_id")
    stage.registered("mentor")
    require_equal("provider_led", programme())
    confirm(api).is_accepted()
    not_found(api.get(f"{PARTICIPANTS}/{ect}"))


@refuses("part.school-eligible", "part.not-yours-already", "part.not-school-led")
@refuses("part.delivery-partner-yours", "part.delivery-partner-known")
def test_all_that_is_at_fault_with_a_school_is_said_together(api: Api, rival: Api, stage: RegisterBackstage) -> None:
    stranger = sorted(set(partners(rival)) - set(partners(api)))[0]
    for urn, over in (
        (NOT_ELIGIBLE, ["school_id", "school_id", "school_id", "delivery_partner_id"]),
        (RIVERBANK, ["delivery_partner_id", "school_id", "school_id"]),
    ):
        stage.partnership(urn=urn)
        stage.registered(urn=urn, programme="school_led")
        of_school = [each for each in over if each == "school_id"]
        refused(api, lambda: confirm(api, urn), *of_school)  # noqa: B023
        for partner in (stranger, NOBODY):
            refused(api, lambda: confirm(api, urn, delivery_partner_id=partner), *over)  # noqa: B023


@accepts("part.effect", "part.training-count", "vis.participant", "school.interest", "school.tutor")
def test_whom_the_school_hoped_it_would_train_comes_into_sight(api: Api, rival: Api, stage: RegisterBackstage) -> None:
    tutor = {"induction_tutor_name": "Pauline Dexter", "induction_tutor_email": "pauline@riverbank.example.com"}
    stage.act("PATCH", f"/schools/{RIVERBANK}", **tutor)
    running, ended = stage.registered(), stage.registered(on="2025-09-03")
    stage.act("POST", f"/participants/{ended}/leave", on="2026-01-05")
    lists(api, PARTICIPANTS, [])
    for provider, interested in ((api, True), (rival, False)):
        shown = school(provider)
        require_equal(interested, shown["expression_of_interest"])
        require_equal(tutor["induction_tutor_name"] if interested else None, shown["induction_tutor_name"])
        require_equal(tutor["induction_tutor_email"] if interested else None, shown["induction_tutor_email"])
    confirm(api).shows(participants_currently_training=1, **tutor)
    lists(api, PARTICIPANTS, [running, ended])
    shows(api, ended, participant_status="left", cohort="2025")
    shows(api, running, participant_status="active", cohort="2025")
    lists(rival, PARTICIPANTS, [])


@accepts("part.effect")
def test_whom_another_was_to_train_or_in_another_cohort_does_not_come(
    api: Api, rival: Api, stage: RegisterBackstage
) -> None:
    theirs, next_year = stage.registered(provider="harbour"), stage.registered(on="2026-09-02")
    ours = stage.registered(on="2025-09-03")
    confirm(api).is_accepted()
    lists(api, PARTICIPANTS, [ours])
    confirm(rival).is_accepted()
    lists(rival, PARTICIPANTS, [theirs])
    confirm(api, cohort="2026").is_accepted()
    lists(api, PARTICIPANTS, [ours, next_year])


@refuses("body.json")
@refuses("part.update-known")
@accepts("part.update-known")
@pytest.mark.usefixtures("stage")
def test_only_ones_own_partnership_is_changed_whatever_is_sent(api: Api, rival: Api) -> None:
    id, partner = confirm(api).id, partners(api)[1]
    before = api.get(PARTNERSHIPS).data
    not_found(rival.put(f"{PARTNERSHIPS}/{id}"))
    not_found(api.put(f"{PARTNERSHIPS}/{NOBODY}"))
    not_found(rival.change_delivery_partner(id, partners(rival)[0]))
    bad(api, lambda: api.put(f"{PARTNERSHIPS}/{id}"))
    require_equal(before, api.get(PARTNERSHIPS).data)
    require_equal(id, api.change_delivery_partner(id, partner).id)


@refuses("part.update-delivery-partner", "part.delivery-partner-given", "part.delivery-partner-known")
@refuses("part.delivery-partner-yours")
@accepts("part.update-delivery-partner", "part.update-effect", "updated.participant", "updated.partnership")
@accepts("part.delivery-partner-given", "part.delivery-partner-known", "part.delivery-partner-yours")
@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_a_partnership_goes_to_another_delivery_partner(
    api: Api, rival: Api, stage: RegisterBackstage, method: str
) -> None:
    ect, own = stage.person().id, partners(api)
    made = declare(api, ect)
    (id,) = api.get(PARTNERSHIPS).ids
    present = enrolment(api, ect)["delivery_partner_id"]
    strangers = sorted(set(partners(rival)) - set(own))
    for partner in ("", NOBODY, strangers[0], present):
        refused(api, lambda: api.change_delivery_partner(id, partner), "delivery_partner_id", of=ect)  # noqa: B023
    other = next(each for each in own if each != present)
    body = {"data": {"attributes": {"delivery_partner_id": other}}}
    path, told = f"/api/{api.version}{PARTNERSHIPS}/{id}", {"X-With-Server-Date": TOMORROW}
    changed = Reply(api.wire.send(method, path, token=api.token, headers=told, json=body))
    changed.shows(delivery_partner_id=other, updated_at=TOMORROW)
    require_equal(id, changed.id)
    shows(api, ect, delivery_partner_id=other)
    api.get(f"{PARTICIPANTS}/{ect}").shows(updated_at=TOMORROW)
    api.get(f"{DECLARATIONS}/{made.id}").shows(delivery_partner_id=present, updated_at=TOMORROW)


@refuses("part.update-delivery-partner")
def test_no_two_partnerships_have_the_same_delivery_partner(api: Api, stage: RegisterBackstage) -> None:
    first, second = partners(api)[:2]
    one, two = stage.partnership(delivery_partner_id=first), stage.partnership(delivery_partner_id=second)
    lists(api, PARTNERSHIPS, [one, two])
    refused(api, lambda: api.change_delivery_partner(one, second), "delivery_partner_id")
    refused(api, lambda: api.change_delivery_partner(two, first), "delivery_partner_id")
