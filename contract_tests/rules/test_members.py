"""What a member of a body may be besides a text: nothing, a number, a list, an object."""

from __future__ import annotations

from typing import Any, Final

import pytest

from contract_tests.api import Api
from contract_tests.errors import LeftOut, require_equal
from contract_tests.marks import accepts, behaviour, only, refuses
from contract_tests.rules.partnership_offers import PARTNERSHIPS, free, no_partnership_changes, partnership
from contract_tests.target import Target
from contract_tests.target.backstage import Backstage

REDUCED: Final = "ecf-reduced-september"
NOTHING: Final[tuple[Any, ...]] = (None, "", "  ")


def _no_texts(text: str) -> tuple[Any, ...]:
    """What counts as not sent, though the text is in it."""
    return [text], {"x": text}, [[text]], []


@accepts("sched.identifier")
def test_a_cohort_to_move_to_that_is_blank_is_the_one_that_they_are_in(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(cohort="2023")
    for number, cohort in enumerate(NOTHING):
        to = (REDUCED, "ecf-extended-september")[number % 2]
        api.change_schedule(someone.id, to, cohort=cohort).is_accepted()
        api.shows_training(someone.id, schedule_identifier=to, cohort="2023")


@behaviour("deployed")
@accepts("sched.identifier")
def test_so_it_is_to_the_deployed_service_with_a_list_or_an_object(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(cohort="2024")
    for number, cohort in enumerate(_no_texts("2023")):
        to = (REDUCED, "ecf-extended-september")[number % 2]
        api.change_schedule(someone.id, to, cohort=cohort).is_accepted()
        api.shows_training(someone.id, schedule_identifier=to, cohort="2024")


@refuses("participant.course-matches", "defer.reason", "sched.identifier")
def test_a_list_with_a_text_in_it_is_not_that_text(api: Api, backstage: Backstage, target: Target) -> None:
    if not target.sandbox:
        raise LeftOut("it sends lists for texts, of which only the sandbox says what becomes of them")
    someone = backstage.person()
    path = f"/participants/ecf/{someone.id}"
    with api.nothing_changes(someone.id):
        for odd in _no_texts("other"):
            api.put(f"{path}/defer", reason=odd, course_identifier=someone.course).is_refused(422, "reason")
        for odd in _no_texts(someone.course):
            api.put(f"{path}/defer", reason="other", course_identifier=odd).is_refused(422, "course_identifier")
            api.put(f"{path}/resume", course_identifier=odd).is_refused(422, "course_identifier")
        for odd in _no_texts(REDUCED):
            api.change_schedule(someone.id, odd).is_refused(422, "schedule_identifier")


@refuses("decl.participant-known", "decl.type-given", "decl.date-given", "decl.evidence")
def test_nor_is_it_in_a_declaration(api: Api, backstage: Backstage, target: Target) -> None:
    if not target.sandbox:
        raise LeftOut("it sends lists for texts, of which only the sandbox says what becomes of them")
    someone = backstage.person()
    dated = f"{someone.milestone().middle:%Y-%m-%dT%H:%M:%SZ}"
    later = someone.milestone("retained-1")
    with api.nothing_changes(someone.id):
        for odd in _no_texts(someone.id):
            api.declare(odd, "started", dated).is_refused(422, "participant_id")
        for odd in _no_texts("started"):
            api.declare(someone.id, odd, dated).is_refused(422, "declaration_type")
        for odd in _no_texts(dated):
            told = {"participant_id": someone.id, "declaration_type": "started", "course_identifier": someone.course}
            api.post("/participant-declarations", declaration_date=odd, **told).is_refused(422, "declaration_date")
        for odd in _no_texts("other"):
            then = api.at(later.middle)
            then.declare(someone.id, "retained-1", later.middle, evidence_held=odd).is_refused(422, "evidence_held")


@only("v3")
@behaviour("deployed")
@pytest.mark.parametrize("spelt", [int, lambda year: f"{year}x", lambda year: f" {year} ", lambda year: f"+{year}"])
@accepts("part.cohort")
def test_the_year_of_a_partnership_is_read_as_a_number(api: Api, spelt: Any) -> None:
    offer = free(api)
    made = api.confirm_partnership(offer.school_id, offer.delivery_partner_id, spelt(offer.cohort))
    made.is_accepted().shows(**offer._asdict())


@only("v3")
@refuses("part.school-given", "part.delivery-partner-given")
def test_nor_is_a_list_in_a_partnership_what_is_in_it(api: Api, target: Target) -> None:
    if not target.sandbox:
        raise LeftOut("it sends lists for texts, of which only the sandbox says what becomes of them")
    offer, standing = free(api), partnership(api)
    same = standing["attributes"]["delivery_partner_id"]
    with no_partnership_changes(api):
        for odd in _no_texts(offer.delivery_partner_id):
            sent = offer._asdict() | {"delivery_partner_id": odd}
            require_equal(["delivery_partner_id"], api.post(PARTNERSHIPS, **sent).titles)
        for odd in _no_texts(offer.school_id):
            sent = offer._asdict() | {"school_id": odd}
            require_equal("school_id", api.post(PARTNERSHIPS, **sent).titles[0])
        for odd in _no_texts(same):
            changed = api.put(f"{PARTNERSHIPS}/{standing['id']}", delivery_partner_id=odd)
            changed.is_refused(422, "delivery_partner_id")
