"""Who is let in at all."""

from __future__ import annotations

from contract_tests.api import Api
from contract_tests.documents import operations
from contract_tests.errors import require_equal
from contract_tests.lists import NOBODY, PARTICIPANTS, lists
from contract_tests.marks import accepts, behaviour, only, refuses
from contract_tests.target.backstage import Backstage

DENIED = {"error": "HTTP Token: Access denied"}
NONE_OF_THE_SERVICES = (None, "", "nobody-has-this-token", "HTTP Token")


@refuses("auth.token-required")
def test_without_a_token_that_is_known_nothing_is_answered(api: Api, version: str) -> None:
    for operation in operations(version):
        if operation.method == "GET" or not api.wire.read_only:
            path = operation.path.replace("{id}", NOBODY)
            for token in NONE_OF_THE_SERVICES:
                api.with_token(token).send(operation.method, path).is_refused(401)


@refuses("auth.token-required")
def test_a_token_counts_only_as_the_bearers(api: Api) -> None:
    for scheme in ("Basic", "Digest", "bearer"):
        headers = {"Authorization": f"{scheme} {api.token}"}
        api.with_token(None).send("GET", "/participant-declarations", headers).is_refused(401)


@behaviour("deployed")
@accepts("auth.token-required")
def test_two_spaces_or_a_tab_before_it_make_no_difference(api: Api) -> None:
    for between in (" ", "  ", "\t"):
        headers = {"Authorization": f"Bearer{between}{api.token}"}
        api.with_token(None).send("GET", "/participant-declarations", headers).is_accepted()


@accepts("auth.token-required")
def test_with_its_token_a_provider_reads_every_list(api: Api, version: str) -> None:
    for path, needed in lists(version):
        api.get(path, **needed).is_accepted()


@only("v3")
@refuses("auth.token-required")
@accepts("auth.token-required", "auth.one-provider")
def test_a_provider_may_have_several_tokens_of_which_each_ends_by_itself(
    api: Api, rival: Api, stage: Backstage
) -> None:
    someone = stage.person().id
    issued = stage.act("POST", "/tokens", provider=stage.name_of(0))["token"]
    theirs = stage.act("POST", "/tokens", provider=stage.name_of(1))["token"]
    second, of_the_rival = api.with_token(issued), api.with_token(theirs)
    require_equal(api.get(PARTICIPANTS).data, second.get(PARTICIPANTS).data)
    require_equal(rival.get(PARTICIPANTS).data, of_the_rival.get(PARTICIPANTS).data)
    second.defer(someone).is_accepted()
    of_the_rival.get(f"{PARTICIPANTS}/{someone}").is_refused(404)
    stage.act("POST", "/tokens/revoke", token=issued)
    for path in (PARTICIPANTS, f"{PARTICIPANTS}/{someone}", f"{PARTICIPANTS}/{NOBODY}"):
        refused = second.get(path)
        refused.is_refused(401)
        require_equal(DENIED, refused.exchange.json, refused.exchange)
    with api.nothing_changes(someone):
        second.resume(someone).is_refused(401)
    of_the_rival.get(PARTICIPANTS).is_accepted()
    api.resume(someone).is_accepted()


@refuses("auth.token-required")
def test_a_token_is_the_whole_of_it_and_nothing_more(api: Api) -> None:
    assert api.token is not None
    for token in (api.token[:-1], f"{api.token}x", api.token.swapcase(), f"x{api.token}"):
        api.with_token(token).get("/participant-declarations").is_refused(401)
