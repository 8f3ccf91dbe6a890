"""An id that the DfE retired leads to the participant that took its place."""

from __future__ import annotations

from contract_tests.api import Api
from contract_tests.errors import Unavailable, require_equal
from contract_tests.lists import DECLARATIONS, NOBODY, PARTICIPANTS
from contract_tests.marks import accepts, only, refuses
from contract_tests.target.backstage import Backstage

SPRING = "2025-02-03T09:00:00Z"


@only("v3")
@accepts("id-change", "read.from-participant-id")
def test_whoever_took_the_place_of_a_retired_id_is_found_by_it(api: Api) -> None:
    changes = [
        change for person in api.every(PARTICIPANTS) for change in person["attributes"]["participant_id_changes"]
    ]
    if not changes:
        raise Unavailable("nobody who took the place of a retired id")
    for change in changes[:3]:
        old, new = change["from_participant_id"], change["to_participant_id"]
        require_equal([new], api.get(PARTICIPANTS, **{"filter[from_participant_id]": old}).ids)
        api.get(f"{PARTICIPANTS}/{old}").is_refused(404)
        require_equal([], api.get(PARTICIPANTS, **{"filter[from_participant_id]": new}).ids)


@accepts("read.from-participant-id")
def test_an_id_that_was_never_retired_finds_nobody(api: Api) -> None:
    for id in (NOBODY, "jane"):
        require_equal([], api.get(PARTICIPANTS, **{"filter[from_participant_id]": id}).ids)


@only("v3")
@accepts("id-change", "read.from-participant-id")
def test_v3_lists_the_change_with_the_one_that_remains(api: Api, backstage: Backstage) -> None:
    old, new = _merged(backstage)
    (change,) = api.get(f"{PARTICIPANTS}/{new}").attributes["participant_id_changes"]
    require_equal((old, new), (change["from_participant_id"], change["to_participant_id"]))
    require_equal([new], api.get(PARTICIPANTS, **{"filter[from_participant_id]": old}).ids)


@only("v3")
@refuses("path.unknown")
@accepts("id-change", "read.from-participant-id")
def test_whoever_took_the_place_of_one_who_took_anothers_is_found_by_either(api: Api, backstage: Backstage) -> None:
    first, second = _merged(backstage)
    last = backstage.person("mentor").id
    backstage.act("POST", f"/participants/{second}/merge", into=last)
    changes = api.get(f"{PARTICIPANTS}/{last}").attributes["participant_id_changes"]
    ids = {(change["from_participant_id"], change["to_participant_id"]) for change in changes}
    require_equal({(first, second), (second, last)}, ids)
    for retired in (first, second):
        require_equal([last], api.get(PARTICIPANTS, **{"filter[from_participant_id]": retired}).ids)
        api.get(f"{PARTICIPANTS}/{retired}").is_refused(404)


@refuses("path.unknown")
@accepts("id-change")
def test_what_was_declared_under_it_is_found_under_the_one_that_remains(api: Api, backstage: Backstage) -> None:
    old, new = _merged(backstage)
    (declared,) = api.get(DECLARATIONS, **{"filter[participant_id]": new}).data
    require_equal(new, declared["attributes"]["participant_id"])
    require_equal([], api.get(DECLARATIONS, **{"filter[participant_id]": old}).data)
    api.get(f"{PARTICIPANTS}/{old}").is_refused(404)
    listed = [person["id"] for person in api.every(PARTICIPANTS)]
    require_equal((False, True), (old in listed, new in listed))


@accepts("id-change")
def test_what_is_asked_under_it_is_done_to_the_one_that_remains(api: Api, backstage: Backstage) -> None:
    old, new = _merged(backstage)
    require_equal(new, api.defer(old).id)
    api.shows_training(new, training_status="deferred")
    require_equal(new, api.resume(old).id)
    declared = api.at(SPRING).declare(old, "retained-1", SPRING)
    require_equal(new, declared.attributes["participant_id"])


def _merged(backstage: Backstage) -> tuple[str, str]:
    """The id of an ECT who has started, retired in favour of that of the mentor they are as well; and that."""
    old, new = backstage.person("ect", declared=["started"]).id, backstage.person("mentor").id
    backstage.act("POST", f"/participants/{old}/merge", into=new)
    return old, new
