"""A token belongs to one lead provider: nothing of another is shown through it, and nothing of another is changed."""

from __future__ import annotations

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.lists import DECLARATIONS, PARTICIPANTS, live
from contract_tests.marks import accepts, only, refuses
from contract_tests.target.backstage import Backstage


@refuses("vis.participant", "participant.placed-with-provider", "path.unknown")
@refuses("decl.participant-known", "decl.placed-with-provider")
@accepts("auth.one-provider")
def test_someone_who_trains_with_another_provider_is_not_found_and_not_changed(
    api: Api, rival: Api, backstage: Backstage
) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        rival.get(f"{PARTICIPANTS}/{someone.id}").is_refused(404)
        rival.defer(someone.id).is_refused(422, "participant_id")
        rival.resume(someone.id).is_refused(422, "participant_id")
        rival.withdraw(someone.id).is_refused(422, "participant_id")
        rival.declare(someone.id, "started", someone.milestone().middle).is_refused(422, "participant_id")


@accepts("auth.one-provider", "vis.participant")
def test_no_list_has_what_is_another_providers(api: Api, rival: Api, backstage: Backstage) -> None:
    someone = backstage.person(declared=["started"])
    require_equal(True, someone.id in _ids(api, PARTICIPANTS))
    require_equal(False, someone.id in _ids(rival, PARTICIPANTS))
    (declared,) = [each["id"] for each in live(api, someone.id)]
    require_equal([], rival.get(DECLARATIONS, **{"filter[participant_id]": someone.id}).ids)
    require_equal(True, declared in _ids(api, DECLARATIONS))
    require_equal(False, declared in _ids(rival, DECLARATIONS))


@refuses("path.unknown")
@accepts("auth.one-provider", "vis.declaration")
def test_what_another_provider_declared_is_not_found_and_not_voided(api: Api, rival: Api, backstage: Backstage) -> None:
    someone = backstage.person(declared=["started"])
    (declared,) = [each["id"] for each in live(api, someone.id)]
    with api.nothing_changes(someone.id):
        rival.get(f"{DECLARATIONS}/{declared}").is_refused(404)
        rival.void(declared).is_refused(404)


@only("v1", "v2")
@accepts("auth.one-provider")
def test_csv_has_nothing_of_another_providers_either(api: Api, rival: Api, backstage: Backstage) -> None:
    someone = backstage.person(declared=["started"])
    for path in (f"{PARTICIPANTS}.csv", f"{DECLARATIONS}.csv"):
        require_equal(True, someone.id.encode() in api.get(path).exchange.content)
        require_equal(False, someone.id.encode() in rival.get(path).exchange.content)


@only("v3")
@refuses("path.unknown")
@accepts("auth.one-provider")
def test_statements_and_partnerships_are_the_providers_own(api: Api, rival: Api) -> None:
    for path in ("/statements", "/partnerships/ecf"):
        own, others = set(_ids(api, path)), set(_ids(rival, path))
        require_equal(set(), own & others)
        for id in sorted(others)[:2]:
            rival.get(f"{path}/{id}").is_accepted()
            api.get(f"{path}/{id}").is_refused(404)


def _ids(api: Api, path: str) -> list[str]:
    return [resource["id"] for resource in api.every(path)]
