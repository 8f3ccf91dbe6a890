"""Records to try a store with, and what is done to one and seen in it. The same number makes the same record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from sandbox.model import (
    Declaration,
    DeclarationChange,
    DeclarationState,
    Milestone,
    Participant,
    Record,
    Schedule,
    School,
    TrainingRecord,
)
from sandbox.store.engine import MemoryStore

from ..postgresql import Server

StoreOf = Callable[..., MemoryStore]

NOW = datetime(2022, 1, 15, 9, 30, 0, 123456, tzinfo=UTC)


def participant(number: int, trn: str | None = None, name: str | None = None) -> Participant:
    return Participant(
        id=f"participant-{number}",
        full_name=name or f"Zoë Müller {number}",
        email=f"teacher-{number}@example.org",
        trn=trn,
        created_at=NOW,
        updated_at=NOW,
    )


def training_record(number: int) -> TrainingRecord:
    return TrainingRecord(
        id=f"training-{number}",
        participant_id=f"participant-{number}",
        participant_type="ect",
        induction_end_date=date(2024, 7, 31),
        created_at=NOW,
    )


def declaration(
    number: int,
    participant: int = 1,
    type: str = "started",
    state: DeclarationState = "submitted",
    statement: str | None = None,
) -> Declaration:
    return Declaration(
        id=f"declaration-{number}",
        participant_id=f"participant-{participant}",
        training_record_id=f"training-{participant}",
        lead_provider_id="provider-1",
        declaration_type=type,
        declaration_date=NOW,
        course_identifier="ecf-induction",
        cohort="2021",
        state=state,
        statement_id=statement,
        history=(DeclarationChange(state=state, at=NOW, statement_id=statement),),
        created_at=NOW,
        updated_at=NOW,
    )


def school(number: int, urn: str | None = None) -> School:
    return School(
        id=f"school-{number}",
        urn=urn or f"{100000 + number}",
        name=f'The "{number}" School',
        programmes={"2021": "full_induction_programme"},
        created_at=NOW,
        updated_at=NOW,
    )


def schedule() -> Schedule:
    return Schedule(
        id="2021/ecf-standard-september",
        identifier="ecf-standard-september",
        cohort="2021",
        courses=("ecf-induction", "ecf-mentor"),
        milestones=(
            Milestone(declaration_type="started", starts=date(2021, 9, 1), ends=date(2021, 11, 30)),
            Milestone(declaration_type="retained-1", starts=date(2021, 11, 1), behaviour="deployed"),
        ),
    )


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


def ids(records: Iterable[Record]) -> list[str]:
    return [record.id for record in records]


def people(store: MemoryStore) -> list[str]:
    return [record.id.removeprefix("participant-") for record in store.read().all(Participant)]


def content(store: MemoryStore) -> list[Record]:
    kinds = (Participant, TrainingRecord, School, Schedule, Declaration)
    return [record for kind in kinds for record in store.read().all(kind)]


def crash(store: MemoryStore) -> None:
    """Let go of the files as the end of the process would: no checkpoint, nothing written."""
    store._keeper.release()  # type: ignore[attr-defined]


def segments(folder: Path) -> list[Path]:
    return sorted(folder.glob("main.journal-*.jsonl"))


def end_connections(url: str, postgresql: Server) -> None:
    ours = "pid <> pg_backend_pid() AND datname = current_database()"
    postgresql.ask(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {ours}", url)
