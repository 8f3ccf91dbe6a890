"""`filter`: what it has to be, and what is found by it."""

from __future__ import annotations

from typing import Final

from contract_tests.api import Api, enrolments
from contract_tests.documents import operations, parameters
from contract_tests.errors import require_equal
from contract_tests.lists import DECLARATIONS, NOBODY, PARTICIPANTS, Query, alike, reads, some
from contract_tests.marks import accepts, only, refuses
from contract_tests.rules.partnership_offers import PARTNERSHIPS
from contract_tests.target.backstage import Backstage

NO_COHORT, LATER = {"filter[cohort]": "1999"}, {"filter[updated_since]": "2199-01-01T00:00:00Z"}
LEFT_OUT: Final[dict[str, tuple[Query, ...]]] = {  # of what is asked for by its id as well as of its list
    f"{PARTICIPANTS}/{{id}}": (NO_COHORT, LATER),
    f"{PARTICIPANTS}/{{id}}/transfers": (LATER,),
    "/schools/ecf/{id}": (NO_COHORT, LATER),
    "/statements/{id}": ({"filter[type]": "npq"},),
    "/unfunded-mentors/ecf/{id}": (LATER,),
}
OF_NOBODY, THROUGH_NOBODY = {"filter[participant_id]": NOBODY}, {"filter[delivery_partner_id]": NOBODY}
STILL_FOUND: Final[dict[str, tuple[Query, ...]]] = {
    "/statements/{id}": (NO_COHORT, LATER, {"filter[type]": "ecf"}),
    "/partnerships/ecf/{id}": (NO_COHORT, LATER),
    "/delivery-partners/{id}": (NO_COHORT,),
}


@accepts("read.cohort-filter", "read.updated-since")
def test_some_filters_of_a_list_leave_out_what_is_asked_for_by_its_id_and_others_do_not(api: Api) -> None:
    for path, needed in reads(api.version):
        known = path in LEFT_OUT or path in STILL_FOUND
        for record in api.get(path.replace("/{id}", ""), **needed).data[:1] if known else ():
            alone = path.format(id=record["id"])
            for query in LEFT_OUT.get(path, ()):
                api.get(alone, **needed | query).is_refused(404)
            for query in STILL_FOUND.get(path, ()):
                require_equal(record["id"], api.get(alone, **needed | query).id)


@accepts("read.participant-id")
def test_of_a_single_declaration_v1_and_v2_ask_by_each_filter_of_theirs_and_v3_by_the_cohort_alone(api: Api) -> None:
    leave_out, do_not = ([OF_NOBODY, LATER], [NO_COHORT, THROUGH_NOBODY])
    if api.version == "v3":
        leave_out, do_not = [NO_COHORT], [OF_NOBODY, LATER, THROUGH_NOBODY]
    (one,) = some(api, DECLARATIONS, 1)
    for query in leave_out:
        api.get(f"{DECLARATIONS}/{one['id']}", **query).is_refused(404)
    for query in do_not:
        require_equal(one["id"], api.get(f"{DECLARATIONS}/{one['id']}", **query).id)


@refuses("read.filter-object")
def test_a_filter_that_is_no_object_is_refused_wherever_something_is_read(api: Api, version: str) -> None:
    for path, _ in reads(version):
        for value in ("2024", ""):
            api.get(path.replace("{id}", NOBODY), filter=value).is_refused(400, "Bad parameter")


@refuses("read.filter-object")
def test_so_it_is_wherever_something_is_changed(api: Api, backstage: Backstage, version: str) -> None:
    someone = backstage.person()
    reason = {"reason": "other", "course_identifier": someone.course}
    with api.nothing_changes(someone.id):
        for operation in operations(version):
            if operation.method != "GET" and any(said["name"] == "filter" for said in parameters(operation)):
                path = operation.path.replace("{id}", someone.id)
                for body in ({"data": {"attributes": reason}}, {}):
                    refused = api.send(operation.method, path, params={"filter": "2024"}, json=body)
                    refused.is_refused(400, "Bad parameter")


