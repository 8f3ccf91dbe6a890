"""Nothing is acknowledged before it is on the disk, many units share one sync, and a failed one stops the store."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from sandbox.model import Participant
from sandbox.store import disk, journal
from sandbox.store.engine import MemoryStore
from sandbox.store.folder import FolderKeeper
from sandbox.store.protocol import StoreProblem

from .records import participant


class Disk:
    """Stands in for the sync: counts, waits while `held`, fails once `broken`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.syncs = 0
        self.broken = False
        self.free = threading.Event()
        self.free.set()
        monkeypatch.setattr(journal, "sync_file", self.sync)

    def sync(self, descriptor: int) -> None:
        self.syncs += 1
        assert self.free.wait(5)
        if self.broken:
            raise OSError(5, "Input/output error")
        disk.sync_file(descriptor)

    def hold(self) -> None:
        self.free.clear()

    def let_go(self) -> None:
        self.free.set()


@pytest.fixture
def slow_disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def put(store: MemoryStore, number: int) -> None:
    with store.write() as unit:
        unit.put(participant(number))


async def put_durably(store: MemoryStore, number: int) -> None:
    put(store, number)
    await store.durable()


def run(story: Coroutine[Any, Any, None]) -> None:
    """Run a story in an event loop of its own; one that waits for ever fails."""
    asyncio.run(asyncio.wait_for(story, 5))


async def until(condition: object) -> None:
    for _ in range(2_000):
        if condition():  # type: ignore[operator]
            return
        await asyncio.sleep(0.001)
    raise AssertionError("it did not happen in two seconds")


def test_waiting_for_a_store_in_memory_is_free() -> None:
    store = MemoryStore()
    put(store, 1)
    run(store.durable())


def test_waiting_with_nothing_pending_does_not_touch_the_disk(tmp_path: Path, slow_disk: Disk) -> None:
    async def story(store: MemoryStore) -> None:
        await store.durable()
        assert slow_disk.syncs == 0
        await put_durably(store, 1)
        assert slow_disk.syncs == 1
        await store.durable()
        with store.write() as unit:
            unit.put(participant(1))  # as it was
        await store.durable()
        assert slow_disk.syncs == 1

    with MemoryStore(FolderKeeper(tmp_path)) as store:
        run(story(store))


def test_a_commit_is_not_durable_before_its_sync(tmp_path: Path, slow_disk: Disk) -> None:
    async def story(store: MemoryStore) -> None:
        slow_disk.hold()
        writer = asyncio.create_task(put_durably(store, 1))
        reader = asyncio.create_task(read_durably(store))
        await asyncio.sleep(0.05)
        assert not writer.done()
        assert not reader.done(), "a reader may not show what is not on the disk"
        slow_disk.let_go()
        await asyncio.gather(writer, reader)

    async def read_durably(store: MemoryStore) -> None:
        assert store.read().count(Participant) == 1
        await store.durable()

    with MemoryStore(FolderKeeper(tmp_path)) as store:
        run(story(store))


def test_commits_that_arrive_during_a_sync_wait_for_the_next(tmp_path: Path, slow_disk: Disk) -> None:
    async def story(store: MemoryStore) -> None:
        slow_disk.hold()
        first = asyncio.create_task(put_durably(store, 1))
        await until(lambda: slow_disk.syncs == 1)
        later = [asyncio.create_task(put_durably(store, number)) for number in (2, 3)]
        await asyncio.sleep(0.01)
        slow_disk.let_go()
        await first
        slow_disk.hold()
        await until(lambda: slow_disk.syncs == 2)
        assert not any(task.done() for task in later)
        slow_disk.let_go()
        await asyncio.gather(*later)
        assert slow_disk.syncs == 2

    with MemoryStore(FolderKeeper(tmp_path)) as store:
        run(story(store))


def test_the_name_of_a_new_segment_is_on_the_disk_before_its_first_commit_is_durable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[list[str]] = []
    monkeypatch.setattr(journal, "sync_folder", lambda folder: synced.append([p.name for p in folder.glob("*.jsonl")]))
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        run(put_durably(store, 1))
        run(put_durably(store, 2))
        assert synced == [["main.journal-000001.jsonl"]]


def test_many_writers_share_syncs(tmp_path: Path, slow_disk: Disk) -> None:
    async def story(store: MemoryStore) -> None:
        await asyncio.gather(*(put_durably(store, number) for number in range(64)))

    store = MemoryStore(FolderKeeper(tmp_path))
    run(story(store))
    assert slow_disk.syncs <= 2
    store._keeper.release()  # type: ignore[attr-defined]
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        assert store.read().count(Participant) == 64


def test_a_cancelled_request_does_not_disturb_the_others(tmp_path: Path, slow_disk: Disk) -> None:
    async def story(store: MemoryStore) -> None:
        slow_disk.hold()
        first, second, third = (asyncio.create_task(put_durably(store, number)) for number in (1, 2, 3))
        await until(lambda: slow_disk.syncs == 1)
        first.cancel()
        second.cancel()
        await asyncio.sleep(0.01)
        slow_disk.let_go()
        await third
        await put_durably(store, 4)

    with MemoryStore(FolderKeeper(tmp_path)) as store:
        run(story(store))


