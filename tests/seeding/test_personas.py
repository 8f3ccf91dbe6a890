"""The people made by hand: each is what its comment says, at the moment the clock starts."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from sandbox.actions.call import Call
from sandbox.actions.participants import change_schedule, withdraw
from sandbox.editions.ecf.book import BOOKS
from sandbox.model import Behaviour, IdChange, LeadProvider, Partnership, Placement, School
from sandbox.rules.requests import ActionRequest, ScheduleRequest
from sandbox.rules.rule import Refused

from .played import BEHAVIOURS, SCENARIOS, People, played

JANE = "db3a7848-7308-4879-942a-c4a70ced400a"
MENTOR = "bb36d74a-68a7-47b6-86b6-1fd0d141c590"
RETIRED = "439ac4fe-a003-417f-9694-07c45b3482f8"


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_jane_is_as_the_guidance_shows_her(scenario: str, behaviour: Behaviour) -> None:
    people = People(scenario, behaviour)
    then = datetime(2021, 5, 31, 2, 22, 32, tzinfo=UTC)
    jane, record = people.participant("Jane Smith"), people.record("Jane Smith")
    placement = people.placement("Jane Smith")
    assert (jane.id, jane.trn, jane.created_at, jane.updated_at) == (JANE, "1234567", then, then)
    assert (record.id, record.participant_type, record.created_at) == (
        "000a97ff-d2a9-4779-a397-9bfd9063072e",
        "ect",
        then,
    )
    assert (record.validation_status, record.trn_validated) == ("eligible_to_start", True)
    assert (record.pupil_premium_uplift, record.sparsity_uplift) == (True, True)
    assert (record.induction_end_date, record.cohort_changed_after_payments_frozen) == (None, False)
    assert (placement.email, placement.mentor_id) == ("jane.smith@some-school.example.com", MENTOR)
    assert (placement.cohort, people.schedule("Jane Smith")) == ("2021", "2021 ecf-standard-january")
    assert (placement.training.status, people.status("Jane Smith")) == ("active", "active")
    assert people.school_urn("Jane Smith") == "106286"
    assert people.providers("Jane Smith") == ["Northgate"]
    partnership = people.reader.get(Partnership, placement.partnership_id or "")
    assert partnership is not None
    assert partnership.delivery_partner_id == "cd3a1234-7308-4879-942a-c4a70ced400a"
    assert people.declarations("Jane Smith") == []


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_jane_s_mentor_can_be_withdrawn_as_the_guidance_does(scenario: str, behaviour: Behaviour) -> None:
    people = People(scenario, behaviour)
    assert people.participant("Margaret Hollis").id == MENTOR
    assert people.status("Margaret Hollis") == "active"
    assert people.placement("Margaret Hollis").training.status == "active"
    (declaration,) = people.declarations("Margaret Hollis")
    assert (declaration.declaration_type, declaration.is_live) == ("started", True)
    request = ActionRequest(course_identifier="ecf-mentor", reason="left-teaching-profession")
    with played(scenario, behaviour).write() as unit:
        assert withdraw(unit, call_of("Northgate", people, behaviour), MENTOR, request).participant_id == MENTOR


def call_of(provider: str, people: People, behaviour: Behaviour = "documented") -> Call:
    (found,) = [each for each in people.reader.all(LeadProvider) if each.name.startswith(provider)]
    return Call(now=people.now, rules=BOOKS[behaviour], new_id=lambda: "new", provider=found)


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
@pytest.mark.parametrize(
    ("name", "validation", "eligible", "trn_validated", "provider"),
    [
        ("Tomasz Kowalski", "contacted_for_information", None, False, "Northgate"),
        ("Aisha Rahman", "dfe_checking_eligibility", None, False, "Northgate"),
        ("Oliver Pemberton", "checking_qts", None, True, "Northgate"),
        ("Samuel Adeyemi", "checking_qts", None, False, "Northgate"),
        ("Bethan Lloyd", "not_eligible_for_funded_training", False, True, "Northgate"),
        ("Harriet Cole", "eligible_to_start", True, True, "Northgate"),
        ("Frances Okoro", "not_eligible_for_funded_training", False, True, "Northgate"),
        ("Alice Thornton", "eligible_to_start", True, True, "nobody"),
    ],
)
def test_how_far_the_dfe_has_come(
    name: str, validation: str, eligible: bool | None, trn_validated: bool, provider: str, behaviour: Behaviour
) -> None:
    people = People("main", behaviour)
    record = people.record(name)
    assert (record.validation_status, record.eligible_for_funding) == (validation, eligible)
    assert record.trn_validated is trn_validated
    assert people.providers(name) == [provider]


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
@pytest.mark.parametrize(
    ("name", "training", "participant", "schedule"),
    [
        ("Rosalind Achebe", "deferred", "active", "2023 ecf-standard-september"),
        ("Lucas Grant", "deferred", "active", "2023 ecf-standard-september"),
        ("Daniel Whitcombe", "active", "active", "2023 ecf-standard-september"),
        ("Kieran Doyle", "withdrawn", "active", "2022 ecf-standard-september"),
        ("Judith Farrow", "withdrawn", "active", "2022 ecf-standard-september"),
        ("Brian Castell", "withdrawn", "active", "2023 ecf-standard-september"),
        ("Gemma Price", "active", "withdrawn", "2023 ecf-standard-september"),
        ("Yusuf Karim", "active", "joining", "2024 ecf-standard-september"),
        ("Charlotte Byrne", "active", "leaving", "2023 ecf-standard-september"),
        ("Ewan MacLeod", "active", "left", "2023 ecf-standard-september"),
        ("Haruto Sato", "active", "joining", "2023 ecf-standard-september"),
        ("Stella Orme", "active", "active", "2021 ecf-standard-april"),
        ("Fiona Drummond", "active", "active", "2023 ecf-reduced-september"),
        ("Naomi Clarke", "active", "active", "2022 ecf-extended-september"),
        ("Victor Osei", "active", "active", "2023 ecf-replacement-january"),
        ("Leo Marchetti", "active", "active", "2023 ecf-standard-january"),
        ("Robert Quill", "active", "joining", "2025 ecf-standard-september"),
        ("Ivy Sutton", "active", "joining", "2025 ecf-standard-september"),
        ("Winifred Osborne", "active", "joining", "2025 ecf-standard-september"),
        ("Noor Aziz", "active", "joining", "2025 ecf-standard-september"),
    ],
)
def test_where_training_stands(name: str, training: str, participant: str, schedule: str, behaviour: Behaviour) -> None:
    people = People("main", behaviour)
    assert people.placement(name).training.status == training
    assert people.status(name) == participant
    assert people.schedule(name) == schedule


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
@pytest.mark.parametrize(
    ("name", "states"),
    [
        ("Oliver Pemberton", {"started": "submitted"}),
        ("Bethan Lloyd", {"started": "submitted"}),
        ("Harriet Cole", {"started": "paid"}),
        ("Joshua Kent", {"started": "eligible"}),
        ("Connor Walsh", {"started": "paid", "retained-1": "paid", "retained-2": "paid", "retained-3": "payable"}),
        ("Ruth Mensah", {"started": "paid"}),
        ("Simon Petrov", {"started": "paid"}),
        ("Hannah Yates", {"started": "paid", "retained-1": "clawed_back"}),
        ("Tamsin Reeve", {"started": "paid", "completed": "awaiting_clawback"}),
        ("Rhiannon Webb", {"started": "paid", "retained-2": "awaiting_clawback"}),
        ("Katherine Marlow", {"started": "paid"}),
        ("Kate Marlow", {"started": "ineligible"}),
        ("Priya Nair", {"started": "paid", "retained-1": "paid", "retained-2": "paid"}),
        ("Chidi Eze", {"started": "paid", "retained-1": "paid"}),
        ("Elif Demir", {"started": "paid", "retained-2": "paid", "retained-3": "eligible"}),
    ],
)
def test_what_became_of_declarations(name: str, states: dict[str, str], behaviour: Behaviour) -> None:
    assert People("main", behaviour).states(name) == states


def test_marcus_awaits_clawback_on_the_next_statement() -> None:
    people = People()
    (voided,) = [each for each in people.declarations("Marcus Bell") if each.declaration_type == "retained-4"]
    assert voided.state == "awaiting_clawback"
    assert (people.month(voided.statement_id), people.month(voided.clawback_statement_id)) == (
        "2022 2024-05",
        "2022 2025-02",
    )


def test_eleanor_was_voided_and_declared_again() -> None:
    first, second = People().declarations("Eleanor Finch")
    assert (first.state, second.state) == ("voided", "paid")
    assert first.declaration_date < second.declaration_date


def test_uplifts_come_from_the_school_and_go_with_the_declaration() -> None:
    people = People()
    (with_uplifts,), (without,) = people.declarations("Ruth Mensah"), people.declarations("Simon Petrov")
    assert (with_uplifts.pupil_premium_uplift, with_uplifts.sparsity_uplift) == (True, True)
    assert (without.pupil_premium_uplift, without.sparsity_uplift) == (False, False)


@pytest.mark.parametrize(
    ("behaviour", "state", "month"), [("documented", "eligible", "2023 2025-01"), ("deployed", "paid", "2023 2024-04")]
)
def test_dylan_was_never_declared_as_started(behaviour: Behaviour, state: str, month: str) -> None:
    people = People("main", behaviour)
    (declaration,) = people.declarations("Dylan Rees")
    assert (declaration.declaration_type, declaration.state) == ("retained-1", state)
    assert people.month(declaration.statement_id) == month


@pytest.mark.parametrize(
    ("name", "providers", "declared_by"),
    [
        ("Megan Tyler", ["Northgate", "Northgate"], ["Northgate"]),
        ("Rowan Ashby", ["Northgate", "Northgate"], []),
        ("Imran Qureshi", ["Northgate", "nobody"], []),
        ("Priya Nair", ["Harbour", "Northgate"], ["Northgate", "Northgate", "Harbour"]),
        ("Beatriz Santos", ["Northgate", "Harbour"], ["Harbour", "Northgate"]),
        ("Haruto Sato", ["Meadow", "Northgate"], ["Northgate"]),
        ("Isobel Grant", ["Meadow", "Meadow"], ["Meadow"]),
    ],
)
def test_who_trained_those_that_moved(name: str, providers: list[str], declared_by: list[str]) -> None:
    people = People()
    assert people.providers(name) == providers
    newest, first = people.placements(name)
    assert newest.transfer
    assert (first.induction_status, first.transfer) == ("leaving", False)
    assert [people.provider(declaration.lead_provider_id) for declaration in people.declarations(name)] == declared_by


def test_isobel_kept_her_provider_at_a_school_that_has_none() -> None:
    people = People()
    partnership = people.reader.get(Partnership, people.placement("Isobel Grant").partnership_id or "")
    assert partnership is not None
    assert partnership.relationship


@pytest.mark.parametrize(("name", "provider"), [("Peter Lindqvist", "Northgate"), ("Hanna Virtanen", "Meadow")])
def test_challenged_partnerships_hide_people(name: str, provider: str) -> None:
    people = People()
    partnership = people.reader.get(Partnership, people.placement(name).partnership_id or "")
    assert partnership is not None
    assert people.providers(name) == [provider]
    assert partnership.challenged_at == people.participant(name).updated_at


@pytest.mark.parametrize(
    ("mentor", "ect", "mentors_with"),
    [("Gareth Pugh", "Lily Ferreira", ["Harbour"]), ("Susan Whitlock", "Jonah Ellis", ["nobody"])],
)
def test_unfunded_mentors_are_with_another_provider_or_with_none(
    mentor: str, ect: str, mentors_with: list[str]
) -> None:
    people = People()
    assert people.placement(ect).mentor_id == people.participant(mentor).id
    assert people.providers(ect) == ["Northgate"]
    assert people.providers(mentor) == mentors_with


def test_zoe_s_declarations_name_one_mentor_and_then_the_other() -> None:
    people = People()
    started, retained = people.declarations("Zoë Barnes")
    assert started.mentor_id == people.participant("Brian Castell").id
    assert retained.mentor_id == people.placement("Zoë Barnes").mentor_id == people.participant("Victor Osei").id


@pytest.mark.parametrize(("name", "mentors_with"), [("Owen Griffiths", "Northgate"), ("Nadia Hussain", "Harbour")])
def test_an_ect_may_have_become_a_mentor(name: str, mentors_with: str) -> None:
    people = People()
    assert people.provider(people.placement(name, "ect").lead_provider_id) == "Northgate"
    assert people.provider(people.placement(name, "mentor").lead_provider_id) == mentors_with
    assert people.record(name, "ect").induction_end_date is not None


@pytest.mark.parametrize(
    ("name", "on", "reason"),
    [
        ("Deborah Lane", date(2024, 5, 21), "completed_declaration_received"),
        ("Frances Okoro", date(2021, 4, 19), "completed_during_early_roll_out"),
        ("Ngozi Eze-Barnett", date(2024, 4, 3), "started_not_completed"),
    ],
)
def test_why_mentors_are_not_paid_for_any_more(name: str, on: date, reason: str) -> None:
    record = People().record(name)
    assert (record.mentor_funding_end_date, record.mentor_ineligible_for_funding_reason) == (on, reason)


def test_amelia_took_the_place_of_a_retired_id() -> None:
    people = People()
    amelia = people.participant("Amelia Stone").id
    (change,) = people.reader.find(IdChange, from_participant_id=RETIRED)
    assert change.to_participant_id == amelia
    assert "Amelia J Stone" not in people
    assert people.record("Amelia Stone", "mentor").participant_id == amelia
    assert people.placement("Rafael Ortiz").mentor_id == amelia
    courses = [declaration.course_identifier for declaration in people.declarations("Amelia Stone")]
    assert courses.count("ecf-mentor") == 1
    assert not people.reader.find(Placement, participant_id=RETIRED)


TO_2024 = ScheduleRequest(
    course_identifier="ecf-induction", schedule_identifier="ecf-standard-september", cohort="2024"
)
BACK = ScheduleRequest(course_identifier="ecf-induction", schedule_identifier="ecf-standard-september", cohort="2021")


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
@pytest.mark.parametrize(
    ("name", "provider", "request_", "allowed"),
    [
        ("Chidi Eze", "Northgate", TO_2024, True),
        ("Sofia Marino", "Northgate", BACK, True),
        ("Elif Demir", "Meadow", BACK, False),
        ("Grace Liu", "Northgate", TO_2024, False),
        ("Martin Kessler", "Northgate", TO_2024, False),
    ],
)
def test_who_may_move_out_of_the_closed_cohort_or_back(
    name: str, provider: str, request_: ScheduleRequest, allowed: bool, behaviour: Behaviour
) -> None:
    people = People("main", behaviour)
    call, id = call_of(provider, people, behaviour), people.participant(name).id
    with played("main", behaviour).write() as unit:
        if allowed:
            change_schedule(unit, call, id, request_)
        else:
            with pytest.raises(Refused):
                change_schedule(unit, call, id, request_)


def test_who_was_moved_out_of_the_closed_cohort() -> None:
    people = People()
    for name in ("Sofia Marino", "Elif Demir"):
        assert people.record(name).cohort_changed_after_payments_frozen
        assert [placement.cohort for placement in people.placements(name)] == ["2024", "2021"]
    assert not people.record("Chidi Eze").cohort_changed_after_payments_frozen


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
@pytest.mark.parametrize(
    ("name", "validation", "training", "participant", "states"),
    [
        ("Nathan Brooks", "contacted_for_information", "active", "active", {}),
        ("Stella Orme", "eligible_to_start", "deferred", "active", {}),
        ("Graham Tully", "eligible_to_start", "active", "withdrawn", {}),
        ("Lena Fischer", "eligible_to_start", "active", "joining", {}),
        ("Grace Liu", "eligible_to_start", "active", "active", {"started": "eligible"}),
        ("Chidi Eze", "eligible_to_start", "active", "active", {}),
    ],
)
def test_the_first_cohort_has_its_own_troubles(
    name: str, validation: str, training: str, participant: str, states: dict[str, str], behaviour: Behaviour
) -> None:
    people = People("first-cohort", behaviour)
    assert people.record(name).validation_status == validation
    assert (people.placement(name).training.status, people.status(name)) == (training, participant)
    assert people.states(name) == states


def test_some_schools_cannot_be_partnered_and_some_need_not() -> None:
    reader = People().reader
    schools = {school.urn: school for school in reader.all(School)}
    assert {urn for urn, school in schools.items() if not school.eligible_for_funding} == {"900408", "900409"}
    assert {urn for urn, school in schools.items() if school.school_led_only} == {"900410", "900411"}
    for urn in ("900405", "900406", "900407"):
        assert not [p for p in reader.find(Partnership, school_id=schools[urn].id, cohort="2024") if not p.relationship]
    assert {school.programmes.get("2024") for school in schools.values()} == {
        None,
        "provider_led",
        "school_led",
        "no_early_career_teachers",
    }
    assert schools["900409"].induction_tutor_name is None
