"""What is measured, each in a process of its own: the sandbox, bare Starlette, and three other stand-ins for APIs."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import orjson

HERE: Final = Path(__file__).parent
OTHERS: Final = HERE / ".others"
PACKAGES: Final = {"Prism": "@stoplight/prism-cli", "Mockoon": "@mockoon/cli", "WireMock": "wiremock"}
MEDIA_TYPE: Final = "application/vnd.api+json"
PATIENCE: Final = 120  # seconds until a server must answer

Served = tuple[int, int]  # its port, and its process


@contextmanager
def running(command: list[str], port: int) -> Iterator[Served]:
    """A server, until the block ends. Raises TimeoutError."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=HERE.parent,
        env={**os.environ, "PYTHONPATH": str(HERE.parent), "PYTHONWARNINGS": "ignore"},
        start_new_session=True,
    )
    try:
        _wait_for(port, process)
        yield port, process.pid
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def sandbox(folder: Path, participants: int) -> Iterator[Served]:
    """The sandbox with so many participants, kept in a folder."""
    subprocess.run(
        [sys.executable, str(HERE / "crowd.py"), str(folder), str(participants)],
        check=True,
        env={**os.environ, "PYTHONPATH": str(HERE.parent)},
    )
    port = free_port()
    with running(
        [sys.executable, "-m", "sandbox", "serve", "--port", str(port), "--data", str(folder)], port
    ) as served:
        yield served


@contextmanager
def bare(folder: Path, contents: Mapping[str, bytes]) -> Iterator[Served]:
    """Starlette, which turns these contents, by their paths, into the same bytes with orjson."""
    file, port = folder / "contents.json", free_port()
    file.write_bytes(orjson.dumps({path: orjson.loads(content) for path, content in contents.items()}))
    with running([sys.executable, str(HERE / "bare.py"), str(port), str(file)], port) as served:
        yield served


@contextmanager
def other(name: str, folder: Path, contents: Mapping[str, bytes]) -> Iterator[Served]:
    """One of the others, serving the same. Raises LookupError with a word about it when it cannot be had."""
    program = _program(name)
    port = free_port()
    command = {"Prism": _prism, "Mockoon": _mockoon, "WireMock": _wiremock}[name](folder, contents, port)
    try:
        with running([str(program), *command], port) as served:
            yield served
    except TimeoutError as error:
        raise LookupError(f"{name} did not start") from error


def install() -> None:
    """Install the others, where they are not and can be had."""
    if shutil.which("npm") is None or all((OTHERS / "node_modules" / name).exists() for name in PACKAGES.values()):
        return
    OTHERS.mkdir(exist_ok=True)
    (OTHERS / "package.json").write_text('{"private": true}')
    for package in PACKAGES.values():
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent", package], cwd=OTHERS, check=False)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def megabytes(pid: int) -> float:
    """How much memory a process has in use."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise LookupError(pid)


def _program(name: str) -> Path:
    for needed in ("node", *(("java",) if name == "WireMock" else ())):
        if shutil.which(needed) is None:
            raise LookupError(f"{name} was left out: it needs {needed}")
    program = (
        OTHERS / "node_modules" / ".bin" / {"Prism": "prism", "Mockoon": "mockoon-cli", "WireMock": "wiremock"}[name]
    )
    if not program.exists():
        raise LookupError(f"{name} was left out: it could not be installed")
    return program


def _prism(folder: Path, contents: Mapping[str, bytes], port: int) -> list[str]:
    def operation(content: bytes) -> dict[str, Any]:
        example = {"example": orjson.loads(content)}
        return {"get": {"responses": {"200": {"description": "Well", "content": {MEDIA_TYPE: example}}}}}

    paths = {path: operation(content) for path, content in contents.items()}
    document = {"openapi": "3.0.3", "info": {"title": "The same", "version": "1"}, "paths": paths}
    file = folder / "prism.json"
    file.write_bytes(orjson.dumps(document))
    return ["mock", str(file), "-p", str(port), "-h", "127.0.0.1"]


def _mockoon(folder: Path, contents: Mapping[str, bytes], port: int) -> list[str]:
    def route(number: int, path: str, content: bytes) -> dict[str, Any]:
        answer = {
            "uuid": f"00000000-0000-4000-8000-1{number:011}",
            "body": content.decode(),
            "statusCode": 200,
            "headers": [{"key": "Content-Type", "value": MEDIA_TYPE}],
            "latency": 0,
            "label": "",
            "bodyType": "INLINE",
            "filePath": "",
            "databucketID": "",
            "sendFileAsBody": False,
            "rules": [],
            "rulesOperator": "OR",
            "disableTemplating": True,
            "fallbackTo404": False,
            "default": True,
            "crudKey": "id",
            "callbacks": [],
        }
        return {
            "uuid": f"00000000-0000-4000-8000-2{number:011}",
            "type": "http",
            "documentation": "",
            "method": "get",
            "endpoint": path.lstrip("/"),
            "responses": [answer],
            "responseMode": None,
        }

    routes = [route(number, path, content) for number, (path, content) in enumerate(contents.items())]
    environment = {
        "uuid": "00000000-0000-4000-8000-000000000000",
        "lastMigration": 33,
        "name": "The same",
        "endpointPrefix": "",
        "latency": 0,
        "port": port,
        "hostname": "127.0.0.1",
        "routes": routes,
        "rootChildren": [{"type": "route", "uuid": each["uuid"]} for each in routes],
        "folders": [],
        "headers": [],
        "proxyMode": False,
        "proxyHost": "",
        "proxyRemovePrefix": False,
        "proxyReqHeaders": [],
        "proxyResHeaders": [],
        "cors": False,
        "tlsOptions": {
            "enabled": False,
            "type": "CERT",
            "pfxPath": "",
            "certPath": "",
            "keyPath": "",
            "caPath": "",
            "passphrase": "",
        },
        "data": [],
        "callbacks": [],
    }
    file = folder / "mockoon.json"
    file.write_bytes(orjson.dumps(environment))
    return ["start", "--data", str(file), "--port", str(port), "--disable-log-to-file"]


def _wiremock(folder: Path, contents: Mapping[str, bytes], port: int) -> list[str]:
    root = folder / "wiremock"
    for part in ("mappings", "__files"):
        (root / part).mkdir(parents=True)
    for number, (path, content) in enumerate(contents.items()):
        (root / "__files" / f"{number}.json").write_bytes(content)
        answer = {"status": 200, "bodyFileName": f"{number}.json", "headers": {"Content-Type": MEDIA_TYPE}}
        mapping = {"request": {"method": "GET", "urlPath": path}, "response": answer}
        (root / "mappings" / f"{number}.json").write_bytes(orjson.dumps(mapping))
    return ["--port", str(port), "--root-dir", str(root), "--no-request-journal", "--disable-gzip", "--disable-banner"]


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(f"nothing answers on port {port}")
