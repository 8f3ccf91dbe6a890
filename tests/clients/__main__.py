"""Clients of every document by the tools of other languages: each is generated, compiled, and tried on a sandbox.

`python -m tests.clients [TOOL …]`. What is needed is installed under `.venv/clients`; a tool that needs a program that
is not here is named as not tried.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import httpx

from tests.openapi.documents import CONTROL, DOCUMENTS, REGISTER, served
from tests.openapi.fresh import TOKENS
from tests.server.running import ROOT, serving

from .served import NAMES, REFUSED, declared
from .tools import TOOLS, Failed, Place, Tool

HOME: Final = ROOT / ".venv" / "clients"
EXPECTED: Final = "200 2 200 eligible 422 declaration_date 401"


def main(names: Sequence[str]) -> int:
    """How many tools failed."""
    place = Place(HOME)
    place.install()
    failed = 0
    for name, tool in TOOLS.items():
        if names and name not in names:
            continue
        missing = [program for program in tool.needs if shutil.which(program) is None]
        if missing:
            print(f"{name:20} NOT TRIED: no {', '.join(missing)} here", flush=True)
            continue
        for document in DOCUMENTS:
            said = _tried(place, tool, document)
            failed += said is not None
            print(f"{name:20} {NAMES[document]:12} {'ok' if said is None else 'FAILED'}", flush=True)
            if said is not None:
                print(said, flush=True)
    return failed


def _tried(place: Place, tool: Tool, name: str) -> str | None:
    """What goes wrong with a tool and a document, if anything."""
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as served_here:
        folder = Path(temporary)
        edition = "register" if name == REGISTER else "ecf"
        options = ("--edition", edition)
        url = served_here.enter_context(serving(folder / "data", *options)).url
        path = "/sandbox/openapi" if name == CONTROL else f"/openapi/{name if name == REGISTER else f'ecf/{name}'}"
        for form in ("json", "postman.json"):
            (folder / f"document.{form}").write_bytes(httpx.get(f"{url}{path}.{form}").content)
        try:
            tool.make(place, folder, "/participants" if name == REGISTER else "/participants/ecf")
            if tool.flow is not None and name != CONTROL:
                bodies = [json.dumps(declared(name, example)) for example in ("started", REFUSED)]
                base = url + served(name)["servers"][0]["url"]
                said = place.run(folder, *tool.flow(place, folder), base, TOKENS[edition], *bodies)
                if said.strip() != EXPECTED:
                    return f"It said {said!r} instead of {EXPECTED!r}."
        except Failed as failure:
            return str(failure)
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) > 0)
