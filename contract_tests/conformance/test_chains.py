"""What was written is what is read."""

from __future__ import annotations

from contract_tests.api import Api, Reply
from contract_tests.errors import ContractBroken, ReadOnly, Unavailable
from contract_tests.marks import checks, only
from contract_tests.rules.partnership_offers import PARTNERSHIPS, offers
from contract_tests.target import Target
from contract_tests.target.backstage import Backstage

DECLARATIONS = "/participant-declarations"


@checks("check.written-is-read")
def test_a_declaration_is_read_as_it_was_made_and_as_it_was_voided(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    dated = someone.milestone().middle
    made = api.declare(someone.id, "started", dated).shows(
        participant_id=someone.id,
        declaration_type="started",
        declaration_date=f"{dated:%Y-%m-%dT%H:%M:%SZ}",
        course_identifier=someone.course,
    )
    reads_the_same(api, f"{DECLARATIONS}/{made.id}", made)
    is_listed(api, DECLARATIONS, made, **{"filter[participant_id]": someone.id})
    voided = api.void(made.id).shows(state="voided")
    reads_the_same(api, f"{DECLARATIONS}/{made.id}", voided)
    is_listed(api, DECLARATIONS, voided, **{"filter[participant_id]": someone.id})


@checks("check.written-is-read")
def test_a_deferral_and_a_return_are_read(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    api.defer(someone.id, "career-break", someone.course).is_accepted()
    has_status(api, someone.id, someone.course, "deferred")
    api.resume(someone.id, someone.course).is_accepted()
    has_status(api, someone.id, someone.course, "active")


@checks("check.written-is-read")
def test_a_withdrawal_is_read(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(declared=["started"])
    api.withdraw(someone.id, "moved-school", someone.course).is_accepted()
    has_status(api, someone.id, someone.course, "withdrawn")
    api.resume(someone.id, someone.course).is_accepted()
    has_status(api, someone.id, someone.course, "active")


@checks("check.written-is-read")
def test_another_schedule_is_read(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    for schedule in ("ecf-standard-january", someone.schedule):
        changed = api.change_schedule(someone.id, schedule, someone.course).is_accepted()
        reads_the_same(api, f"/participants/ecf/{someone.id}", changed)
        shown = api.enrolment(someone.id, someone.course)["schedule_identifier"]
        if shown != schedule:
            raise ContractBroken("check.written-is-read", f"the schedule {schedule} of {someone.id}", shown)


@checks("check.written-is-read")
@only("v3")
def test_a_partnership_is_read_as_it_was_confirmed_and_as_it_was_changed(
    api: Api, backstage: Backstage, target: Target
) -> None:
    if not target.writes:
        raise ReadOnly
    offer = next(offers(api), None)
    if offer is None:
        raise Unavailable("no school that has chosen provider-led training and has no provider yet")
    made = api.post(PARTNERSHIPS, **offer._asdict()).shows(**offer._asdict(), status="active")
    reads_the_same(api, f"{PARTNERSHIPS}/{made.id}", made)
    is_listed(api, PARTNERSHIPS, made, **{"filter[cohort]": offer.cohort})
    partners = api.get("/delivery-partners", **{"filter[cohort]": offer.cohort}).ids
    other = next((id for id in partners if id != offer.delivery_partner_id), offer.delivery_partner_id)
    changed = api.put(f"{PARTNERSHIPS}/{made.id}", delivery_partner_id=other).shows(delivery_partner_id=other)
    reads_the_same(api, f"{PARTNERSHIPS}/{made.id}", changed)
    is_listed(api, PARTNERSHIPS, changed, **{"filter[cohort]": offer.cohort})


def reads_the_same(api: Api, path: str, written: Reply) -> None:
    """Raises ContractBroken unless what was answered to a write is what is read after it."""
    read = api.get(path)
    if read.data != written.data:
        raise ContractBroken("check.written-is-read", str(written.data), str(read.data), read.exchange)


def is_listed(api: Api, path: str, written: Reply, **query: str) -> None:
    """Raises ContractBroken unless a list shows what was written, once."""
    found = [resource for resource in api.every(path, **query) if resource["id"] == written.id]
    if found != [written.data]:
        raise ContractBroken("check.written-is-read", f"once in {path}: {written.data}", str(found))


def has_status(api: Api, participant_id: str, course: str, status: str) -> None:
    """Raises ContractBroken unless a training is shown with this status."""
    shown = api.enrolment(participant_id, course)["training_status"]
    if shown != status:
        raise ContractBroken("check.written-is-read", f"the training of {participant_id} {status}", shown)
