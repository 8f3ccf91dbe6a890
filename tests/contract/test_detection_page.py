"""Each measurement writes its own part of docs/detection.md and leaves the others alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract_tests import detection_page

ROOT = Path(__file__).parents[2]


def test_a_part_takes_the_place_of_what_was_there_and_nothing_else_changes(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text((ROOT / "docs" / "detection.md").read_text())
    for text in ("Some were found.", "All were found."):
        detection_page.write(page, "spoilings", text)
    assert "<!-- Made by `make spoilings`. -->\n\nAll were found.\n\n<!-- So much" in page.read_text()
    assert "Some were found." not in page.read_text()
    detection_page.write(page, "mutation", "One survived.")
    assert "All were found." in page.read_text()


def test_a_part_that_there_is_not_is_written_nowhere(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Nothing")
    with pytest.raises(ValueError, match="mutation"):
        detection_page.write(page, "mutation", "One survived.")
