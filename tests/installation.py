"""The project as it is installed: the wheel that its sdist is built into, in a virtual environment of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Installation:
    """A virtual environment that holds the wheel. What the wheel needs is read from the environment of these tests."""

    folder: Path
    sdist: Path
    wheel: Path

    def command(self, name: str) -> Path:
        """A command of it, such as `python` or `ecf-sandbox`."""
        return self.folder / "bin" / name

    @property
    def site(self) -> Path:
        """Where its packages lie."""
        return Path(sysconfig.get_path("purelib", "venv", {"base": str(self.folder)}))

    def run(self, *command: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command of it to its end, told nothing of where these tests find their modules."""
        told = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        return subprocess.run(
            [str(self.command(command[0])), *command[1:]],
            cwd=cwd,
            env=told | {"ECF_SANDBOX_CACHE": str(self.folder / "cache")} | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )


def install(folder: Path) -> Installation:
    """Build the sdist, build the wheel from that alone, and install it into a new environment."""
    copy = folder / "project"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "tests", "__pycache__"))
    sdist = built("sdist", copy, folder / "sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    wheel = built("wheel", folder / sdist.name.removesuffix(".tar.gz"), folder / "wheel")
    installation = Installation(folder / "environment", sdist, wheel)
    venv.create(installation.folder, symlinks=True)
    (installation.site / "needed.pth").write_text(sysconfig.get_path("purelib"))
    pip = [sys.executable, "-m", "pip", "--python", str(installation.command("python")), "--quiet"]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True)
    return installation


def built(target: str, project: Path, into: Path) -> Path:
    """What is built of a project: its sdist or its wheel."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(into)]
    subprocess.run(build, cwd=project, check=True, capture_output=True)
    (made,) = into.iterdir()
    return made
