"""docs/detection.md, of which each measurement writes its own part."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

PAGE: Final = Path(__file__).parents[2] / "docs" / "detection.md"


def write(part: str, text: str, page: Path = PAGE) -> None:
    """Put a text in the place of the part of this name. Raises ValueError when the page has none."""
    whole = page.read_text()
    begins, ends = f"<!-- {part}: made by `make {part}` -->", f"<!-- end of {part} -->"
    found = re.search(f"{re.escape(begins)}.*?{re.escape(ends)}", whole, re.DOTALL)
    if found is None:
        raise ValueError(f"{page} has no part {part}")
    page.write_text(whole[: found.start()] + f"{begins}\n\n{text.strip()}\n\n{ends}" + whole[found.end() :])
