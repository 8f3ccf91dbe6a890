"""What is made of files is made once, until a file changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sandbox.documents.prepared import FOLDER, prepared


@pytest.fixture
def source(tmp_path: Path) -> Path:
    source = tmp_path / "source.yaml"
    source.write_text("one")
    return source


def loud(source: Path) -> Callable[[], bytes]:
    return lambda: source.read_bytes().upper()


def never() -> bytes:
    raise AssertionError("it is made already")


def test_it_is_made_once(source: Path) -> None:
    assert prepared(source.parent, "it", [source], loud(source)) == b"ONE"
    assert prepared(source.parent, "it", [source], never) == b"ONE"


def test_it_is_made_anew_when_a_file_has_changed(source: Path) -> None:
    prepared(source.parent, "it", [source], loud(source))
    source.write_text("another")
    assert prepared(source.parent, "it", [source], loud(source)) == b"ANOTHER"


def test_it_is_made_anew_when_a_file_has_come(source: Path) -> None:
    prepared(source.parent, "it", [source], loud(source))
    second = source.with_name("second.yaml")
    second.write_text("two")
    assert prepared(source.parent, "it", [source, second], loud(second)) == b"TWO"


def test_where_nothing_can_be_written_it_is_made_each_time(source: Path) -> None:
    (source.parent / FOLDER).write_text("a file where the folder should be")
    assert prepared(source.parent, "it", [source], loud(source)) == b"ONE"
    assert prepared(source.parent, "it", [source], loud(source)) == b"ONE"
