"""JSON is read as Python's own module reads it, however odd, and written so that it is read as the same."""

from __future__ import annotations

import json

import pytest

from contract_tests.json_text import from_json, to_json

ODD = [
    '{"a": NaN}',
    "[1e400, -0, 1.0]",
    '{"a": 123456789012345678901234567890}',
    '"\\ud800"',
    '{"a": 1, "a": 2}',
    " {} ",
]


@pytest.mark.parametrize("text", ODD)
def test_what_is_odd_is_read_as_python_reads_it(text: str) -> None:
    assert repr(from_json(text)) == repr(json.loads(text))


@pytest.mark.parametrize("text", ["", "[1", '{"a" 1}', "[1],", "nul"])
def test_what_is_no_json_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_json(text)


def test_what_is_nested_too_deep_says_so() -> None:
    with pytest.raises(RecursionError):
        from_json("[" * 200_000)


@pytest.mark.parametrize("node", [{"a": ["é", "\u2028", None, 1.5]}, {"half": "\ud800"}, [2**80], {}])
def test_what_is_written_is_read_as_the_same(node: object) -> None:
    assert from_json(to_json(node)) == node
    assert "\n" not in to_json(node)
