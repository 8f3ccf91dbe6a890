"""Where the data would be kept: a folder or a database."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from sandbox.doctor.finding import Finding
from sandbox.opening import world_of
from sandbox.seeding.inspection import problems_of_world
from sandbox.store.places import store_at
from sandbox.store.protocol import StoreProblem

OLDEST: Final = 10
_ASKED: Final = (
    "SELECT current_setting('server_version'), current_setting('server_version_num')::int / 10000, current_database(), "
    "to_regnamespace('ecf_sandbox') IS NOT NULL, has_database_privilege(current_database(), 'CREATE'), "
    "coalesce(has_schema_privilege(to_regnamespace('ecf_sandbox'), 'CREATE'), false), current_user"
)


def folder(place: Path) -> Finding:
    """Whether the data in a folder can be served: they are opened as `serve` opens them. A new one is not made."""
    if not place.exists():
        above = next((each for each in place.absolute().parents if each.exists()), Path.cwd())
        if _can_be_written_to(above):
            return Finding("data", "ok", f"{place} is not there yet: `serve` makes it.")
        return Finding(
            "data",
            "wrong",
            f"{place} cannot be made: {above} is not a folder that you may write to.",
            "Choose another --data, or allow it.",
        )
    if not place.is_dir():
        return Finding("data", "wrong", f"{place} is a file and no folder.", "Choose another --data, or move it away.")
    return _opened("data", str(place), place)


def _can_be_written_to(above: Path) -> bool:
    """Whether something can be made in a folder: tried, as what is allowed there may not be all that counts."""
    try:
        with TemporaryDirectory(dir=above):
            return True
    except OSError:
        return False


def database(address: str) -> Finding:
    """Whether the data in a PostgreSQL database can be served."""
    about = "postgresql"
    if find_spec("psycopg") is None:
        return Finding(about, "wrong", "psycopg, which reaches it, is not installed.", "pip install 'psycopg[binary]'")
    try:
        version, major, name, is_there, may_make, may_use, user = _answered(address)
    except StoreProblem as problem:
        return Finding(
            about,
            "wrong",
            str(problem),
            "Start the server, or put right what --store names; PGPASSWORD and ~/.pgpass are read.",
        )
    server = f"PostgreSQL {version} answers, database {name}"
    if major < OLDEST:
        return Finding(about, "wrong", f"{server}, which is too old.", f"Use PostgreSQL {OLDEST} or later.")
    if is_there and not may_use:
        return Finding(
            about,
            "wrong",
            f"{server}, but its schema ecf_sandbox is another user's.",
            f"As its owner: GRANT ALL ON SCHEMA ecf_sandbox TO {user}; GRANT ALL ON ALL TABLES IN SCHEMA ecf_sandbox "
            f"TO {user}. Or drop it, or name another database.",
        )
    if not is_there:
        if may_make:
            return Finding(about, "ok", f"{server}; `serve` makes the schema ecf_sandbox in it.")
        return Finding(
            about,
            "wrong",
            f"{server}, but {user} may not make a schema in it.",
            f"As its owner: GRANT CREATE ON DATABASE {name} TO {user}.",
        )
    return _opened(about, server, address)


def _opened(about: str, where: str, place: Path | str) -> Finding:
    try:
        with store_at(place) as store:
            if store.read() is None or store.is_empty:
                return Finding(about, "ok", f"{where} holds nothing yet: `serve` begins with fresh seeds.")
            world = world_of(store)
    except StoreProblem as problem:
        return Finding(about, "wrong", str(problem), "Do as it says; `ecf-sandbox reset` begins anew.")
    for wrong in problems_of_world(world):
        return Finding(about, "wrong", f"{where}: {wrong}", "`ecf-sandbox reset` begins anew.")
    return Finding(about, "ok", f"{where} holds the scenario {world.scenario!r} of the edition {world.edition!r}.")


def _answered(address: str) -> tuple[Any, ...]:
    """What the server says of itself. Raises StoreProblem."""
    import psycopg

    try:
        with psycopg.connect(address, connect_timeout=5, application_name="ecf-sandbox doctor") as connection:
            found = connection.execute(_ASKED).fetchone()
            assert found is not None
            return found
    except psycopg.Error as error:
        said = (str(error).strip().splitlines() or ["no reason given"])[0].replace(address, "it")
        raise StoreProblem(f"The database cannot be reached: {said}") from None
