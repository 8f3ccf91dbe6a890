"""Every session that was recorded of the real service is answered alike, but those on a list that only shrinks."""

from __future__ import annotations

import asyncio
from functools import cache
from pathlib import Path

import pytest

from .in_process import Service
from .recording import RECORDED, Session, differing, open_order, read, sessions
from .replay import replay

RECORDINGS = Path(__file__).parents[3] / "shared" / "reality"
PARTS = 8  # of each recording, for tests that run at once to share

service = cache(Service)


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("recording", RECORDED)
def test_recorded_sessions_are_answered_as_there(recording: str, part: int) -> None:
    verdicts = asyncio.run(_verdicts(sessions(recording)[part::PARTS]))
    assert not verdicts, "\n".join(verdicts)


def test_the_list_names_recorded_sessions_only() -> None:
    assert differing() | open_order() <= {session.id for recording in RECORDED for session in sessions(recording)}


@pytest.mark.skipif(not RECORDINGS.is_dir(), reason="the recordings are not beside the project")
@pytest.mark.parametrize("recording", RECORDED)
def test_the_copies_hold_what_was_recorded(recording: str) -> None:
    assert sessions(recording) == list(read((RECORDINGS / f"{recording}.jsonl").read_bytes()))


async def _verdicts(part: list[Session]) -> list[str]:
    """What is not as the list says, session by session."""
    listed, verdicts = differing(), []
    for session in part:
        if session.id in open_order():
            if differences := await replay(service(), session, any_order=True):
                verdicts.append(f"{session.id} differs in more than an order: {differences[0]}")
            continue
        differences = await replay(service(), session)
        if differences and session.id not in listed:
            verdicts.append(f"{session.id} is not answered as there: {differences[0]}")
        elif not differences and session.id in listed:
            verdicts.append(f"{session.id} is answered as there: remove it from differing.txt")
    return verdicts
