"""What mkdocs does besides: it puts scripts into files, as no script in a page is obeyed where the guide is served."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

FOLDER: Final = "assets/javascripts"
NOT_SERVED: Final = ("404.html", "sitemap.xml*", "assets/**/*.map", "assets/javascripts/lunr/**/*.js")
_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_ALIGNED: Final = re.compile(r' style="text-align: (\w+);?"')


def on_post_page(output: str, page: Any, config: Any) -> str:
    """A page without scripts and styles of its own."""
    folder = Path(config["site_dir"], FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    up = "../" * page.url.count("/")

    def moved(script: re.Match[str]) -> str:
        name = f"page.{sha256(script[1].encode()).hexdigest()[:12]}.js"
        (folder / name).write_text(script[1], "utf-8")
        return f'<script src="{up}{FOLDER}/{name}"></script>'

    return _ALIGNED.sub(r' align="\1"', _SCRIPT.sub(moved, output))


def on_post_build(config: Any) -> None:
    """Leave out what only a site of its own, or in other languages, would need."""
    for pattern in NOT_SERVED:
        for file in Path(config["site_dir"]).glob(pattern):
            file.unlink()
