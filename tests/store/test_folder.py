"""What lies on the disk: read back, held by another process, crashed at every step."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from sandbox.model import Participant, Record
from sandbox.store import checkpoint, disk, folder, journal
from sandbox.store.engine import MemoryStore
from sandbox.store.folder import FolderKeeper
from sandbox.store.protocol import Conflict, StoreProblem

from .records import (
    EVERYTHING,
    content,
    crash,
    declaration,
    participant,
    put,
    school,
    segments,
)

ROOT = Path(__file__).parents[2]


def test_a_new_folder_holds_an_empty_store(tmp_path: Path) -> None:
    with MemoryStore(FolderKeeper(tmp_path / "some" / "where")) as store:
        assert store.is_empty
        assert store.revision == 0


def test_records_survive_in_the_journal_alone(tmp_path: Path) -> None:
    store = MemoryStore(FolderKeeper(tmp_path))
    put(store, *EVERYTHING)
    store.flush()
    crash(store)
    assert not (tmp_path / "main.json").exists()
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        assert sorted(content(store), key=repr) == sorted(EVERYTHING, key=repr)
        assert store.revision == 1


def test_records_survive_in_the_checkpoint_alone(tmp_path: Path) -> None:
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        put(store, *EVERYTHING)
    assert segments(tmp_path) == []
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        assert sorted(content(store), key=repr) == sorted(EVERYTHING, key=repr)
        assert store.revision == 1


def test_records_survive_in_both(tmp_path: Path) -> None:
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        put(store, *EVERYTHING)
    store = MemoryStore(FolderKeeper(tmp_path))
    put(store, participant(3), participant(1, trn="7654321"))
    with store.write() as unit:
        unit.delete(Participant, "participant-2")
    store.flush()
    crash(store)
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        assert list(store.read().all(Participant)) == [participant(1, trn="7654321"), participant(3)]
        assert store.read().find(Participant, trn="7654321") == [participant(1, trn="7654321")]
        assert store.revision == 3


def test_the_order_of_the_first_put_survives(tmp_path: Path) -> None:
    numbers = [7, 3, 11, 1]
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        put(store, *(participant(n) for n in numbers))
        put(store, participant(3, trn="1234567"))
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        assert [p.id for p in store.read().all(Participant)] == [f"participant-{n}" for n in numbers]


def test_a_commit_that_was_not_flushed_may_be_lost_but_only_whole(tmp_path: Path) -> None:
    store = MemoryStore(FolderKeeper(tmp_path))
    put(store, participant(1))
    store.flush()
    put(store, participant(2), school(2))
    crash(store)
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        assert content(store) == [participant(1)]


def test_two_names_in_one_folder_are_two_stores(tmp_path: Path) -> None:
    with MemoryStore(FolderKeeper(tmp_path, "north")) as north, MemoryStore(FolderKeeper(tmp_path, "south")) as south:
        put(north, participant(1))
        put(south, participant(2))
        assert content(north) == [participant(1)]
    with MemoryStore(FolderKeeper(tmp_path, "south")) as south:
        assert content(south) == [participant(2)]


def test_the_same_units_write_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for name in ("first", "second"):
        folder = tmp_path / name
        store = MemoryStore(FolderKeeper(folder))
        put(store, *EVERYTHING)
        put(store, participant(5))
        store.flush()
        line = segments(folder)[0].read_bytes()
        store.close()
        written.append((line, (folder / "main.json").read_bytes()))
    assert written[0] == written[1]


def test_a_torn_last_line_is_cut(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = MemoryStore(FolderKeeper(tmp_path))
    put(store, participant(1))
    put(store, participant(2))
    store.flush()
    crash(store)
    (segment,) = segments(tmp_path)
    whole = segment.read_bytes()
    first = whole.index(b"\n") + 1
    for torn in (whole[:-1], whole[: first + 20], whole[: first + 1], whole[:-40] + b"\0" * 39 + b"\n"):
        segment.write_bytes(torn)
        with caplog.at_level(logging.WARNING):
            store = MemoryStore(FolderKeeper(tmp_path))
        assert content(store) == [participant(1)]
        assert "cut off" in caplog.text
        assert segment.read_bytes() == whole[:first]
        kept = max(tmp_path.glob(f"{segment.name}.cut*"), key=lambda path: path.stat().st_mtime_ns)
        assert kept.read_bytes() == torn[first:]
        put(store, participant(3))
        store.flush()
        crash(store)
        store = MemoryStore(FolderKeeper(tmp_path))
        assert content(store) == [participant(1), participant(3)]
        crash(store)


def test_a_bit_that_turns_over_is_told_of_or_does_no_harm(tmp_path: Path) -> None:
    kept, dice = tmp_path / "kept", Random(7)
    with MemoryStore(FolderKeeper(kept)) as store:
        put(store, *EVERYTHING)
    store = MemoryStore(FolderKeeper(kept))
    for number in range(10, 16):
        put(store, participant(number))
    store.flush()
    right = content(store)
    crash(store)
    files = [(path.name, path.stat().st_size) for path in kept.iterdir() if path.suffix != ".lock"]
    # At the ends, where a line could be taken for one that was never finished, and anywhere else.
    places = [(name, size - 1 - bit // 8, bit % 8) for name, size in files for bit in range(120)]
    places += [(name, dice.randrange(size), dice.randrange(8)) for name, size in files for _ in range(200)]
    told = harmless = 0
    for name, place, bit in places:
        data = Path(shutil.copytree(kept, tmp_path / "flipped"))
        file = data / name
        flipped = bytearray(file.read_bytes())
        flipped[place] ^= 1 << bit
        file.write_bytes(flipped)
        try:
            opened = MemoryStore(FolderKeeper(data))
        except StoreProblem as problem:
            told += file.name in str(problem) and file.read_bytes() == flipped
        else:
            assert content(opened) == right
            crash(opened)
            harmless += 1
        shutil.rmtree(data)
    assert told + harmless == len(places)
    assert harmless < 4


def test_what_was_cut_off_before_is_not_overwritten(tmp_path: Path) -> None:
    for torn in (b'["one', b'["two'):
        store = MemoryStore(FolderKeeper(tmp_path))
        put(store, participant(1))
        store.flush()
        crash(store)
        segment = segments(tmp_path)[-1] if segments(tmp_path) else tmp_path / "main.journal-000001.jsonl"
        with segment.open("ab") as file:
            file.write(torn)
    crash(MemoryStore(FolderKeeper(tmp_path)))
    assert sorted(path.read_bytes() for path in tmp_path.glob("*.cut*")) == [b'["one', b'["two']


def test_a_damaged_line_before_a_whole_one_refuses_to_start(tmp_path: Path) -> None:
    store = MemoryStore(FolderKeeper(tmp_path))
    for number in (1, 2, 3):
        put(store, participant(number))
    store.flush()
    crash(store)
    (segment,) = segments(tmp_path)
    damaged = segment.read_bytes().replace(b"teacher-2", b"teacher-9")
    segment.write_bytes(damaged)
    with pytest.raises(StoreProblem, match=rf"{segment.name} cannot be used: line 2 is damaged"):
        MemoryStore(FolderKeeper(tmp_path))
    assert segment.read_bytes() == damaged


def test_a_damaged_end_before_another_segment_refuses_to_start(tmp_path: Path) -> None:
    store = MemoryStore(FolderKeeper(tmp_path))
    put(store, participant(1))
    store.flush()
    store._keeper.journal.rotate()  # type: ignore[attr-defined]
    put(store, participant(2))
    store.flush()
    crash(store)
    first, _ = segments(tmp_path)
    first.write_bytes(first.read_bytes()[:-5])
    with pytest.raises(StoreProblem, match=first.name):
        MemoryStore(FolderKeeper(tmp_path))


def test_a_missing_segment_refuses_to_start(tmp_path: Path) -> None:
    store = MemoryStore(FolderKeeper(tmp_path))
    put(store, participant(1))
    store.flush()
    store._keeper.journal.rotate()  # type: ignore[attr-defined]
    put(store, participant(2))
    store.flush()
    crash(store)
    first, second = segments(tmp_path)
    first.unlink()
    with pytest.raises(StoreProblem, match=rf"{second.name} cannot be used: it goes on with revision 2, but 0"):
        MemoryStore(FolderKeeper(tmp_path))


def test_a_second_store_on_the_same_files_is_refused(tmp_path: Path) -> None:
    store = MemoryStore(FolderKeeper(tmp_path))
    with pytest.raises(StoreProblem, match=rf"main\.lock is held by process {os.getpid()}"):
        MemoryStore(FolderKeeper(tmp_path))
    store.close()
    MemoryStore(FolderKeeper(tmp_path)).close()


def test_a_second_process_is_refused_and_told_of_the_first(tmp_path: Path) -> None:
    program = f"from pathlib import Path; from sandbox.store.places import store_at; store_at(Path({str(tmp_path)!r}))"
    with MemoryStore(FolderKeeper(tmp_path)):
        second = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT)
    assert second.returncode == 1
    assert f"held by process {os.getpid()}" in second.stderr


def test_a_folder_that_cannot_be_made_or_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreProblem, match="could not be"):
        MemoryStore(FolderKeeper(tmp_path / "file" / "data"))
    with pytest.raises(StoreProblem, match="could not be opened"):
        MemoryStore(FolderKeeper(tmp_path / "file"))


def test_replacing_the_content_is_on_the_disk_when_it_returns(tmp_path: Path) -> None:
    seeded = MemoryStore()
    put(seeded, *EVERYTHING)
    store = MemoryStore(FolderKeeper(tmp_path))
    put(store, participant(8), participant(9))
    store.replace_with(seeded)
    crash(store)
    store = MemoryStore(FolderKeeper(tmp_path))
    assert sorted(content(store), key=repr) == sorted(EVERYTHING, key=repr)
    put(store, participant(9))
    store.flush()
    crash(store)
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        assert store.read().get(Participant, "participant-8") is None
        assert store.read().get(Participant, "participant-9") == participant(9)
        with store.write() as unit, pytest.raises(Conflict):
            unit.put(declaration(2))


def test_a_replacement_that_fails_stops_the_store_and_keeps_the_old_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    store = MemoryStore(FolderKeeper(tmp_path))
    put(store, participant(1))
    with monkeypatch.context() as patch:
        patch.setattr(checkpoint, "sync_file", full)
        with pytest.raises(StoreProblem, match="No space left on device"):
            store.replace_with(MemoryStore())
    assert content(store) == [participant(1)]
    with pytest.raises(StoreProblem), store.write():
        pass
    store.close()
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        assert content(store) == [participant(1)]


def test_a_crash_at_any_step_of_a_checkpoint_or_replacement_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder is copied before every write, sync, rename and removal, and each copy is opened."""
    data, copies = tmp_path / "data", tmp_path / "copies"
    allowed: list[list[Record]] = [[]]
    taken: list[tuple[Path, list[list[Record]]]] = []

    def copying(function: Callable[..., object]) -> Callable[..., object]:
        def step(*arguments: object, **named: object) -> object:
            copy = copies / str(len(taken))
            shutil.copytree(data, copy)
            taken.append((copy, list(allowed)))
            return function(*arguments, **named)

        return step

    store = MemoryStore(FolderKeeper(data))
    for module in (journal, checkpoint, folder):
        for name in ("write_all", "sync_file", "sync_folder"):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, copying(getattr(disk, name)))
    for name in ("replace", "unlink"):
        monkeypatch.setattr(Path, name, copying(getattr(Path, name)))

    one, two = participant(1), participant(2)
    allowed[:] = [[], [one]]
    put(store, one)
    store.flush()
    allowed[:] = [[one], [one, two]]
    put(store, two)
    store.close()
    allowed[:] = [[one, two]]
    store = MemoryStore(FolderKeeper(data))
    seeded = MemoryStore()
    put(seeded, school(1))
    allowed[:] = [[one, two], [one, two, participant(3)]]
    put(store, participant(3))
    store.flush()
    allowed[:] = [[one, two, participant(3)], [school(1)]]
    store.replace_with(seeded)
    allowed[:] = [[school(1)], [school(1), declaration(1)]]
    put(store, declaration(1))
    store.flush()
    allowed[:] = [[school(1), declaration(1)]]
    store.close()
    monkeypatch.undo()

    assert len(taken) > 20
    for copy, expected in taken:
        with MemoryStore(FolderKeeper(copy)) as store:
            assert content(store) in expected, copy
        with MemoryStore(FolderKeeper(copy)) as store:
            assert content(store) in expected, copy
