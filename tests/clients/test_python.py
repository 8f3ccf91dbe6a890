"""openapi-python-client makes a client of every document, with every operation, and it works."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from openapi_python_client import generate
from openapi_python_client.config import Config, ConfigFile, MetaType

from sandbox.testing import Sandbox
from tests.openapi.documents import DOCUMENTS, OF_PROVIDERS, REGISTER, operations, served

from .served import NAMES, REFUSED, declared, written

LONG_AGO = (datetime(2021, 1, 1, tzinfo=UTC), "2021-01-01T00:00:00Z")
"""Register takes no offset, so that its clients take the text as it is sent."""

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a client of each document."""
    folder = tmp_path_factory.mktemp("clients")
    for name in DOCUMENTS:
        config = Config.from_sources(
            ConfigFile(post_hooks=[]),
            MetaType.NONE,
            document_source=written(name, folder),
            file_encoding="utf-8",
            overwrite=False,
            output_path=folder / package(name),
        )
        assert list(generate(config=config)) == []
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


def package(name: str) -> str:
    return f"client_{NAMES[name].replace('-', '_')}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_operation_is_there(generated: Path, name: str) -> None:
    found = {file.stem for file in (generated / package(name) / "api").glob("*/*.py")} - {"__init__"}
    assert found == {operation.says["operationId"] for operation in operations(served(name))}


@pytest.mark.parametrize("name", OF_PROVIDERS)
def test_it_lists_declares_and_tells_refusals(generated: Path, sandbox: Sandbox, name: str) -> None:
    with sandbox.world(scenario="register" if name == REGISTER else "main") as world:
        client = import_module(package(name))
        models = import_module(f"{package(name)}.models")
        listing = import_module(f"{package(name)}.api.participants.list_participants")
        declaring = import_module(f"{package(name)}.api.declarations.create_declaration")
        base = f"{sandbox.url}{served(name)['servers'][0]['url']}"
        token = world.provider("northgate").token
        northgate = client.AuthenticatedClient(base, token=token)
        stranger = client.AuthenticatedClient(base, token=f"{token}-revoked")

        def declare(example: str) -> Any:
            body = models.DeclarationRequest.from_dict(declared(name, example))
            return declaring.sync_detailed(client=northgate, body=body)

        with northgate, stranger:
            listed = listing.sync(client=northgate, pageper_page=2, filterupdated_since=LONG_AGO[name == REGISTER])
            assert len(listed.data) == 2
            accepted = declare("started")
            assert (accepted.status_code, accepted.parsed.data.attributes.state.value) == (200, "eligible")
            refused = declare(REFUSED)
            assert (refused.status_code, refused.parsed.errors[0].title) == (422, "declaration_date")
            assert listing.sync_detailed(client=stranger).status_code == 401


def test_it_makes_worlds_and_tells_refusals(generated: Path, sandbox: Sandbox) -> None:
    models = import_module(f"{package('control')}.models")
    making = import_module(f"{package('control')}.api.worlds.create_world")
    with import_module(package("control")).Client(f"{sandbox.url}/sandbox") as client:
        made = making.sync(client=client, body=models.NewWorld(scenario="first-cohort"))
        assert made.providers[0].token
        refused = making.sync_detailed(client=client, body=models.NewWorld(scenario="no-such"))
        assert (refused.status_code, refused.parsed.errors[0].title) == (422, "scenario")
