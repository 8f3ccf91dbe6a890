"""Partnerships, and what schools, delivery partners and unfunded mentors show."""

from __future__ import annotations

import pytest

from tests.rules.marks import accepts, refuses

from .world import NOT_FOUND, RIVERBANK, Provider, Refusal, Reply, World, bad, over

NOTHING = "00000000-0000-4000-8000-000000000000"


def school(provider: Provider, urn: str = RIVERBANK, cohort: str = "2025") -> dict[str, object]:
    """A school as it stands in a cohort."""
    (found,) = provider.get("/schools", **{"filter[cohort]": cohort, "filter[urn]": urn}).data
    return {"id": found["id"], **found["attributes"]}


def partners(provider: Provider, cohort: str = "2025") -> list[str]:
    return provider.get("/delivery-partners", **{"filter[cohort]": cohort}).ids


def confirm(provider: Provider, **others: object) -> Reply:
    """Confirm a partnership with Riverbank for 2025."""
    attributes = {"cohort": "2025", "school_id": school(provider)["id"], "delivery_partner_id": partners(provider)[0]}
    given = {name: value for name, value in (attributes | others).items() if value is not None}
    return provider.post("/partnerships", **given)


@pytest.mark.parametrize("cohort", ["2025", 2025, "2025abc", " 02025"])
@accepts("part.cohort-given", "part.school-given", "part.delivery-partner-given", "part.cohort", "part.cohort-begun")
@accepts("part.cohort-enabled", "part.school-known", "part.school-eligible", "part.delivery-partner-known")
@accepts("part.delivery-partner-yours", "part.not-yours-already", "vis.partnership", "school.partnered")
def test_a_partnership_is_confirmed(northgate: Provider, harbour: Provider, cohort: object) -> None:
    confirmed = confirm(northgate, cohort=cohort)
    shown = confirmed.attributes
    assert (shown["cohort"], shown["urn"], shown["participants_currently_training"]) == ("2025", RIVERBANK, 0)
    assert northgate.get("/partnerships").ids == [confirmed.id]
    assert harbour.get("/partnerships").ids == []
    assert harbour.refused(lambda: harbour.get(f"/partnerships/{confirmed.id}")) == NOT_FOUND
    assert (school(harbour)["in_partnership"], school(harbour, cohort="2026")["in_partnership"]) == (True, False)


@pytest.mark.parametrize(
    ("attribute", "rule"),
    [
        ("cohort", "part.cohort-given"),
        ("school_id", "part.school-given"),
        ("delivery_partner_id", "part.delivery-partner-given"),
    ],
)
@pytest.mark.parametrize("value", [None, "", ["x"], {}])
@refuses("part.cohort-given", "part.school-given", "part.delivery-partner-given")
def test_every_attribute_has_to_be_there(northgate: Provider, attribute: str, rule: str, value: object) -> None:
    refused = northgate.refused(lambda: confirm(northgate, **{attribute: value}))
    also = ["delivery_partner_id"] if attribute == "cohort" else []
    assert refused.titles == [attribute, *also]
    assert refused.rules == [rule, *(["part.delivery-partner-yours"] if also else [])]


@refuses("body.attributes", "part.cohort", "part.school-known", "part.delivery-partner-known")
def test_all_may_be_at_fault_at_once(northgate: Provider) -> None:
    assert northgate.refused(lambda: northgate.post("/partnerships")) == bad("body.attributes")
    wrong = {"cohort": "1999", "school_id": NOTHING, "delivery_partner_id": NOTHING}
    assert northgate.refused(lambda: northgate.post("/partnerships", **wrong)) == Refusal(
        422,
        ["cohort", "school_id", "delivery_partner_id"],
        ["part.cohort", "part.school-known", "part.delivery-partner-known"],
    )


@refuses("part.cohort-enabled", "part.cohort-begun")
@accepts("part.cohort-begun")
def test_a_cohort_has_begun_and_is_not_closed(northgate: Provider) -> None:
    partner = partners(northgate, "2022")[0]
    closed = northgate.refused(lambda: confirm(northgate, cohort="2022", delivery_partner_id=partner))
    assert closed == over("cohort", "part.cohort-enabled")
    partner = partners(northgate, "2026")[0]
    before, after = northgate.at("2026-05-31T22:59:59Z"), northgate.at("2026-05-31T23:00:00Z")
    early = before.refused(lambda: confirm(before, cohort="2026", delivery_partner_id=partner))
    assert early == over("cohort", "part.cohort-begun")
    assert confirm(after, cohort="2026", delivery_partner_id=partner).status == 200


