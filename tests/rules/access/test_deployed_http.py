"""How requests reach the deployed service, and in what form its answers come back."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from sandbox.model import Behaviour, Partnership
from tests.api import JANE, World
from tests.rules.marks import accepts, refuses
from tests.rules.variants import EVERY_BEHAVIOUR, EVERY_VERSION

_LOOP = asyncio.new_event_loop()
TOKEN = "northgate-sandbox-token"
NORTHGATE = {"Authorization": f"Bearer {TOKEN}", "Accept-Encoding": "identity"}
PARTICIPANTS = "/api/v3/participants/ecf"
PRIVATE = ["v1/users", "v2/users", "v1/ecf-users", "v2/ecf-users", "v1/data-studio/school-rollout"]


def ask(
    path: str,
    method: str = "GET",
    behaviour: Behaviour = "deployed",
    headers: Mapping[str, str] = NORTHGATE,
    **content: Any,
) -> httpx.Response:
    """What a world answers, be it in a document or not."""
    return _LOOP.run_until_complete(World(behaviour=behaviour).client.request(method, path, headers=headers, **content))


def rules(response: httpx.Response) -> str | None:
    named: str | None = response.headers.get("X-Sandbox-Rule")
    return named


@pytest.mark.parametrize("path", [".json", "//", "/"])
@accepts("path.unknown")
def test_an_extension_and_slashes_make_no_difference_to_the_deployed_service(path: str) -> None:
    assert ask(PARTICIPANTS + path).content == ask(PARTICIPANTS).content
    assert ask(f"{PARTICIPANTS}/{JANE}{path}").content == ask(f"{PARTICIPANTS}/{JANE}").content


@accepts("path.unknown")
def test_slashes_inside_a_path_count_as_one_and_csv_where_there_is_none_is_json() -> None:
    assert ask("//api//v3//participants/ecf").content == ask(PARTICIPANTS).content
    assert ask(f"{PARTICIPANTS}.csv").content == ask(PARTICIPANTS).content
    assert ask("/api/v1/participants/ecf.csv").headers["Content-Type"] == "text/csv"


@pytest.mark.parametrize("path", [".xml", ".json.json", "//x"])
@refuses("path.unknown")
def test_other_extensions_lead_nowhere(path: str) -> None:
    assert (ask(PARTICIPANTS + path).status_code, ask(PARTICIPANTS + path).json()) == (
        404,
        {"error": "Resource not Found"},
    )


@pytest.mark.parametrize("path", [".json", "//"])
@refuses("path.unknown")
def test_by_the_guidance_they_lead_nowhere(path: str) -> None:
    assert ask(PARTICIPANTS + path, behaviour="documented").status_code == 404


@EVERY_BEHAVIOUR
def test_the_documents_of_the_sandbox_keep_their_extension(behaviour: Behaviour) -> None:
    assert ask("/api/v3/openapi.json", behaviour=behaviour).json()["openapi"] == "3.0.3"


@pytest.mark.parametrize("spelt", [str.upper, lambda id: f"{{{id}}}", lambda id: id.replace("-", "")])
@accepts("path.unknown")
def test_an_id_in_a_path_may_be_spelt_in_other_ways(spelt: Any) -> None:
    assert ask(f"{PARTICIPANTS}/{quote(spelt(JANE))}").json()["data"]["id"] == JANE
    assert ask(f"{PARTICIPANTS}/{quote(' ' + JANE)}").status_code == 404


@pytest.mark.parametrize("method", ["POST", "DELETE", "PATCH", "OPTIONS"])
@refuses("path.unknown")
def test_to_the_deployed_service_there_is_no_path_with_another_method(method: str) -> None:
    refused = ask(PARTICIPANTS, method)
    assert (refused.status_code, rules(refused)) == (404, "path.unknown")
    assert "Allow" not in refused.headers
    assert ask(PARTICIPANTS, method, "documented").status_code == 405


@accepts("method.unknown")
def test_patch_is_put_where_there_is_a_partnership_to_change() -> None:
    (first, *_) = World(behaviour="deployed").store.read().all(Partnership)
    body = {"data": {"attributes": {"delivery_partner_id": "no id"}}}
    path = f"/api/v3/partnerships/ecf/{first.id}"
    put, patch = (ask(path, method, json=body) for method in ("PUT", "PATCH"))
    assert (patch.status_code, patch.content) == (put.status_code, put.content)
    assert ask(path, "PATCH", "documented", json=body).status_code == 405


@pytest.mark.parametrize(
    "written", ["Token token={}", 'Token token="{}"', 'Bearer token="{}", x="y"', "Bearer {}; x=y"]
)
@accepts("auth.token-required")
@refuses("auth.token-required")
def test_a_token_may_be_named_in_the_deployed_service_alone(written: str) -> None:
    named = {"Authorization": written.format(TOKEN)}
    assert ask(PARTICIPANTS, headers=named).status_code == 200
    assert ask(PARTICIPANTS, behaviour="documented", headers=named).status_code == 401


@pytest.mark.parametrize("path", PRIVATE)
@refuses("auth.private-api")
def test_some_paths_are_there_but_not_for_lead_providers(path: str) -> None:
    refused = ask(f"/api/{path}")
    assert (refused.status_code, refused.content, rules(refused)) == (403, b"", "auth.private-api")
    assert ask(f"/api/{path}", headers={}).status_code == 401
    assert ask(f"/api/{path}", behaviour="documented").status_code == 404


@accepts("auth.private-api")
def test_what_is_not_private_is_answered_as_ever() -> None:
    assert ask("/api/v3/users").status_code == 404
    assert ask("/api/v1/participants").status_code == 200


@pytest.mark.parametrize("version", ["v1", "v2"])
@accepts("read.csv")
def test_a_refused_list_in_csv_is_json_by_another_name(version: str) -> None:
    path = f"/api/{version}/participants/ecf.csv?filter[updated_since]=23rm21"
    deployed, documented = ask(path), ask(path, behaviour="documented")
    assert (deployed.status_code, deployed.headers["Content-Type"]) == (400, "text/csv")
    assert documented.headers["Content-Type"] == "application/vnd.api+json"
    assert deployed.json() == documented.json()
    assert ask(path, headers={}).headers["Content-Type"] == "application/vnd.api+json"


@EVERY_VERSION
@EVERY_BEHAVIOUR
@accepts("http.not-modified")
def test_who_has_the_answer_already_is_told_so(version: str, behaviour: Behaviour) -> None:
    path = f"/api/{version}/participants/ecf/{JANE}"
    tag = ask(path, behaviour=behaviour).headers["ETag"]
    assert tag.startswith('W/"')
    for known in (tag, "*", f'"another", {tag}'):
        again = ask(path, behaviour=behaviour, headers=NORTHGATE | {"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert ask(path, behaviour=behaviour, headers=NORTHGATE | {"If-None-Match": 'W/"another"'}).status_code == 200


@EVERY_VERSION
@pytest.mark.parametrize("accepted", ["gzip", "br, gzip;q=0.8", "x-gzip, deflate"])
@accepts("http.gzip")
def test_an_answer_is_compressed_for_who_accepts_that(version: str, accepted: str) -> None:
    path = f"/api/{version}/participants/ecf"
    packed = ask(path, headers=NORTHGATE | {"Accept-Encoding": accepted})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "accept-encoding"
    assert packed.content == ask(path).content
    assert int(packed.headers["Content-Length"]) == len(gzip.compress(packed.content, 1, mtime=0))


@pytest.mark.parametrize("accepted", ["identity", "br", "gzip;q=0", "deflate, gzip; q=0.0"])
@accepts("http.gzip")
def test_an_answer_is_not_compressed_for_who_does_not(accepted: str) -> None:
    plain = ask(PARTICIPANTS, headers=NORTHGATE | {"Accept-Encoding": accepted})
    assert "Content-Encoding" not in plain.headers
