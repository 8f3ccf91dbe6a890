"""An id that the DfE retired leads to the participant that took its place."""

from __future__ import annotations

from contract_tests.api import Api
from contract_tests.backstage import Backstage
from contract_tests.broken import NotHere, must_be
from contract_tests.lists import DECLARATIONS, NOBODY, PARTICIPANTS
from contract_tests.marks import accepts, only, refuses


@only("v3")
@accepts("id-change", "read.from-participant-id")
def test_whoever_took_the_place_of_a_retired_id_is_found_by_it(api: Api) -> None:
    changes = [
        change for person in api.every(PARTICIPANTS) for change in person["attributes"]["participant_id_changes"]
    ]
    if not changes:
        raise NotHere("somebody who took the place of a retired id")
    for change in changes[:3]:
        old, new = change["from_participant_id"], change["to_participant_id"]
        must_be([new], api.get(PARTICIPANTS, **{"filter[from_participant_id]": old}).ids)
        api.get(f"{PARTICIPANTS}/{old}").is_refused(404)
        must_be([], api.get(PARTICIPANTS, **{"filter[from_participant_id]": new}).ids)


@accepts("read.from-participant-id")
def test_an_id_that_was_never_retired_finds_nobody(api: Api) -> None:
    for id in (NOBODY, "jane"):
        must_be([], api.get(PARTICIPANTS, **{"filter[from_participant_id]": id}).ids)


@only("v3")
@accepts("id-change", "read.from-participant-id")
def test_v3_lists_the_change_with_the_one_that_remains(api: Api, backstage: Backstage) -> None:
    old, new = _merged(backstage)
    (change,) = api.get(f"{PARTICIPANTS}/{new}").attributes["participant_id_changes"]
    must_be((old, new), (change["from_participant_id"], change["to_participant_id"]))
    must_be([new], api.get(PARTICIPANTS, **{"filter[from_participant_id]": old}).ids)


@refuses("path.unknown")
@accepts("id-change")
def test_what_was_declared_under_it_is_found_under_the_one_that_remains(api: Api, backstage: Backstage) -> None:
    old, new = _merged(backstage)
    (declared,) = api.get(DECLARATIONS, **{"filter[participant_id]": new}).data
    must_be(new, declared["attributes"]["participant_id"])
    must_be([], api.get(DECLARATIONS, **{"filter[participant_id]": old}).data)
    api.get(f"{PARTICIPANTS}/{old}").is_refused(404)
    listed = [person["id"] for person in api.every(PARTICIPANTS)]
    must_be((False, True), (old in listed, new in listed))


@accepts("id-change")
def test_what_is_asked_under_it_is_done_to_the_one_that_remains(api: Api, backstage: Backstage) -> None:
    old, new = _merged(backstage)
    must_be(new, api.defer(old, course="ecf-mentor").id)
    api.shows_training(new, "ecf-mentor", training_status="deferred")
    must_be(new, api.resume(old, course="ecf-mentor").id)
    declared = api.declare(old, "started", "2024-11-01T09:00:00Z", course_identifier="ecf-mentor")
    must_be(new, declared.attributes["participant_id"])


def _merged(backstage: Backstage) -> tuple[str, str]:
    """The id of an ECT who has started, retired in favour of that of the mentor they are as well; and that."""
    old, new = backstage.person("ect", declared=["started"]).id, backstage.person("mentor").id
    backstage.act("POST", f"/participants/{old}/merge", into=new)
    return old, new