@accepts("read.filter-object")
def test_there_one_that_is_an_object_is_not_looked_at(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    path = f"{PARTICIPANTS}/{someone.id}/defer?filter[cohort]=1999&filter[updated_since]=never"
    api.put(path, reason="other", course_identifier=someone.course).is_accepted()
    api.shows_training(someone.id, training_status="deferred")


@accepts("read.filter-object")
def test_a_filter_that_is_one_is_read_and_names_nobody_knows_are_ignored(api: Api) -> None:
    for path in (PARTICIPANTS, DECLARATIONS):
        alike(api, path, {}, {"filter[colour]": "blue"})


@refuses("read.participant-id")
def test_what_can_be_no_participants_id_is_refused_in_v1_and_v2(api: Api) -> None:
    api.get(DECLARATIONS, **{"filter[participant_id]": "jane"}).is_refused(400, "Bad request")


@accepts("read.participant-id")
def test_the_declarations_of_one_participant_are_found(api: Api) -> None:
    (one,) = some(api, DECLARATIONS, 1)
    id = one["attributes"]["participant_id"]
    found = api.get(DECLARATIONS, **{"filter[participant_id]": id}).data
    require_equal({id}, {declaration["attributes"]["participant_id"] for declaration in found})
    require_equal(True, one["id"] in [declaration["id"] for declaration in found])
    require_equal([], api.get(DECLARATIONS, **{"filter[participant_id]": NOBODY}).data)


@only("v3")
@accepts("read.participant-id")
def test_v3_finds_those_of_several_and_takes_any_text(api: Api) -> None:
    listed = some(api, DECLARATIONS, 20)
    ids = sorted({declaration["attributes"]["participant_id"] for declaration in listed})[:2]
    found = api.get(DECLARATIONS, **{"filter[participant_id]": ",".join(ids)}).data
    require_equal(ids, sorted({declaration["attributes"]["participant_id"] for declaration in found}))
    require_equal([], api.get(DECLARATIONS, **{"filter[participant_id]": "jane"}).data)


@only("v3")
@accepts("read.participant-id")
def test_v3_finds_those_of_a_delivery_partner(api: Api) -> None:
    partners = [partner["id"] for partner in some(api, "/delivery-partners", 2)][:2]
    for path in (DECLARATIONS, PARTNERSHIPS):
        everything = [(each["id"], each["attributes"]["delivery_partner_id"]) for each in api.every(path)]
        for asked in ([partners[0]], [partners[1]], partners):
            found = api.every(path, **{"filter[delivery_partner_id]": ",".join(asked)})
            require_equal([id for id, partner in everything if partner in asked], [each["id"] for each in found])
        require_equal([], api.get(path, **{"filter[delivery_partner_id]": NOBODY}).data)


@refuses("read.null-byte")
def test_a_urn_with_a_null_byte_is_refused(api: Api) -> None:
    api.send("GET", "/schools/ecf?filter[cohort]=2024&filter[urn]=%00").is_refused(400, "Bad request")


@accepts("read.null-byte")
def test_any_other_text_is_looked_for_as_a_urn(api: Api) -> None:
    require_equal([], api.get("/schools/ecf", **{"filter[cohort]": "2024", "filter[urn]": "none"}).data)
    (school,) = some(api, "/schools/ecf", 1, **{"filter[cohort]": "2024"})
    urn = school["attributes"]["urn"]
    for text, found in ((urn, [school["id"]]), (f" {urn}", []), (f"{urn} ", []), (urn[:-1], []), (f"{urn},{urn}", [])):
        require_equal(found, api.get("/schools/ecf", **{"filter[cohort]": "2024", "filter[urn]": text}).ids)


@refuses("read.training-status")
def test_a_training_status_there_is_not_is_refused(api: Api) -> None:
    for status in ("paused", "Active", " active", "active "):
        api.get(PARTICIPANTS, **{"filter[training_status]": status}).is_refused(400, "Bad request")


@accepts("read.training-status")
def test_those_of_a_training_status_are_found(api: Api) -> None:
    some(api, PARTICIPANTS, 1)
    for status in ("active", "deferred", "withdrawn"):
        for person in api.get(PARTICIPANTS, **{"filter[training_status]": status}).data:
            statuses = [enrolment["training_status"] for enrolment in person["attributes"]["ecf_enrolments"]]
            require_equal(True, status in statuses)


@only("v3")
@accepts("read.training-status")
def test_who_trains_as_both_is_of_the_status_of_either(api: Api, stage: Backstage) -> None:
    someone = stage.person(status="deferred").id
    as_mentor = {"participant_id": someone, "participant_type": "mentor", "cohort": "2024"}
    stage.act("POST", "/participants", **as_mentor)
    statuses = sorted(
        enrolment["training_status"] for enrolment in enrolments(api.get(f"{PARTICIPANTS}/{someone}").data)
    )
    require_equal(["active", "deferred"], statuses)
    for status, found in (("active", True), ("deferred", True), ("withdrawn", False)):
        listed = {person["id"] for person in api.every(PARTICIPANTS, **{"filter[training_status]": status})}
        require_equal(found, someone in listed)


@accepts("read.training-status")
def test_everybody_is_of_some_training_status(api: Api) -> None:
    for person in some(api, PARTICIPANTS, 3):
        for enrolment in person["attributes"]["ecf_enrolments"]:
            found = api.every(PARTICIPANTS, **{"filter[training_status]": enrolment["training_status"]})
            require_equal(True, person["id"] in [other["id"] for other in found])
