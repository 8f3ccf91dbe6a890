"""The file at rest: plain TinyDB JSON, one document per line, replaced as a whole and never edited in place."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import msgspec
import orjson
from tinydb import TinyDB
from tinydb.storages import MemoryStorage, Storage

from sandbox.store.disk import BYTES, sync_file, sync_folder, write_all
from sandbox.store.encoding import encoded
from sandbox.store.memory import Memory, MemoryTable
from sandbox.store.protocol import StoreProblem
from sandbox.store.tables import TABLES

FORMAT: Final = 1
CHECKSUM: Final = "_checksum"  # the last table: of all that stands before it
ABOUT: Final = "_store"  # the table that says which format and revision the file holds
_SUM: Final = b',\n"_checksum":{\n"1":{"crc32":"%08x"}\n}\n}\n'
_CHUNK: Final = 1 << 16  # bytes written at once; writing lets the event loop run in between


class CheckpointStorage(Storage):
    """A TinyDB storage that survives a crash at any moment: readers see the whole old file or the whole new one."""

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self._content: dict[str, dict[str, Any]] | None = None
        self._altered = False

    def read(self) -> dict[str, dict[str, Any]] | None:
        """The tables, each a dict of document number → document; None when there is no file.

        TinyDB asks for the whole content for every table, so it is parsed once. Raises StoreProblem.
        """
        if self._content is None and self._path.exists():
            try:
                text = self._path.read_bytes()
                content = orjson.loads(text)
            except OSError as error:
                raise StoreProblem(
                    f"{self._path} could not be read: {error.strerror}. Allow it, or choose another folder."
                ) from error
            except orjson.JSONDecodeError as error:
                raise damaged(self._path, f"it is not complete JSON ({error})") from error
            if not isinstance(content, dict) or not all(isinstance(table, dict) for table in content.values()):
                raise damaged(self._path, "it does not hold tables of documents")
            if _repeats_a_number(text, content):
                raise damaged(self._path, "two documents of one table bear the same number")
            self._content = content
            self._altered = CHECKSUM in content and not _is_as_written(text)
        return self._content

    def refuse_if_altered(self) -> None:
        """Raise StoreProblem when what was read is not what was written, though it may look right."""
        if self._altered:
            raise damaged(
                self._path,
                "its checksum is of other content: a disk failed, or somebody edited it, who has to take out the table "
                f'"{CHECKSUM}" as well',
            )

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Put these tables in place of the file. A document is a dict or a Record. Raises OSError."""
        self._content = None
        new = temporary(self._path)
        try:
            _write_lines(new, _summed(_lines(data)))
        except BaseException:
            with suppress(OSError):
                new.unlink()  # on a full disk it would only be in the way
            raise
        new.replace(self._path)
        sync_folder(self._path.parent)


def _repeats_a_number(text: bytes, content: dict[str, dict[str, Any]]) -> bool:
    """True when more lines begin like a document than there are documents.

    JSON keeps the last of two equal keys: whoever copied a line by hand would lose the first without a word.
    """
    documents = sum(len(table) for table in content.values())
    if text.count(b'\n"') <= documents + len(content):
        return False  # the usual case, thirty times as fast as the search
    return len(re.findall(rb'^"\d+":\{', text, re.MULTILINE)) > documents


def _lines(data: dict[str, dict[str, Any]]) -> Iterator[bytes]:
    yield b"{"
    for table_number, (name, documents) in enumerate(data.items()):
        yield b"%b%b:{" % (b",\n" if table_number else b"\n", encoded(name))
        for number, (doc_id, document) in enumerate(documents.items()):
            yield b'%b"%d":%b' % (b",\n" if number else b"\n", int(doc_id), encoded(document))
        yield b"\n}"
    yield b"\n}\n"


def _summed(lines: Iterator[bytes]) -> Iterator[bytes]:
    """The lines of a file, with the checksum of what stands before it as its last table."""
    checksum, line = 0, b""
    for following in lines:
        yield line
        checksum, line = zlib.crc32(line, checksum), following
    yield _SUM % checksum  # in place of the line that ends the file, as it does so itself


def _is_as_written(text: bytes) -> bool:
    """True for a file whose checksum is of what stands before it."""
    before = text[: -len(_SUM % 0)]
    return text[len(before) :] == _SUM % zlib.crc32(before)


