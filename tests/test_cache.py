"""What is made of files is made once, until a file changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from sandbox.cache import VARIABLE, FileCache, user_cache


@pytest.fixture
def source(tmp_path: Path) -> Path:
    source = tmp_path / "sources" / "source.yaml"
    source.parent.mkdir()
    source.write_text("one")
    return source


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "not" / "there" / "yet"


@pytest.fixture
def cache(folder: Path) -> FileCache:
    return FileCache(folder)


def loud(source: Path) -> Callable[[], bytes]:
    return lambda: source.read_bytes().upper()


def never() -> bytes:
    raise AssertionError("it is made already")


def test_it_is_made_once(cache: FileCache, source: Path) -> None:
    assert cache.get("it", [source], loud(source)) == b"ONE"
    assert cache.get("it", [source], never) == b"ONE"


def test_it_is_made_anew_when_a_file_has_changed(cache: FileCache, source: Path) -> None:
    cache.get("it", [source], loud(source))
    source.write_text("another")
    assert cache.get("it", [source], loud(source)) == b"ANOTHER"


def test_it_is_made_anew_when_a_file_has_come(cache: FileCache, source: Path) -> None:
    cache.get("it", [source], loud(source))
    second = source.with_name("second.yaml")
    second.write_text("two")
    assert cache.get("it", [source, second], loud(second)) == b"TWO"


def test_two_copies_of_the_same_files_do_not_displace_each_other(cache: FileCache, source: Path) -> None:
    copy = source.parent.with_name("copies") / source.name
    copy.parent.mkdir()
    copy.write_text("copy")
    assert cache.get("it", [source], loud(source)) == b"ONE"
    assert cache.get("it", [copy], loud(copy)) == b"COPY"
    assert cache.get("it", [source], never) == b"ONE"


def test_nothing_is_written_beside_the_files(cache: FileCache, source: Path, folder: Path) -> None:
    cache.get("it", [source], loud(source))
    assert list(source.parent.iterdir()) == [source]
    assert len(list(folder.iterdir())) == 1


def test_where_nothing_can_be_written_it_is_made_each_time(cache: FileCache, source: Path, folder: Path) -> None:
    folder.parent.parent.write_text("a file where a folder should be")
    assert cache.get("it", [source], loud(source)) == b"ONE"
    assert cache.get("it", [source], lambda: b"made again") == b"made again"


def test_what_cannot_be_put_in_its_place_leaves_nothing_behind(cache: FileCache, source: Path, folder: Path) -> None:
    cache.get("it", [source], loud(source))
    (cached,) = folder.iterdir()
    cached.unlink()
    cached.mkdir()
    assert cache.get("it", [source], loud(source)) == b"ONE"
    assert list(folder.iterdir()) == [cached]


def test_the_user_s_cache_is_where_the_system_has_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_cache().folder == user_cache_path("ecf-sandbox", appauthor=False)


def test_the_environment_may_say_another_place(monkeypatch: pytest.MonkeyPatch, source: Path, folder: Path) -> None:
    monkeypatch.setenv(VARIABLE, str(folder))
    user_cache().get("it", [source], loud(source))
    assert len(list(folder.iterdir())) == 1