def test_an_event_loop_that_ends_during_a_sync_leaves_the_store_usable(tmp_path: Path, slow_disk: Disk) -> None:
    async def abandon(store: MemoryStore, number: int) -> None:
        slow_disk.hold()
        task = asyncio.create_task(put_durably(store, number))
        await until(lambda: not slow_disk.free.is_set() and task and slow_disk.syncs % 2 == 1)
        task.cancel()

    with MemoryStore(FolderKeeper(tmp_path)) as store:
        run(abandon(store, 1))
        threading.Timer(0.05, slow_disk.let_go).start()
        run(put_durably(store, 2))
        assert slow_disk.syncs == 2
        run(abandon(store, 3))
        threading.Timer(0.05, slow_disk.let_go).start()
        put(store, 4)
        store.flush()
        store._keeper.release()  # type: ignore[attr-defined]
        with MemoryStore(FolderKeeper(tmp_path)) as again:
            assert again.read().count(Participant) == 4


def test_flushing_needs_no_event_loop(tmp_path: Path, slow_disk: Disk) -> None:
    store = MemoryStore(FolderKeeper(tmp_path))
    put(store, 1)
    put(store, 2)
    store.flush()
    store.flush()
    assert slow_disk.syncs == 1
    store._keeper.release()  # type: ignore[attr-defined]
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        assert store.read().count(Participant) == 2


def test_flushing_lets_go_on_those_who_wait(tmp_path: Path, slow_disk: Disk) -> None:
    async def story(store: MemoryStore) -> None:
        slow_disk.hold()
        tasks = [asyncio.create_task(put_durably(store, 1))]
        await until(lambda: slow_disk.syncs == 1)
        tasks.append(asyncio.create_task(put_durably(store, 2)))
        await asyncio.sleep(0.01)
        slow_disk.let_go()
        store.flush()
        async with asyncio.timeout(1):
            await asyncio.gather(*tasks)
        assert slow_disk.syncs == 2

    with MemoryStore(FolderKeeper(tmp_path)) as store:
        run(story(store))


def test_a_failed_sync_is_told_to_everybody_and_later_writes_are_refused(tmp_path: Path, slow_disk: Disk) -> None:
    async def story(store: MemoryStore) -> None:
        await put_durably(store, 1)
        slow_disk.hold()
        slow_disk.broken = True
        during = [asyncio.create_task(put_durably(store, number)) for number in (2, 3)]
        await until(lambda: slow_disk.syncs == 2)
        after = asyncio.create_task(put_durably(store, 4))
        await asyncio.sleep(0.01)
        slow_disk.let_go()
        outcomes = await asyncio.gather(*during, after, return_exceptions=True)
        for outcome in outcomes:
            assert isinstance(outcome, StoreProblem)
            assert "could not be written: Input/output error" in str(outcome)
            assert "main.journal-000001.jsonl" in str(outcome)
        slow_disk.broken = False  # even when the disk is well again
        with pytest.raises(StoreProblem, match="Input/output error"):
            await put_durably(store, 5)
        with pytest.raises(StoreProblem, match="Input/output error"):
            await store.durable()  # a reader would see what was not saved

    store = MemoryStore(FolderKeeper(tmp_path))
    run(story(store))
    with pytest.raises(StoreProblem):
        store.flush()
    store.close()
    assert not (tmp_path / "main.json").exists(), "what was refused may not be made to last"
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        assert store.read().get(Participant, "participant-1") == participant(1)
        assert store.read().get(Participant, "participant-5") is None


def test_a_failed_flush_is_refused_too(tmp_path: Path, slow_disk: Disk) -> None:
    store = MemoryStore(FolderKeeper(tmp_path))
    slow_disk.broken = True
    put(store, 1)
    with pytest.raises(StoreProblem, match="Input/output error"):
        store.flush()
    with pytest.raises(StoreProblem, match="Input/output error"), store.write():
        pass
    store.close()


def test_closing_says_when_the_last_changes_could_not_be_saved(tmp_path: Path, slow_disk: Disk) -> None:
    store = MemoryStore(FolderKeeper(tmp_path))
    slow_disk.broken = True
    put(store, 1)
    with pytest.raises(StoreProblem, match="Input/output error"):
        store.close()
    slow_disk.broken = False
    MemoryStore(FolderKeeper(tmp_path)).close()


FILL_THE_DISK = """
import asyncio, os, resource, signal, sys
from pathlib import Path
from sandbox.store.protocol import StoreProblem
from sandbox.store.engine import MemoryStore
from sandbox.store.folder import FolderKeeper
from tests.store.records import participant

async def main() -> None:
    store = MemoryStore(FolderKeeper(Path(sys.argv[1])))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
    for number in range(1_000):
        try:
            with store.write() as unit:
                unit.put(participant(number))
            await store.durable()
        except StoreProblem as problem:
            print(problem, file=sys.stderr, flush=True)
            os._exit(3)
        print(number, flush=True)

asyncio.run(main())
"""


def test_a_disk_that_fills_up_in_the_middle_of_a_line_loses_nothing_acknowledged(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", FILL_THE_DISK, str(tmp_path)], capture_output=True, text=True, check=False, cwd=root
    )
    assert done.returncode == 3, done.stderr
    assert "File too large" in done.stderr
    acknowledged = done.stdout.split()
    assert len(acknowledged) > 10
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        assert store.read().count(Participant) == len(acknowledged)
