"""`X-With-Server-Date`: the time at which one request happens."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from contract_tests.api import Api
from contract_tests.errors import ReadOnly, Unavailable, require, require_equal
from contract_tests.lists import PARTICIPANTS, reads, some
from contract_tests.marks import accepts, behaviour, only, refuses
from contract_tests.rules.schools import SEPTEMBER, register
from contract_tests.target.backstage import Backstage

NO_TIMES = ("", "yesterday", "1731661200", "2024-11-15", "2024-11-15 09:00:00Z", "2024-13-01T00:00:00Z")
LONG_AGO, LATER = "2001-01-01T00:00:00Z", "2024-12-24T16:30:01Z"


@refuses("clock.header-bad")
def test_what_is_no_time_is_refused_by_every_read(api: Api, version: str) -> None:
    for path, needed in reads(version):
        for text in NO_TIMES:
            reply = api.at(text).get(path.replace("{id}", "x"), **needed)
            reply.is_refused(400, "Bad request")


@refuses("clock.header-bad")
def test_what_is_no_time_is_refused_by_writes(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        for text in NO_TIMES:
            api.at(text).defer(someone.id).is_refused(400, "Bad request")
            api.at(text).declare(someone.id, "started", someone.milestone().middle).is_refused(400, "Bad request")


@accepts("clock.header-bad")
def test_a_time_of_any_zone_is_taken(api: Api) -> None:
    for time in ("2022-06-01T12:00:00Z", "2022-06-01T12:00:00.123456+05:30", "2030-01-01T00:00:00-01:00"):
        api.at(time).get(PARTICIPANTS).is_accepted()


@only("v3")
@accepts("clock.header")
def test_it_decides_what_statuses_say(api: Api, backstage: Backstage) -> None:
    path = f"{PARTICIPANTS}/{_somebody(api, backstage)}"
    now = [each["participant_status"] for each in api.get(path).attributes["ecf_enrolments"]]
    if now != ["active"]:
        raise Unavailable("somebody on two courses as the first of those whose training is active")
    (then,) = api.at(LONG_AGO).get(path).attributes["ecf_enrolments"]
    require_equal("joining", then["participant_status"])


def _somebody(api: Api, backstage: Backstage) -> str:
    """Somebody in training on whom no scenario has acted: as documented, it is their present that is shown of them."""
    try:
        return backstage.person().id
    except ReadOnly:
        return str(some(api, PARTICIPANTS, 1, **{"filter[training_status]": "active"})[0]["id"])


@accepts("clock.header")
def test_it_decides_what_may_be_declared(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(cohort="2024")
    at = someone.milestone().middle
    with api.nothing_changes(someone.id):
        api.at(at - timedelta(days=1)).declare(someone.id, "started", at).is_refused(422, "declaration_date")
    declared = api.at(at + timedelta(days=1)).declare(someone.id, "started", at).is_accepted()
    api.void(declared.id).is_accepted()


@only("v3")
@accepts("clock.header", "status.derive")
def test_the_day_that_it_is_is_that_of_utc_in_whichever_zone_it_is_told(api: Api, stage: Backstage) -> None:
    someone, last = register(stage), tomorrow(stage).replace(hour=0, minute=0, second=0)
    stage.act("POST", f"/participants/{someone}/leave", on=last.date().isoformat())
    for hours in (-9.5, 5.5):
        zone = timezone(timedelta(hours=hours))
        for at, status in ((last - timedelta(seconds=1), "leaving"), (last, "left")):
            api.at(at.astimezone(zone).isoformat()).shows_training(someone, participant_status=status)


@accepts("clock.header")
def test_whatever_is_changed_is_written_down_at_that_time(api: Api, backstage: Backstage) -> None:
    someone, then = backstage.person(), tomorrow(backstage)
    written = then.astimezone(timezone(timedelta(hours=1))).isoformat()
    require_equal(shown(then), api.at(written).defer(someone.id).attributes["updated_at"])
    api.at(then + timedelta(seconds=1)).shows_training(someone.id, training_status="deferred")


@behaviour("documented")
@accepts("clock.header")
def test_and_at_that_time_only(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    api.at(tomorrow(backstage)).defer(someone.id).is_accepted()
    before = backstage.now
    resumed = api.resume(someone.id).attributes["updated_at"]
    require(backstage.is_between(before, resumed), "check.shows", f"something changed at {before}", resumed)


@only("v3")
@behaviour("deployed")
@accepts("clock.header")
def test_the_deployed_service_shows_the_latest_of_all_times_so_that_none_goes_back(
    api: Api, backstage: Backstage
) -> None:
    someone, then = backstage.person(), tomorrow(backstage)
    if api.enrolment(someone.id)["participant_status"] != "active":  # what is still to begin changes in place
        raise Unavailable("nobody who is at a school now")
    api.at(then).defer(someone.id).is_accepted()
    require_equal(shown(then), api.resume(someone.id).attributes["updated_at"])


@behaviour("deployed")
@accepts("clock.header")
def test_so_it_is_whatever_was_changed_later_than_what_was_changed_last(api: Api, stage: Backstage) -> None:
    registered, validated, leaving, gone = (register(stage, at=at) for at in (LATER, SEPTEMBER, SEPTEMBER, SEPTEMBER))
    stage.act("POST", f"/participants/{validated}/validate", at=LATER, status="checking_qts")
    stage.act("POST", f"/participants/{leaving}/leave", at=LATER, on=LATER[:10])
    stage.act("POST", f"/participants/{gone}/leave", on="2024-11-01")
    stage.act("PATCH", f"/participants/{gone}", at=LATER, email="ada@second.example")
    api.defer(registered).is_accepted()
    stage.act("PATCH", f"/participants/{validated}", full_name="Ada Second")
    stage.act("POST", f"/participants/{leaving}/validate", status="checking_qts")
    api.defer(gone).is_accepted()
    for someone in (registered, validated, leaving, *([gone] if api.version == "v3" else [])):
        require_equal(LATER, api.get(f"{PARTICIPANTS}/{someone}").attributes["updated_at"])


@only("v3")
@behaviour("deployed")
@accepts("status.derive")
def test_who_was_acted_on_is_joining_an_hour_before_that(api: Api, backstage: Backstage) -> None:
    person = backstage.person()
    if api.enrolment(person.id)["participant_status"] != "active":  # as of who was acted on at a later time
        raise Unavailable("nobody who is at a school now")
    api.defer(person.id).is_accepted()
    api.shows_training(person.id, participant_status="active")
    api.at(backstage.now - timedelta(hours=1)).shows_training(person.id, participant_status="joining")
    api.shows_training(person.id, participant_status="active")


def tomorrow(backstage: Backstage) -> datetime:
    """The same time of the next day, whatever the target's clock says."""
    return (backstage.now + timedelta(days=1)).replace(microsecond=0)


def shown(moment: datetime) -> str:
    """A moment as it is shown."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
