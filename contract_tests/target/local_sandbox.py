"""A sandbox to test when no deployment is named: started by its command, in a process of its own."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from contract_tests.config import RunConfig
from contract_tests.documents import ECF
from contract_tests.errors import Unusable
from contract_tests.processes import environment, python


@contextmanager
def located(config: RunConfig, data: Path) -> Iterator[RunConfig]:
    """The run with the address and the token of what is to be tested: those given, or a fresh sandbox's.

    Raises Unusable.
    """
    if config.base_url is None:
        with local_sandbox(data, config.edition or ECF) as (url, token):
            yield replace(config, base_url=url, token=token)
    elif config.token is None:
        raise Unusable("A token is missing: give --token, or set ECF_TOKEN.")
    else:
        yield config


@contextmanager
def local_sandbox(data: Path, edition: str = ECF) -> Iterator[tuple[str, str]]:
    """The address of a sandbox that keeps its data in a folder, and the token of its first provider. Raises Unusable.

    It is the one beside this package, whatever there is in the current folder.
    """
    data.mkdir(parents=True, exist_ok=True)
    command = python("sandbox", "serve", f"--edition={edition}", "--port", "0", "--data", str(data), held=True)
    with subprocess.Popen(
        command, cwd=data, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield _banner(process)
        finally:
            process.terminate()


def _banner(process: subprocess.Popen[str]) -> tuple[str, str]:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if line.startswith("Stop with"):
            break
    address = re.search(r"(http://[^/\s]+)/api/", said)
    token = re.search(r"Authorization: Bearer (\S+?)'", said)
    if address is None or token is None:
        raise Unusable("The sandbox did not start. Try `ecf-sandbox serve` by hand to see why.")
    return address[1], token[1]
