"""Builds the guide: into the wheel when that is built, into `site/` for a checkout, and when it is run."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SITE: Final = "site"
MADE_FROM: Final = ("docs", "mkdocs.yml")


def build_site(root: Path, *, strict: bool = False) -> Path:
    """The guide's folder, made anew unless nothing has changed that it is made from."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    site = root / SITE
    if strict or not _is_new(site, root):
        build(load_config(str(root / "mkdocs.yml"), site_dir=str(site), strict=strict))
    return site


def _is_new(site: Path, root: Path) -> bool:
    first = site / "index.html"
    sources = [file for name in MADE_FROM for file in (root / name, *(root / name).rglob("*")) if file.is_file()]
    return first.exists() and first.stat().st_mtime >= max(file.stat().st_mtime for file in sources)


class GuideHook(BuildHookInterface[Any]):
    """Has hatchling put the guide beside the documents; an editable installation finds it in the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build it before the wheel."""
        site = build_site(Path(self.root))
        if version != "editable":
            build_data["force_include"][str(site)] = f"ecf_sandbox_data/{SITE}"


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    print(build_site(Path(__file__).parents[1], strict="--strict" in sys.argv))
