"""Request bodies."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from starlette.types import Message

from sandbox.edge.provider import body
from sandbox.editions.ecf.book import DOCUMENTED
from sandbox.rules.rule import Refused

REASON = {"reason": "other"}
JSON = b'{"data":{"attributes":{"reason":"other"}}}'


def attributes(*parts: bytes, content_type: str = "application/json", length: str | None = None) -> Mapping[str, Any]:
    """What is read of a body that arrives in parts."""
    messages = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    messages.append({"type": "http.request", "body": b"", "more_body": False})

    async def receive() -> Message:
        return messages.pop(0)

    headers = {"content-type": content_type} | ({"content-length": length} if length else {})
    return asyncio.run(body.received(headers, receive)).attributes(DOCUMENTED)


def refusal(*parts: bytes, content_type: str = "application/json", length: str | None = None) -> str:
    with pytest.raises(Refused) as refused:
        attributes(*parts, content_type=content_type, length=length)
    (breach,) = refused.value.breaches
    return breach.rule_id


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "application/vnd.api+json",
        "Application/JSON; charset=utf-8",
        "application/json;charset=bogus",
    ],
)
def test_json_is_read_under_both_its_media_types(content_type: str) -> None:
    assert attributes(JSON, content_type=content_type) == REASON


def test_the_same_names_are_read_form_encoded() -> None:
    form = b"data[type]=x&data[attributes][reason]=other"
    assert attributes(form, content_type="application/x-www-form-urlencoded") == REASON


def test_a_body_may_arrive_in_parts_and_without_its_length() -> None:
    assert attributes(JSON[:9], JSON[9:]) == REASON


@pytest.mark.parametrize(
    "text", [b'{"data":{"type":"x"}}', b'{"data":{"attributes":[1]}}', b'{"data":{"attributes":"x"}}']
)
def test_without_attributes_there_are_none(text: bytes) -> None:
    assert attributes(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"3",
        b'"data"',
        b"{}",
        b'{"data":null}',
        b'{"data":{}}',
        b'{"data":[]}',
        b'{"data":"x"}',
        b'{"attributes":{}}',
        b"\xff\xfe",
        b'{"data":{"attributes":{"reason":"\\ud800"}}}',
        b"[" * 100_000,
        b'{"data":' * 50_000,
    ],
)
def test_what_is_no_json_with_a_data_object_is_refused(text: bytes) -> None:
    assert refusal(text) == "body.json"


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/xml", "application/x-www-form-urlencoded"])
def test_json_under_another_media_type_is_refused(content_type: str) -> None:
    assert refusal(JSON, content_type=content_type) == "body.json"


def test_a_body_of_just_a_megabyte_is_read() -> None:
    padded = JSON + b" " * (body.LARGEST - len(JSON))
    assert attributes(padded) == REASON


def test_a_larger_one_is_refused_when_it_says_so_and_when_it_comes() -> None:
    assert refusal(b"", length=str(body.LARGEST + 1)) == "body.size"
    assert refusal(JSON, b" " * body.LARGEST) == "body.size"


def test_a_length_that_is_no_number_is_passed_over() -> None:
    assert attributes(JSON, length="many") == REASON
