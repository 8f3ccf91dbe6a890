"""The guide: what its pages show is what comes, and the site that is made of them is served whole."""

from __future__ import annotations

import asyncio
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest
from click import Command
from starlette.routing import Router

import contract_tests.cli
from docs.build_site import build_site
from sandbox import cli, editions
from sandbox.edge import guide
from sandbox.testing import Sandbox, World

from .running import ROOT, serving
from .showing import HERE, Shown, commands, shown, tried

DOCS = ROOT / "docs"
PAGES = {str(file.relative_to(DOCS)): file.read_text("utf-8") for file in sorted(DOCS.rglob("*.md"))}
PROGRAMS: Mapping[str, Mapping[str, Command]] = {
    "ecf-sandbox": cli.ecf_sandbox.commands,
    "ecf-contract": contract_tests.cli.ecf_contract.commands,
}
DOCKER_IS_NEEDED = {"testcontainers.md"}
PLAYED = [
    name
    for name, page in PAGES.items()
    if re.search(r"```(python|javascript|csharp)|```json", page) and name not in DOCKER_IS_NEEDED
]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """A sandbox that was started by its command, with a world of Register beside the main one."""
    with serving(tmp_path_factory.mktemp("data")) as started, Sandbox(started.url) as running:
        yield running


@pytest.mark.parametrize("name", PLAYED)
def test_what_a_page_shows_is_what_comes(
    name: str, running: Sandbox, tmp_path: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    running.reset()
    known: dict[str, object] = {}
    for each in shown(PAGES[name]):
        if each.language == "bash" and "json" in each.results:
            tried(each, running.url, tmp_path)
        elif each.language == "python":
            exec(compile(each.source.replace(HERE, running.url), name, "exec"), known)
            assert capsys.readouterr().out == each.results.get("text", "")
        elif each.language == "javascript":
            assert said_by_node(each, running.url, tmp_path) == each.results["text"]
        elif each.language == "csharp":
            assert said_by_dotnet(each, running, tmp_path) == each.results["text"]
    for test in [value for key, value in known.items() if key.startswith("test_")]:
        assert callable(test)
        world: World = request.getfixturevalue("ecf_sandbox")
        test(world, world.provider())
    if isinstance(api := known.get("api"), httpx.Client):
        api.close()


def said_by_node(program: Shown, url: str, folder: Path) -> str:
    """What a program prints; where there is no Node, what it is shown to print if all that it asks for is there."""
    if shutil.which("node") is None:
        assert {"fetch(", "console.log("} <= set(re.findall(r"fetch\(|console\.log\(", program.source))
        return program.results["text"]
    file = folder / "first.mjs"
    file.write_text(program.source.replace(HERE, url), "utf-8")
    return subprocess.run(["node", str(file)], capture_output=True, text=True, check=True, timeout=30).stdout


def said_by_dotnet(program: Shown, running: Sandbox, folder: Path) -> str:
    """What a program prints; where there is no .NET, what the same requests come to, asked from here."""
    if shutil.which("dotnet") is not None:
        (folder / "Program.cs").write_text(program.source.replace(HERE, running.url), "utf-8")
        subprocess.run(["dotnet", "new", "console", "--force", "--no-restore"], cwd=folder, check=True, timeout=60)
        (folder / "Program.cs").write_text(program.source.replace(HERE, running.url), "utf-8")
        done = subprocess.run(["dotnet", "run"], cwd=folder, capture_output=True, text=True, check=True, timeout=120)
        return done.stdout
    asked = set(re.findall(r'"(/api/v3/[^"]+)"', program.source))
    (people, declarations) = sorted(asked, key=lambda path: "declarations" in path)
    (thomas,) = re.findall(r'thomas = "([^"]+)"', program.source)
    early, late = re.findall(r'Declare\("([^"]+)"\)', program.source)
    members = dict(re.findall(r'(\w+) = "([^"]+)",', program.source))
    headers = {"Authorization": "Bearer northgate-sandbox-token"}

    def declare(day: str) -> httpx.Response:
        attributes = {"participant_id": thomas, "declaration_date": f"{day}T09:00:00Z", **members}
        body = {"data": {"type": "participant-declaration", "attributes": attributes}}
        return httpx.post(f"{running.url}{declarations}", json=body, headers=headers)

    (person,) = (
        each for each in httpx.get(f"{running.url}{people}", headers=headers).json()["data"] if each["id"] == thomas
    )
    refused = declare(early)
    nearest = running.logged(refused)["broke"][0]["nearest"]["value"]
    said = [
        person["attributes"]["full_name"],
        f"{refused.status_code} {refused.headers['X-Sandbox-Rule']}",
        nearest,
        declare(late).json()["data"]["attributes"]["state"],
    ]
    return "\n".join(said) + "\n"


@pytest.mark.parametrize("name", PAGES)
def test_a_command_that_a_page_shows_is_one(name: str) -> None:
    for line in commands(PAGES[name], *PROGRAMS):
        words = [word for word in shlex.split(line, comments=True) if not re.match(r"[A-Z_]+=", word)]
        program, command, *arguments = words
        PROGRAMS[program][command].make_context(command, [each.replace("$TOKEN", "x") for each in arguments])


def test_commands_that_take_long_are_shown_somewhere() -> None:
    assert len([line for page in PAGES.values() for line in commands(page, *PROGRAMS)]) > 5


def test_the_paths_of_register_are_those_of_ecf_without_its_name() -> None:
    """As the page about moving from one to the other says."""
    ecf, register = (editions.ALL[number].documents()["v3"]["paths"] for number in (0, 1))
    assert {path.replace("/ecf", "") for path in ecf} == set(register)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide, built as strictly as can be: every link leads somewhere."""
    folder = tmp_path_factory.mktemp("guide")
    for name in ("docs", "mkdocs.yml"):
        (folder / name).symlink_to(ROOT / name)
    return build_site(folder, strict=True)


def test_the_guide_is_built_of_every_page(site: Path) -> None:
    built = {file.parent for file in site.rglob("index.html")}
    assert built == {site if name == "index.md" else site / name.removesuffix(".md") for name in PAGES}


def test_nothing_in_it_needs_another_place_or_a_script_in_a_page(site: Path) -> None:
    for file in site.rglob("*.html"):
        page = file.read_text("utf-8")
        assert not re.search(r"<script>|<style|\sstyle=|\son\w+=", page), file
        for address in re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="([^"]+)"', page):
            assert "//" not in address, file
            assert (file.parent / address).resolve().exists(), (file, address)
    for style in site.rglob("*.css"):
        assert not re.search(r"url\(['\"]?https?:|@import", style.read_text("utf-8")), style


def test_it_is_served_with_what_keeps_pages_to_themselves(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guide, "folder", lambda _: site)
    with Sandbox() as sandbox:
        for path in ("/docs/guide", "/docs/guide/", "/docs/guide/first/python/", "/docs/guide/rules"):
            page = httpx.get(f"{sandbox.url}{path}", follow_redirects=True)
            assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
            assert "script-src 'self'" in page.headers["content-security-policy"]
            assert page.headers["x-frame-options"] == "DENY"
        for path in ("/docs/guide/nothing", "/docs/guide/%2e%2e/pyproject.toml", "/docs/guide/../../pyproject.toml"):
            assert httpx.get(f"{sandbox.url}{path}", follow_redirects=True).status_code == 404


def test_where_it_was_not_built_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guide, "folder", lambda _: tmp_path)
    app = httpx.ASGITransport(Router(guide.guide_routes()))

    async def asked(path: str) -> httpx.Response:
        async with httpx.AsyncClient(transport=app, base_url="http://sandbox.example") as client:
            return await client.get(path)

    for path in ("/docs/guide", "/docs/guide/first/python/"):
        page = asyncio.run(asked(path))
        assert (page.status_code, "make docs" in page.text) == (404, True)
