"""The steps of the Dockerfile, run in a bare Debian where no engine is at hand: how much they make, and that it serves.

    make image-rehearsal

As root, with debootstrap, on Linux. In place of the image that the Dockerfile starts from stands a Debian with the
Python of its own; what a step adds is copied to a second one, as it is into an image. There the server runs as the
image's user, with the root file system read-only but for the volume and a tmpfs, until SIGTERM.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.shipping.dockerfile import Stage, Step, stages

ROOT = Path(__file__).parents[2]
SUITE = "bookworm"
PACKAGES = "python3,python3-venv,ca-certificates"
MOST = 150_000_000
PORT = "18099"
OF_THE_MACHINE = ("/etc/resolv.conf", "/etc/hosts", "/etc/pip.conf", "/etc/xdg/pip", "/etc/ssl/certs")
PASSED_ON = ("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")


def main() -> int:
    """Rehearse. Returns 1 when what is made is too large, or does not serve."""
    with tempfile.TemporaryDirectory(prefix="ecf-rehearsal-", ignore_cleanup_errors=True) as name:
        base = Path(os.environ.get("REHEARSAL_BASE") or Path(name) / "base")
        if not base.exists():
            print(f"A bare Debian ({SUITE}) …", flush=True)
            bootstrap = ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", SUITE, str(base)]
            subprocess.run(bootstrap, check=True, stdout=subprocess.DEVNULL)
        made: dict[str, Path] = {}
        for number, stage in enumerate(stages(ROOT / "Dockerfile")):
            root = made[stage.name] = Path(name) / f"stage{number}"
            subprocess.run(["cp", "-a", "--reflink=auto", str(base), str(root)], check=True)
            before = _size(root)
            with _mounted(root, network=number == 0):
                _build(stage, root, made)
            added = _size(root) - before
            print(f"{stage.name or 'image'}: {added / 1e6:.0f} MB over the base", flush=True)
        serves = _serves(stage, root)
        print("It serves as its user, read-only, says that it is well, and ends at SIGTERM." if serves else "IT FAILED")
    return 0 if serves and added <= MOST else 1


def _build(stage: Stage, root: Path, made: Mapping[str, Path]) -> None:
    """What the steps of a stage make in a file system."""
    at = Path("/")
    for step in stage.steps:
        if step.instruction == "WORKDIR":
            at = at / step.given
            (root / at.relative_to("/")).mkdir(parents=True, exist_ok=True)
        elif step.instruction == "COPY":
            *copied, to = step.words
            source = ROOT
            if copied[0].startswith("--from="):
                source = made[copied.pop(0).removeprefix("--from=")]
            into = root / (at / to).relative_to("/")
            for each in copied:
                _copy(source / each.lstrip("/"), into, whole=to.endswith("/"))
        elif step.instruction == "RUN":
            print(f"  RUN {step.given[:100]}", flush=True)
            _run(root, at, ["/bin/sh", "-c", step.given])


def _copy(source: Path, to: Path, *, whole: bool) -> None:
    if source.is_dir():
        shutil.copytree(source, to, symlinks=True, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        if whole:
            to.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, to)


def _run(root: Path, at: Path, command: list[str]) -> None:
    kept = {name: value for name, value in os.environ.items() if name in PASSED_ON or name.startswith("PIP_")}
    environment = kept | {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": "/root"}
    subprocess.run(["chroot", str(root), "env", "-C", str(at), *command], env=environment, check=True)


def _size(root: Path) -> int:
    """The bytes of all files, as they lie in a layer."""
    return sum(file.lstat().st_size for file in root.rglob("*") if file.is_file() and not file.is_symlink())


@contextmanager
def _mounted(root: Path, *, network: bool) -> Iterator[None]:
    """A file system in which programs find what they expect; with what leads this machine to packages, if wanted."""
    mounts = [("proc", root / "proc"), ("/dev", root / "dev")]
    mounts += [(place, root / place.lstrip("/")) for place in (*OF_THE_MACHINE, *_links()) if network]
    done: list[Path] = []
    try:
        for source, target in mounts:
            if source.startswith("/"):
                if not Path(source).exists():
                    continue
                (target if Path(source).is_dir() else target.parent).mkdir(parents=True, exist_ok=True)
                if not Path(source).is_dir():
                    target.touch()
                subprocess.run(["mount", "--bind", source, str(target)], check=True)
            else:
                subprocess.run(["mount", "-t", source, source, str(target)], check=True)
            done.append(target)
        yield
    finally:
        for target in reversed(done):
            subprocess.run(["umount", "--lazy", str(target)], check=False)


def _links() -> list[str]:
    """Folders of this machine that its pip looks for packages in."""
    said = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True).stdout
    words = said.replace("'", " ").replace("file://", " ").split()
    return sorted({f"/{word.split('/')[1]}/{word.split('/')[2]}" for word in words if word.startswith("/opt/")})


def _serves(stage: Stage, root: Path) -> bool:
    """Whether the image's command serves as the image's user, where only the volume and /tmp can be written to."""
    user, group = stage.last("USER").given.split(":")
    variables = [f"{name}={value.replace('$PATH', '/usr/bin:/bin')}" for name, value in stage.environment.items()]
    command = [*stage.last("ENTRYPOINT").words, *stage.last("CMD").words, "--port", PORT]
    script = (
        f"mount --bind {root} {root} && mount -o remount,ro,bind {root} && mount -t tmpfs none {root}/tmp"
        f" && mount -t tmpfs -o uid={user},gid={group} none {root}/data && mount -t proc proc {root}/proc"
        f' && exec chroot --userspec={user}:{group} {root} env -i "$@"'
    )
    begin = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-ec", script, "sh", *variables, *command]
    health = stage.last("HEALTHCHECK").given.partition(" CMD ")[2]
    with subprocess.Popen(begin) as process:
        try:
            deadline = time.monotonic() + 30
            while not (well := _answers()) and time.monotonic() < deadline:
                time.sleep(0.3)
            server = _child(process.pid)
            check = [*variables, f"ECF_SANDBOX_PORT={PORT}", *Step("CMD", health).words]
            asked = subprocess.run(
                ["chroot", f"--userspec={user}:{group}", str(root), "env", "-i", *check], check=False
            )
            os.kill(server, signal.SIGTERM)
            return well and asked.returncode == 0 and process.wait(timeout=20) == 0
        finally:
            process.kill()


def _answers() -> bool:
    try:
        asking = HTTPConnection("127.0.0.1", int(PORT), timeout=3)
        asking.request("GET", "/health")
        return asking.getresponse().status == 200
    except OSError:
        return False


def _child(process: int) -> int:
    """The one process that a process began."""
    return int(Path(f"/proc/{process}/task/{process}/children").read_text().split()[0])


if __name__ == "__main__":
    sys.exit(main())
