"""What lies on the disk: read back, damaged, held by another process, crashed at every step."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from sandbox.model import Declaration, Participant, Record, Schedule, School, TrainingRecord
from sandbox.store import checkpoint, disk, folder, journal
from sandbox.store.engine import MemoryStore
from sandbox.store.folder import FolderKeeper
from sandbox.store.protocol import Conflict, StoreProblem

from .records import declaration, participant, schedule, school, training_record

ROOT = Path(__file__).parents[2]
EVERYTHING = [
    participant(1, trn="1234567"),
    participant(2),
    training_record(1),
    school(1),
    schedule(),
    declaration(1, state="paid", statement="march"),
]


def put(store: MemoryStore, *records: Record) -> None:
    with store.write() as unit:
        for record in records:
            unit.put(record)


def crash(store: MemoryStore) -> None:
    """Let go of the files as the end of the process would: no checkpoint, nothing written."""
    store._keeper.release()  # type: ignore[attr-defined]


def content(store: MemoryStore) -> list[Record]:
    kinds = (Participant, TrainingRecord, School, Schedule, Declaration)
    return [record for kind in kinds for record in store.read().all(kind)]


def segments(folder: Path) -> list[Path]:
    return sorted(folder.glob("main.journal-*.jsonl"))


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


def test_plain_tinydb_opens_the_file(tmp_path: Path) -> None:
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        put(store, *EVERYTHING)
    with TinyDB(tmp_path / "main.json") as database:
        found = database.table("participants").get(where("id") == "participant-1")
        assert found["full_name"] == participant(1).full_name
        assert found["created_at"] == "2022-01-15T09:30:00.123456Z"
        assert found.doc_id == 1


def test_what_plain_tinydb_writes_is_read_back(tmp_path: Path) -> None:
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        put(store, *EVERYTHING)
    with TinyDB(tmp_path / "main.json") as database:
        database.table("participants").update({"full_name": "Ada"}, where("id") == "participant-1")
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        changed = store.read().get(Participant, "participant-1")
        assert changed is not None
        assert changed.full_name == "Ada"
        assert changed.created_at == participant(1).created_at


def test_document_numbers_stay_with_their_records(tmp_path: Path) -> None:
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        put(store, *(participant(n) for n in (1, 2, 3)))
        with store.write() as unit:
            unit.delete(Participant, "participant-2")
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        put(store, participant(4), participant(1, trn="1234567"))
    with TinyDB(tmp_path / "main.json") as database:
        numbers = {document["id"]: document.doc_id for document in database.table("participants")}
    assert numbers == {"participant-1": 1, "participant-3": 3, "participant-4": 4}


def test_a_person_can_read_the_file_a_line_for_each_document(tmp_path: Path) -> None:
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        put(store, *EVERYTHING)
    lines = (tmp_path / "main.json").read_text("utf-8").splitlines()
    assert sum('"id":"participant-' in line for line in lines) == 2
    assert all(line.startswith(("{", "}", '"')) and line.count('"id":') <= 1 for line in lines)


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
        put(store, participant(3))
        store.flush()
        crash(store)
        store = MemoryStore(FolderKeeper(tmp_path))
        assert content(store) == [participant(1), participant(3)]
        crash(store)


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


def kept(tmp_path: Path) -> Path:
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        put(store, *EVERYTHING)
    return tmp_path / "main.json"


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_truncated_file_refuses_to_start_and_is_left_alone(tmp_path: Path, share: float) -> None:
    path = kept(tmp_path)
    truncated = path.read_bytes()[: int(path.stat().st_size * share)]
    path.write_bytes(truncated)
    with pytest.raises(StoreProblem, match=r"main\.json cannot be used.*Put an intact copy in its place"):
        MemoryStore(FolderKeeper(tmp_path))
    assert path.read_bytes() == truncated
    with pytest.raises(StoreProblem, match="cannot be used"):  # and the lock was let go
        MemoryStore(FolderKeeper(tmp_path))


def edit_table(name: str, edit: Callable[[dict[str, dict[str, object]]], object]) -> Callable[[str], str]:
    def edited(text: str) -> str:
        tables = json.loads(text)
        edit(tables.setdefault(name, {}))
        return json.dumps(tables)

    return edited


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda text: text.replace('"state":"paid"', '"state":"piad"'), "in declarations, document 1: Invalid enum"),
        (lambda text: text.replace('"trn":"1234567"', '"trn":1234567'), r"in participants, document 1: .*\$\.trn"),
        (lambda text: text.replace("2024-07-31", "31 July 2024"), "in training_records, document 1"),
        (lambda text: text.replace('"2":{"id":"participant-2"', '"1":{"id":"participant-2"'), "bear the same number"),
        (
            lambda text: text.replace('"id":"participant-2"', '"id":"participant-1"'),
            "document 2 has the id participant-1",
        ),
        (edit_table("pupils", lambda table: table.update({"1": {"id": "x"}})), 'a table "pupils"'),
        (
            edit_table("schools", lambda t: t.update({"2": {**t["1"], "id": "school-2"}})),
            "school-1 and school-2 may not",
        ),
        (edit_table("_store", lambda table: table.clear()), '"_store"'),
        (lambda _: "[]", "tables of documents"),
        (lambda _: '{"participants": []}', "tables of documents"),
        (lambda text: text.replace("Müller", "M\udcffller"), "not complete JSON"),
    ],
)
def test_a_file_broken_by_hand_is_refused_by_saying_where(
    tmp_path: Path, edit: Callable[[str], str], said: str
) -> None:
    path = kept(tmp_path)
    broken = edit(path.read_text("utf-8")).encode("utf-8", "surrogateescape")
    assert broken != path.read_bytes()
    path.write_bytes(broken)
    with pytest.raises(StoreProblem, match=rf"main\.json cannot be used: .*{said}"):
        MemoryStore(FolderKeeper(tmp_path))
    assert path.read_bytes() == broken


def test_a_file_rearranged_by_hand_is_read(tmp_path: Path) -> None:
    path = kept(tmp_path)
    tables = json.loads(path.read_text("utf-8"))
    tables["participants"] = dict(reversed(tables["participants"].items()))
    path.write_text(json.dumps(dict(reversed(tables.items())), indent=0))
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        assert [p.id for p in store.read().all(Participant)] == ["participant-1", "participant-2"]


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


def test_a_checkpoint_happens_by_itself_when_the_journal_has_grown(tmp_path: Path) -> None:
    store = MemoryStore(FolderKeeper(tmp_path, checkpoint_after=2_000))
    for number in range(100):
        put(store, participant(number))
        store.flush()
    store._keeper._end_background()  # type: ignore[attr-defined]
    assert (tmp_path / "main.json").exists()
    assert len(segments(tmp_path)) <= 2
    crash(store)
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        assert store.read().count(Participant) == 100
        assert store.revision == 100


def test_a_checkpoint_that_fails_costs_nothing_but_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    store = MemoryStore(FolderKeeper(tmp_path, checkpoint_after=1_000))
    monkeypatch.setattr(checkpoint, "sync_file", full)
    for number in range(20):
        put(store, participant(number))
        store.flush()
    store.close()
    assert "the journal is kept instead" in caplog.text
    assert not (tmp_path / "main.json").exists()
    assert not (tmp_path / "main.json.new").exists()
    monkeypatch.undo()
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        assert store.read().count(Participant) == 20


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
