"""Chromium without a window, driven by playwright; and axe, which looks a page over for what keeps people out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

MISSING: Final = "there is no Chromium here"
CHROMIUM: Final = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
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
_FOUND: Final = "axe.run().then(run => run.violations.map(each => `${each.id}: ${each.nodes[0].html}`))"

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, until the block ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
        yield browser
        browser.close()


def barriers(page: Page) -> list[str]:
    """What axe finds wrong on a page, each with the element at fault. The page's own policy lets no script in."""
    page.evaluate(AXE.read_text())
    return list(page.evaluate(_FOUND))
