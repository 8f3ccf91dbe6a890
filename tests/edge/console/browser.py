"""Chromium without a window, driven by playwright; and axe, which looks a page over for what keeps people out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

from tests.chromium import CHROMIUM

OPTIONS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE: Final = Path(__file__).parent / "axe" / "axe.min.js"
_FOUND: Final = """axe.run({resultTypes: ["violations"]})
    .then(run => run.violations.map(each => `${each.id}: ${each.nodes[0].html}`))"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, until the block ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
        yield browser
        browser.close()


def bring_axe(page: Page) -> None:
    """Have axe on a page, whose own policy would let no script in."""
    page.evaluate(AXE.read_text())


def barriers(page: Page) -> list[str]:
    """What axe finds wrong on a page as it stands, each with the element at fault."""
    return list(page.evaluate(_FOUND))
