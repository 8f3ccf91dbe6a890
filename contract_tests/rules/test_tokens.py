"""Who is let in at all."""

from __future__ import annotations

from contract_tests.api import Api
from contract_tests.documents import operations
from contract_tests.lists import NOBODY, lists
from contract_tests.marks import accepts, refuses

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
    for scheme in ("Basic", "Digest"):
        headers = {"Authorization": f"{scheme} {api.token}"}
        api.with_token(None).send("GET", "/participant-declarations", headers).is_refused(401)


@accepts("auth.token-required")
def test_with_its_token_a_provider_reads_every_list(api: Api, version: str) -> None:
    for path, needed in lists(version):
        api.get(path, **needed).is_accepted()