@refuses("part.school-eligible", "path.unknown")
@accepts("part.school-eligible", "vis.school")
def test_a_school_is_eligible_or_marked_so(world: World, northgate: Provider) -> None:
    urn, id = ineligible(world)
    cohort = {"filter[cohort]": "2025"}
    assert northgate.refused(lambda: northgate.get(f"/schools/{id}", **cohort)) == NOT_FOUND
    refused = northgate.refused(lambda: confirm(northgate, school_id=id))
    assert refused == over("school_id", "part.school-eligible")
    world.control("PATCH", f"/schools/{urn}", marked_as_eligible=True)
    assert confirm(northgate, school_id=id).status == 200
    assert northgate.get(f"/schools/{id}", **cohort).id == id


def ineligible(world: World) -> tuple[str, str]:
    from sandbox.model import School

    found = next(each for each in world.store.read().all(School) if not each.eligible_for_funding)
    return found.urn, found.id


@refuses("part.delivery-partner-yours")
def test_a_delivery_partner_works_with_the_provider_in_the_cohort(northgate: Provider, harbour: Provider) -> None:
    strangers = sorted(set(partners(harbour)) - set(partners(northgate)))
    refused = northgate.refused(lambda: confirm(northgate, delivery_partner_id=strangers[0]))
    assert refused == over("delivery_partner_id", "part.delivery-partner-yours")


@refuses("part.not-yours-already")
def test_a_provider_has_one_partnership_with_a_school_and_others_theirs(northgate: Provider, harbour: Provider) -> None:
    confirm(northgate)
    again = northgate.refused(lambda: confirm(northgate, delivery_partner_id=partners(northgate)[1]))
    assert again == over("school_id", "part.not-yours-already")
    assert confirm(harbour).status == 200


@refuses("part.not-school-led")
@accepts("part.not-school-led", "school.programme")
def test_a_school_that_trains_its_people_itself_needs_no_provider(world: World, northgate: Provider) -> None:
    assert school(northgate)["induction_programme_choice"] == "not_yet_known"
    ect = world.person(programme="school_led")
    assert school(northgate)["induction_programme_choice"] == "school_led"
    assert northgate.refused(lambda: confirm(northgate)) == over("school_id", "part.not-school-led")
    world.person("mentor")
    assert school(northgate)["induction_programme_choice"] == "provider_led"
    assert confirm(northgate).status == 200
    assert northgate.refused(lambda: northgate.get(f"/participants/{ect}")) == NOT_FOUND


@accepts("part.effect", "part.training-count", "vis.participant", "school.interest", "school.tutor")
def test_whom_the_school_hoped_it_would_train_comes_into_sight(
    world: World, northgate: Provider, harbour: Provider
) -> None:
    tutor = {"induction_tutor_name": "Pauline Dexter", "induction_tutor_email": "pauline@riverbank.example.com"}
    world.control("PATCH", f"/schools/{RIVERBANK}", **tutor)
    running, ended = world.person(), world.person(at="2025-09-03T09:00:00Z")
    world.control("POST", f"/participants/{ended}/leave", on="2026-01-05")
    assert northgate.get("/participants").ids == []
    for provider, interested in [(northgate, True), (harbour, False)]:
        shown = school(provider)
        assert shown["expression_of_interest"] is interested
        assert shown["induction_tutor_name"] == (tutor["induction_tutor_name"] if interested else None)
    confirmed = confirm(northgate)
    assert confirmed.attributes["participants_currently_training"] == 1
    assert confirmed.attributes["induction_tutor_email"] == tutor["induction_tutor_email"]
    assert sorted(northgate.get("/participants").ids) == sorted([running, ended])
    assert northgate.enrolment(ended)["participant_status"] == "left"


@accepts("part.training-count")
def test_who_was_withdrawn_today_is_counted_until_midnight(world: World, northgate: Provider) -> None:
    ect = world.trainee()
    northgate.put(f"/participants/{ect}/withdraw", reason="other", course_identifier="ecf-induction")
    for at, count in [("2026-09-15T22:00:00Z", 1), ("2026-09-15T23:00:00Z", 0)]:
        (shown,) = northgate.at(at).get("/partnerships").data
        assert shown["attributes"]["participants_currently_training"] == count


@refuses("part.update-known")
@accepts("part.update-known")
def test_only_ones_own_partnership_is_changed_whatever_is_sent(northgate: Provider, harbour: Provider) -> None:
    id, partner = confirm(northgate).id, partners(northgate)[1]
    unknown = Refusal(404, ["Resource not found"], ["part.update-known"])
    assert harbour.refused(lambda: harbour.put(f"/partnerships/{id}")) == unknown
    assert northgate.refused(lambda: northgate.put(f"/partnerships/{NOTHING}")) == unknown
    assert northgate.refused(lambda: northgate.put(f"/partnerships/{id}")) == bad("body.json")
    assert northgate.put(f"/partnerships/{id}", delivery_partner_id=partner).id == id


