"""The file at rest: read by people and by plain TinyDB, and refused when it is damaged."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from sandbox.model import Participant
from sandbox.store import checkpoint
from sandbox.store.engine import MemoryStore
from sandbox.store.folder import FolderKeeper
from sandbox.store.protocol import StoreProblem

from .records import (
    EVERYTHING,
    crash,
    participant,
    put,
    segments,
)


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
        database.drop_table("_checksum")
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
        del tables["_checksum"]
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
    del tables["_checksum"]
    path.write_text(json.dumps(dict(reversed(tables.items())), indent=0))
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        assert [p.id for p in store.read().all(Participant)] == ["participant-1", "participant-2"]


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
