"""Paths, and the methods they have."""

from __future__ import annotations

from typing import Final

from contract_tests.api import Api
from contract_tests.documents import operations
from contract_tests.errors import ContractBroken, LeftOut, require_equal
from contract_tests.lists import DECLARATIONS, NOBODY, PARTICIPANTS, Query, lists, reads, some, undisturbed
from contract_tests.marks import accepts, behaviour, only, refuses
from contract_tests.target import Target
from contract_tests.target.backstage import Backstage

CHANGES: Final = ("defer", "resume", "withdraw", "change-schedule")


@refuses("path.unknown")
def test_a_path_that_no_document_has_is_not_found(api: Api) -> None:
    for path in ("/", "/nothing", "/participants/ecf/x/y/z", "/participant-declarations/x/y"):
        api.send("GET", path, {"Accept": "application/json"}).is_refused(404)


@refuses("path.unknown")
def test_that_is_so_for_whoever_asks_and_a_path_in_capitals_is_another(api: Api) -> None:
    for path in ("/nothing", "/Participant-declarations"):
        for token in (api.token, None):
            api.with_token(token).send("GET", path, {"Accept": "application/json"}).is_refused(404)


@refuses("path.unknown")
def test_an_id_that_is_nobodys_or_no_id_at_all_is_not_found(api: Api, version: str) -> None:
    for path, needed in reads(version):
        if "{id}" in path:
            for id in (NOBODY, "jane", "1"):
                api.get(path.replace("{id}", id), **needed).is_refused(404)


@refuses("path.unknown")
def test_a_record_of_another_kind_is_not_found(api: Api) -> None:
    (declaration,) = some(api, DECLARATIONS, 1)
    (participant,) = some(api, PARTICIPANTS, 1)
    api.get(f"{PARTICIPANTS}/{declaration['id']}").is_refused(404)
    api.get(f"{DECLARATIONS}/{participant['id']}").is_refused(404)


@refuses("path.unknown")
def test_a_declaration_there_is_not_cannot_be_voided(api: Api, backstage: Backstage) -> None:
    backstage.may_write()
    for id in (NOBODY, "jane"):
        api.void(id).is_refused(404)


@behaviour("documented")
@refuses("path.unknown")
def test_with_nothing_where_its_id_belongs_it_is_no_path(
    api: Api, backstage: Backstage, target: Target, version: str
) -> None:
    if not target.sandbox:
        raise LeftOut("it sends two slashes where a gateway may take them for one")
    backstage.may_write()
    for operation in operations(version):
        if "{id}/" in operation.path:
            attributes = {"reason": "other", "course_identifier": "ecf-induction"}
            body = None if operation.method == "GET" else {"data": {"attributes": attributes}}
            api.send(operation.method, operation.path.replace("{id}", ""), json=body).is_refused(404)


@only("v1", "v2")
@refuses("path.unknown")
def test_v1_and_v2_have_nobody_by_an_id_without_ecf_in_the_path(api: Api) -> None:
    (person,) = some(api, PARTICIPANTS, 1)
    api.send("GET", f"/participants/{person['id']}", {"Accept": "application/json"}).is_refused(404)


@accepts("path.unknown")
def test_whatever_is_listed_is_found_by_its_id(api: Api, version: str) -> None:
    singles = {path: needed for path, needed in reads(version) if path.endswith("/{id}")}
    for path, needed in lists(version):
        if f"{path}/{{id}}" in singles:
            for id in api.get(path, **needed).ids[:2]:
                require_equal(id, api.get(f"{path}/{id}", **needed).id)


@only("v1", "v2")
@accepts("path.unknown")
def test_v1_and_v2_list_participants_without_ecf_in_the_path_too(api: Api) -> None:
    query: Query = {"page[page]": "2", "page[per_page]": "5"}
    undisturbed(
        lambda: api.get(PARTICIPANTS, **query).data,
        lambda listed: require_equal(listed, api.get("/participants", **query).data),
    )


@only("v1")
@accepts("path.unknown")
def test_v1_changes_participants_without_ecf_in_the_path_too(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    path = f"/participants/{someone.id}"
    api.put(f"{path}/defer", reason="other", course_identifier=someone.course).is_accepted()
    api.shows_training(someone.id, training_status="deferred")
    api.put(f"{path}/resume", course_identifier=someone.course).is_accepted()
    api.shows_training(someone.id, training_status="active")


@only("v2", "v3")
@refuses("path.unknown")
def test_v2_and_v3_do_not(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        for change in CHANGES:
            path = f"/participants/{someone.id}/{change}"
            api.put(path, reason="other", course_identifier=someone.course).is_refused(404)


@refuses("method.unknown")
def test_a_path_asked_with_a_method_it_does_not_have_says_which_it_has(
    api: Api, backstage: Backstage, version: str
) -> None:
    backstage.may_write()
    methods: dict[str, set[str]] = {}
    for operation in operations(version):
        methods.setdefault(operation.path, set()).add(operation.method)
    with api.nothing_changes():
        for path, has in methods.items():
            for method in {"POST", "PUT", "PATCH", "DELETE"} - has:
                reply = api.send(method, path.replace("{id}", NOBODY))
                reply.is_refused(405)
                allowed = {name.strip() for name in reply.exchange.headers.get("allow", "").split(",")}
                require_equal(has | ({"HEAD"} if "GET" in has else set()), allowed - {"OPTIONS"}, reply.exchange)


@accepts("method.unknown")
def test_every_path_has_the_methods_of_its_document(api: Api, version: str) -> None:
    for operation in operations(version):
        if operation.method == "GET" or not api.wire.read_only:
            reply = api.send(operation.method, operation.path.replace("{id}", NOBODY))
            if reply.status == 405:
                raise ContractBroken("check.method", f"{operation.method} among the methods", "405", reply.exchange)


@accepts("method.unknown")
def test_head_is_answered_as_get_is_but_for_the_body(api: Api, version: str) -> None:
    for path, needed in reads(version):
        asked = path.replace("{id}", NOBODY)
        read = api.get(asked, **needed).exchange
        head = api.wire.send("HEAD", f"/api/{api.version}{asked}", token=api.token, params=needed)
        require_equal((read.status, read.media_type, b""), (head.status, head.media_type, head.content), head)
