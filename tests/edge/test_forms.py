"""A document as a Postman collection and as an `.http` file: each of their requests does what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from sandbox.documents.examples import requests_of
from tests.openapi.documents import CONTROL, DOCUMENTS, served, whole_name
from tests.openapi.fresh import TOKENS, URL, fresh_sandbox


class Asked(NamedTuple):
    """A request out of a file, and the status it promises."""

    status: str
    method: str
    url: str
    headers: dict[str, str]
    content: str


def path_of(name: str) -> str:
    return "/sandbox/openapi" if name == CONTROL else f"/openapi/{whole_name(name)}"


def in_postman(name: str) -> list[Asked]:
    collection = fresh_sandbox().ask("GET", f"{path_of(name)}.postman.json").json()
    variables = {each["key"]: each["value"] for each in collection["variable"]}
    return [asked_by_postman(each, variables) for folder in collection["item"] for each in folder["item"]]


def asked_by_postman(item: Any, variables: dict[str, str]) -> Asked:
    """As Postman makes it of its parts, but for the parameters that are switched off."""
    request, url = item["request"], item["request"]["url"]
    query = "&".join(f"{each['key']}={each['value']}" for each in url["query"] if not each.get("disabled"))
    headers = {each["key"]: each["value"] for each in request["header"]}
    if "token" in variables:
        headers["Authorization"] = f"Bearer {variables['token']}"
    (test,) = item["event"][0]["script"]["exec"]
    (status,) = re.findall(r"have\.status\((\d+)\)", test)
    where = "/".join([*url["host"], *url["path"]]).replace("{{url}}", variables["url"])
    return Asked(status, request["method"], f"{where}?{query}", headers, request.get("body", {}).get("raw", ""))


def in_http(name: str) -> Iterator[Asked]:
    """As the editors read it: an empty line parts the headers from the body."""
    text = fresh_sandbox().ask("GET", f"{path_of(name)}.http").text
    head, *requests = re.split(r"^###.*\n", text, flags=re.MULTILINE)
    variables = dict(re.findall(r"^@(\w+) = (.*)$", head, re.MULTILINE))
    for request in requests:
        for key, value in variables.items():
            request = request.replace(f"{{{{{key}}}}}", value)
        top, _, content = request.partition("\n\n")
        said, line, *headers = top.splitlines()
        method, _, url = line.partition(" ")
        sent = dict(each.split(": ", 1) for each in headers)
        yield Asked(said.rpartition(": ")[2], method, url, sent, content.strip())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_request_is_answered_as_it_says(name: str) -> None:
    postman, http = in_postman(name), list(in_http(name))
    assert len(postman) == len(http) == len(list(requests_of(served(name)))) > 10
    for asked in {str(each): each for each in (*postman, *http)}.values():
        answer = fresh_sandbox().ask(asked.method, asked.url, asked.headers, asked.content)
        assert str(answer.status_code) == asked.status, (asked, answer.text)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_they_say_where_the_sandbox_is_and_bring_a_token(name: str) -> None:
    text = fresh_sandbox().ask("GET", f"{path_of(name)}.http").text
    assert f"\n@url = {URL}\n" in text
    tokens = re.findall(r"^@token = (.*)$", text, re.MULTILINE)
    assert tokens == ([] if name == CONTROL else [TOKENS[whole_name(name).partition("/")[0]]])


def test_a_filter_is_there_to_be_switched_on() -> None:
    collection = fresh_sandbox().ask("GET", f"{path_of('v3')}.postman.json").json()
    (item,) = [each for each in collection["item"][0]["item"] if each["name"] == "List participants"]
    query = {each["key"]: each for each in item["request"]["url"]["query"]}
    assert query["filter[cohort]"]["value"]
    assert query["filter[cohort]"]["disabled"]
