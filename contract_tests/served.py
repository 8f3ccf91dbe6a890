"""A sandbox to test when no deployment is named: started by its command, in a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contract_tests.broken import Unusable


@contextmanager
def served(url: str | None, token: str | None, data: Path) -> Iterator[tuple[str, str]]:
    """The address and the token of what is to be tested: those given, or a fresh sandbox's. Raises Unusable."""
    if url is not None:
        if token is None:
            raise Unusable("A token is missing: give --token, or set ECF_TOKEN.")
        yield url, token
        return
    data.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-W", "ignore", "-m", "sandbox", "serve", "--port", "0", "--data", str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
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