@refuses("part.update-delivery-partner", "part.delivery-partner-given", "part.delivery-partner-known")
@refuses("part.delivery-partner-yours")
@accepts("part.update-delivery-partner", "part.update-effect", "updated.participant", "updated.partnership")
def test_a_partnership_goes_to_another_delivery_partner(world: World, northgate: Provider, harbour: Provider) -> None:
    ect, own = world.trainee(), partners(northgate)
    (id,) = northgate.get("/partnerships").ids
    present = northgate.enrolment(ect)["delivery_partner_id"]
    strangers = sorted(set(partners(harbour)) - set(own))
    wrong = [
        ("", "part.delivery-partner-given"),
        (NOTHING, "part.delivery-partner-known"),
        (strangers[0], "part.delivery-partner-yours"),
        (present, "part.update-delivery-partner"),
    ]
    for partner, rule in wrong:
        refused = northgate.refused(lambda: northgate.put(f"/partnerships/{id}", delivery_partner_id=partner))  # noqa: B023
        assert refused == over("delivery_partner_id", rule)
    other = next(each for each in own if each != present)
    body = {"data": {"attributes": {"delivery_partner_id": other}}}
    headers = {"Authorization": f"Bearer {northgate.token}", "X-With-Server-Date": "2026-09-16T09:00:00Z"}
    assert northgate.world.send("PATCH", f"/api/v3/partnerships/{id}", headers=headers, json=body).status_code == 200
    assert northgate.enrolment(ect)["delivery_partner_id"] == other
    assert northgate.get(f"/participants/{ect}").attributes["updated_at"] == "2026-09-16T09:00:00Z"
    assert northgate.get(f"/partnerships/{id}").attributes["updated_at"] == "2026-09-16T09:00:00Z"


@refuses("read.cohort-required")
@accepts("read.cohort-required", "vis.school", "read.sort")
def test_schools_are_asked_for_as_of_a_cohort(northgate: Provider) -> None:
    id = school(northgate)["id"]
    missing = Refusal(400, ["Bad parameter"], ["read.cohort-required"])
    for path in ("/schools", f"/schools/{id}"):
        assert northgate.refused(lambda: northgate.get(path)) == missing  # noqa: B023
        assert northgate.refused(lambda: northgate.send("GET", f"{path}?filter[urn]={RIVERBANK}")) == missing  # noqa: B023
    for nothing in ("", "1999", "abc"):
        assert northgate.get("/schools", **{"filter[cohort]": nothing}).ids == []
        refused = northgate.refused(lambda: northgate.get(f"/schools/{id}", **{"filter[cohort]": nothing}))  # noqa: B023
        assert refused == NOT_FOUND
    for first in ("2025abc", "2025,2026", "02025"):
        assert northgate.get(f"/schools/{id}", **{"filter[cohort]": first}).attributes["cohort"] == "2025"
    by_urn = northgate.get("/schools", **{"filter[cohort]": "2025", "sort": "-urn"}).data
    urns = [each["attributes"]["urn"] for each in by_urn]
    assert urns == sorted(urns, reverse=True)


@accepts("updated.school")
def test_a_school_changes_with_what_happens_in_the_cohort(world: World, northgate: Provider) -> None:
    before = {cohort: school(northgate, cohort=cohort)["updated_at"] for cohort in ("2025", "2026")}
    world.control("POST", "/partnerships", "2026-09-16T09:00:00Z", provider="harbour", urn=RIVERBANK, cohort="2025")
    assert school(northgate)["updated_at"] == "2026-09-16T09:00:00Z"
    assert school(northgate, cohort="2026")["updated_at"] == before["2026"]


@accepts("vis.delivery-partner", "updated.delivery-partner")
def test_a_delivery_partner_shows_the_cohorts_shared(world: World, northgate: Provider, harbour: Provider) -> None:
    new = {"provider": "northgate", "cohort": "2026", "delivery_partner_name": "Ferry Lane Learning"}
    made = world.control("POST", "/relationships", "2026-09-15T10:00:00Z", **new)
    id = made["relationship"]["delivery_partner"]["id"]
    assert northgate.get(f"/delivery-partners/{id}").attributes["cohort"] == ["2026"]
    assert id in partners(northgate, "2026")
    assert id not in partners(northgate, "2025")
    assert harbour.refused(lambda: harbour.get(f"/delivery-partners/{id}")) == NOT_FOUND
    link = {"provider": "harbour", "cohort": "2025", "delivery_partner_id": id}
    world.control("POST", "/relationships", "2026-09-15T11:00:00Z", **link)
    shown = northgate.get(f"/delivery-partners/{id}").attributes
    assert (shown["cohort"], shown["updated_at"]) == (["2026"], "2026-09-15T11:00:00Z")
