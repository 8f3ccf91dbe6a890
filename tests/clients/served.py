"""What a generated client is tried with: the documents in files, and what is declared by the examples of each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from sandbox.documents.examples import requests_of
from tests.openapi.documents import DOCUMENTS, OF_PROVIDERS, served, whole_name

NAMES: Final = {name: whole_name(name).replace("/", "-") for name in DOCUMENTS}
"""Each document by what its client is called."""
OF_PROVIDERS_NAMES: Final = {name: NAMES[name] for name in OF_PROVIDERS}


def written(name: str, folder: Path, url: str = "") -> Path:
    """A document as it is served, in a file. What is generated from it asks at this address."""
    document = served(name)
    servers = [{"url": url + document["servers"][0]["url"]}]
    file = folder / f"{NAMES[name]}.json"
    file.write_text(json.dumps({**document, "servers": servers}))
    return file


def declared(name: str, example: str = "started") -> Any:
    """The body of one of the examples of declaring."""
    (body,) = [
        request.body
        for request in requests_of(served(name))
        if request.operation["operationId"] == "create_declaration" and request.name == example
    ]
    return body


REFUSED: Final = "decl.milestone-start"
"""The example that is refused, in every version, over its `declaration_date`."""
