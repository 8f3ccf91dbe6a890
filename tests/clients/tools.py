"""The tools that make clients, and how what they make is compiled and run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
FLOWS: Final = HERE / "flows"
GENERATOR: Final = "7.26.0"
PATIENCE: Final = 600  # seconds


class Failed(Exception):
    """A program that did not do what it was asked for, and what it said."""


@dataclass(frozen=True)
class Place:
    """Where the tools are installed: those of npm, and those of Python in an environment of their own."""

    home: Path

    @property
    def python(self) -> Path:
        """The Python that has openapi-generator, and what its clients need."""
        return self.home / "python" / "bin" / "python"

    @property
    def modules(self) -> Path:
        """Where npm puts what it installs."""
        return self.home / "node_modules"

    @property
    def generator(self) -> Path:
        """openapi-generator, with the libraries that its Java clients need."""
        (jar,) = (self.home / "python").glob("lib/*/site-packages/openapi_generator_cli/openapi-generator.jar")
        return jar

    def install(self) -> None:
        """Have everything there that the registries of npm and of Python have."""
        self.home.mkdir(parents=True, exist_ok=True)
        wanted = (HERE / "package.json").read_text()
        there = self.home / "package.json"
        if shutil.which("npm") and not (there.exists() and there.read_text() == wanted and self.modules.exists()):
            there.write_text(wanted)
            self.run(self.home, "npm", "install", "--no-fund", "--no-audit", "--loglevel", "error")
        if not self.python.exists():
            self.run(self.home, sys.executable, "-m", "venv", "python")
            clients = ("pydantic", "python-dateutil", "urllib3", "typing-extensions", "mypy", "types-python-dateutil")
            pip = (self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
            self.run(self.home, *pip, f"openapi-generator-cli=={GENERATOR}", *clients)

    def run(self, folder: Path, *command: str | Path) -> str:
        """What a program prints. Raises Failed."""
        environment = {**os.environ, "NODE_PATH": str(self.modules), "PYTHONPATH": str(folder / "client")}
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        if done.returncode:
            raise Failed(f"{' '.join(map(str, command[:6]))} …\n{(done.stdout + done.stderr)[-3000:]}")
        return done.stdout

    def generate(self, folder: Path, language: str, *options: str) -> None:
        """Have openapi-generator make a client in the folder `client`."""
        command = ("java", "-jar", self.generator, "generate", "-g", language, "-i", "document.json", "-o", "client")
        self.run(folder, *command, *options)


@dataclass(frozen=True)
class Tool:
    """What makes a client in a folder that has the document; which command tries it; and which programs it needs."""

    make: Callable[[Place, Path, str], None]
    flow: Callable[[Place, Path], Sequence[str | Path]] | None
    needs: tuple[str, ...]


def _typescript(place: Place, folder: Path, flow: str, *options: str) -> None:
    """Compile a flow, with the client that it uses."""
    (folder / "node_modules").symlink_to(place.modules)
    strictly = ("--strict", "--skipLibCheck", "false", "--target", "es2022", "--lib", "es2022,dom,dom.iterable")
    place.run(folder, "node", place.modules / "typescript/bin/tsc", *strictly, *options, "--outDir", "made", flow)


def _openapi_typescript(place: Place, folder: Path, participants: str) -> None:
    place.run(folder, "node", place.modules / "openapi-typescript/bin/cli.js", "document.json", "-o", "types.ts")
    if '"/participant-declarations"' not in (folder / "types.ts").read_text():
        (folder / "flow.ts").write_text('import type { paths } from "./types";\nexport type All = paths;\n')
    else:
        flow = (FLOWS / "openapi-typescript.ts").read_text()
        (folder / "flow.ts").write_text(flow.replace("/participants{ecf}", participants))
    _typescript(place, folder, "flow.ts", "--module", "node16", "--moduleResolution", "node16")


def _typescript_fetch(place: Place, folder: Path, participants: str) -> None:
    place.generate(folder, "typescript-fetch")
    provider = "participants" in participants and (folder / "client/apis/ParticipantsApi.ts").exists()
    flow = "flow.ts" if provider else "client/index.ts"
    if provider:
        shutil.copy(FLOWS / "typescript-fetch.ts", folder / "flow.ts")
    _typescript(place, folder, flow, "--module", "commonjs", "--moduleResolution", "node10")


def _python(place: Place, folder: Path, _: str) -> None:
    place.generate(folder, "python")
    place.run(folder, place.python, "-W", "error", "-m", "compileall", "-q", "client/openapi_client")
    place.run(folder / "client", place.python, "-m", "mypy", "-p", "openapi_client", "--ignore-missing-imports")


def _java(place: Place, folder: Path, _: str) -> None:
    settings = "openApiNullable=false,useJakartaEe=false,useSingleRequestParameter=true,hideGenerationTimestamp=true"
    place.generate(folder, "java", "--library", "native", "--additional-properties", settings)
    sources = [*map(str, (folder / "client/src/main").rglob("*.java")), str(FLOWS / "Generated.java")]
    if (folder / "client/src/main/java/org/openapitools/client/api/DeclarationsApi.java").exists():
        sources.append(str(FLOWS / "Flow.java"))
    (folder / "sources").write_text("\n".join(sources))
    place.run(folder, "javac", "-nowarn", "-d", "made", "-cp", place.generator, "@sources")


def _csharp(place: Place, folder: Path, _: str) -> None:
    """Generated only: what its clients need comes from a registry that npm and Python do not have."""
    place.generate(folder, "csharp", "--library", "httpclient")


def _nswag(place: Place, folder: Path, _: str) -> None:
    """Its edition for .NET Framework, under Mono; `mcs` compiles what it makes."""
    nswag = place.modules / "nswag/bin/binaries/Win"
    options = ("/namespace:Generated", "/className:Client", "/generateOptionalParameters:true")
    mode = "/operationGenerationMode:SingleClientFromOperationId"
    said = ("/input:document.json", "/output:Client.cs", *options, mode)
    place.run(folder, "mono", nswag / "NSwag.exe", "openapi2csclient", *said)
    shutil.copy(nswag / "Newtonsoft.Json.dll", folder)
    references = ("Newtonsoft.Json", "System.Net.Http", "System.ComponentModel.DataAnnotations")
    flow = FLOWS / "Flow.cs" if "Create_declarationAsync" in (folder / "Client.cs").read_text() else None
    place.run(
        folder,
        "mcs",
        *("-langversion:latest", f"-target:{'exe' if flow else 'library'}", "-out:Flow.exe", "Client.cs"),
        *([flow] if flow else []),
        *(f"-r:{name}.dll" for name in (*references, "System.Runtime.Serialization")),
    )


def _newman(place: Place, folder: Path, _: str) -> None:
    """The whole collection, one request after the other, in one sandbox."""
    place.run(folder, "node", place.modules / "newman/bin/newman.js", "run", "document.postman.json", "--bail")


TOOLS: Final[Mapping[str, Tool]] = {
    "openapi-typescript": Tool(_openapi_typescript, lambda _, folder: ("node", folder / "made/flow.js"), ("npm",)),
    "newman": Tool(_newman, None, ("npm",)),
    "python": Tool(_python, lambda place, _: (place.python, FLOWS / "python.py"), ("java",)),
    "typescript-fetch": Tool(_typescript_fetch, lambda _, folder: ("node", folder / "made/flow.js"), ("npm", "java")),
    "java": Tool(_java, lambda place, _: ("java", "-cp", f"{place.generator}:made", "Flow"), ("java", "javac")),
    "csharp": Tool(_csharp, None, ("java",)),
    "nswag": Tool(_nswag, lambda _, __: ("mono", "Flow.exe"), ("npm", "mono", "mcs")),
}
