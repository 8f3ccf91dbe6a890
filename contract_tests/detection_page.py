"""docs/detection.md, of which each measurement writes its own part."""

from __future__ import annotations

import re
from pathlib import Path


def write(page: Path, part: str, text: str) -> None:
    """Put a text in the place of the part of this name. Raises ValueError when the page has none."""
    whole = page.read_text("utf-8")
    begins, ends = f"<!-- Made by `make {part}`. -->", f"<!-- So much by `make {part}`. -->"
    found = re.search(f"{re.escape(begins)}.*?{re.escape(ends)}", whole, re.DOTALL)
    if found is None:
        raise ValueError(f"{page} has no part that `make {part}` writes")
    page.write_text(f"{whole[: found.start()]}{begins}\n\n{text.strip()}\n\n{ends}{whole[found.end() :]}", "utf-8")