def _write_lines(path: Path, lines: Iterator[bytes]) -> None:
    descriptor = os.open(path, os.O_WRONLY | BYTES | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        chunk = bytearray()
        for line in lines:
            chunk += line
            if len(chunk) >= _CHUNK:
                write_all(descriptor, bytes(chunk))
                chunk.clear()
        write_all(descriptor, bytes(chunk))
        sync_file(descriptor)
    finally:
        os.close(descriptor)


def temporary(path: Path) -> Path:
    """Where the next checkpoint is written before it takes this one's place."""
    return path.with_name(path.name + ".new")


def damaged(path: Path, what: str) -> StoreProblem:
    """The refusal to open a file that somebody must look at first."""
    return StoreProblem(
        f"{path} cannot be used: {what}. Nothing has been changed. Put an intact copy in its place, "
        f"or move {path.name.split('.')[0]}.* out of {path.parent} to start with fresh data."
    )


def write(path: Path, memory: Memory) -> None:
    """Make the file at rest hold these records. Raises OSError."""
    CheckpointStorage(path).write(_tables(memory))


def dumped(memory: Memory) -> bytes:
    """What the file at rest would hold."""
    return b"".join(_lines(_tables(memory)))


def read(path: Path) -> Memory:
    """The records at rest; none, at revision 0, without a file. Raises StoreProblem."""
    if not path.exists():
        return Memory()
    try:
        with TinyDB(path, storage=CheckpointStorage) as database:
            memory = _read(database)
            database.storage.refuse_if_altered()
            return memory
    except _Damage as damage:
        raise damaged(path, str(damage)) from damage.__cause__


def loaded(content: bytes) -> Memory:
    """The records in what `dumped` returned, perhaps edited since, at revision 0. Raises StoreProblem."""
    try:
        tables = orjson.loads(content)
        if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
            raise _Damage("it does not hold tables of documents")
        with TinyDB(storage=MemoryStorage) as database:
            database.storage.write(tables)
            memory = _read(database)
        if together := memory.duplicates():
            raise _Damage(together)
    except (orjson.JSONDecodeError, _Damage) as error:
        raise StoreProblem(f"This is no world: {error}. Send what an export answered.") from error
    memory.revision = 0
    return memory


class _About(msgspec.Struct, frozen=True, kw_only=True):
    id: str = "store"
    format: int = FORMAT
    revision: int


class _Damage(Exception):
    """What is wrong with a file."""


def _tables(memory: Memory) -> dict[str, dict[str, Any]]:
    data: dict[str, dict[str, Any]] = {ABOUT: {"1": _About(revision=memory.revision)}}
    for table in memory.tables.values():
        # Numbers stay int here, which is cheaper; TinyDB's own are text. Both are written the same.
        data[table.definition.name] = dict(zip(table.doc_ids.values(), table.records.values(), strict=True))  # type: ignore[arg-type]
    return data


def _read(database: TinyDB) -> Memory:
    """The records in a database. Raises _Damage."""
    memory = Memory()
    try:
        about = database.table(ABOUT).get(doc_id=1)
        if isinstance(about, dict) and isinstance(about.get("format"), int) and about["format"] > FORMAT:
            raise _Damage(
                f"it is of format {about['format']} and this version reads format {FORMAT}: a newer one wrote it, "
                "which can go on with it"
            )
        if not isinstance(about, dict) or about.get("format") != FORMAT or not isinstance(about.get("revision"), int):
            raise _Damage(f'its table "{ABOUT}" does not say "format": {FORMAT} and a "revision"')
        known = {table.name: table.kind for table in TABLES}
        for name in sorted(database.tables() - {ABOUT, CHECKSUM}):
            if name in known:
                _fill(memory.tables[known[name]], database)
            elif len(database.table(name)):
                raise _Damage(f'it holds a table "{name}" that this version does not know')
    except (ValueError, TypeError) as error:  # a number that is none
        raise _Damage(str(error)) from error
    memory.revision = about["revision"]
    return memory


def _fill(table: MemoryTable, database: TinyDB) -> None:
    definition, number = table.definition, "?"
    try:
        found = []
        for document in database.table(definition.name):
            number = str(document.doc_id)
            found.append((document.doc_id, msgspec.convert(document, definition.kind)))
    except (ValueError, TypeError) as error:  # msgspec.ValidationError is a ValueError
        raise _Damage(f"in {definition.name}, document {number}: {error}") from error
    found.sort(key=lambda entry: entry[0])  # someone may have moved lines about
    for doc_id, record in found:
        if record.id in table.records:
            raise _Damage(f"in {definition.name}, document {doc_id} has the id {record.id} of another one")
        table.put(record, doc_id)
