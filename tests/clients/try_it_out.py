"""Every form at `/docs`, tried as a stranger does it: “Try it out”, then “Execute”, filled in as it is.

`python -m tests.clients.try_it_out [DOCUMENT …]` opens each document in Chromium, on a fresh sandbox of its own, and
goes through its operations, and through each example of a body that an operation can choose.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from playwright.sync_api import Locator, Page

from sandbox.documents.examples import ExampleRequest, requests_of
from tests.edge.console.browser import chromium
from tests.openapi.documents import DOCUMENTS, REGISTER, served
from tests.server.running import serving


def main(names: Sequence[str]) -> int:
    """How many forms are answered otherwise than they say."""
    failed = 0
    for name in names or DOCUMENTS:
        tried = list(_tried(name))
        wrong = [each for each in tried if each is not None]
        failed += len(wrong)
        print(f"{name:12} {len(tried)} forms tried", *wrong, sep="\n  ", flush=True)
    return failed


def _tried(name: str) -> Iterator[str | None]:
    """What is wrong with each form of a document, if anything."""
    edition = "register" if name == REGISTER else "ecf"
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder), "--edition", edition) as server,
        chromium() as browser,
    ):
        page = browser.new_page(base_url=server.url)
        page.goto(f"/docs?urls.primaryName={name.rpartition('/')[2]}")
        page.wait_for_selector(".opblock")
        for id, examples in groupby(requests_of(served(name)), lambda each: each.operation["operationId"]):
            yield from _tried_operation(page, id, list(examples))


def _tried_operation(page: Page, id: str, examples: Sequence[ExampleRequest]) -> Iterator[str | None]:
    block = page.locator(f'.opblock[id$="-{id.replace(".", "_")}"]')
    block.locator(".opblock-summary-control").click()
    block.locator(".try-out__btn").click()
    chosen = block.locator(".opblock-section-request-body select.examples-select-element")
    for example in examples:
        if chosen.count():
            chosen.first.select_option(example.name)
        status = _executed(page, block)
        is_right = status == example.status
        yield None if is_right else f"{example.id}: {status} instead of {example.status}: {_answered(block)}"
    block.locator(".opblock-summary-control").click()


def _executed(page: Page, block: Locator) -> str:
    """The status that the page shows of an answer."""
    with page.expect_response(lambda each: "/docs/" not in each.url) as answered:
        block.locator("button.execute").click()
    status = str(answered.value.status)
    shown = block.locator(".live-responses-table tbody .response-col_status").filter(has_text=status)
    shown.first.wait_for()
    return status


def _answered(block: Locator) -> str:
    return " ".join(block.locator(".live-responses-table tbody .response-col_description").inner_text().split())[:300]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) > 0)
