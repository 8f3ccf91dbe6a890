"""Measures everything and writes `docs/performance.md`: see `benchmarks/run`."""

from __future__ import annotations

import argparse
import asyncio
import resource
from datetime import UTC, datetime
from pathlib import Path

from beside import alone
from figures import FULL, SHORT, measured
from page import chart, of_others, page, with_beside

DOCS = Path(__file__).parents[1] / "docs"


def main() -> None:
    """Measure, write, and print what was written."""
    parser = argparse.ArgumentParser(prog="benchmarks/run", description=__doc__)
    parser.add_argument("--short", action="store_true", help="see that all of it works: the figures mean nothing")
    parser.add_argument("--without-others", action="store_true", help="leave out Prism, Mockoon and WireMock")
    parser.add_argument("--register", action="store_true", help="measure only the second edition, and write its part")
    parser.add_argument("--into", type=Path, default=DOCS, metavar="DIR", help="where to write (default: docs)")
    given = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # a thousand clients need as many
    effort = SHORT if given.short else FULL
    if given.register:
        found = asyncio.run(alone(effort.participants, effort.turns, effort.seconds))
        file = given.into / "performance.md"
        file.write_text(with_beside(file.read_text(), found, datetime.now(UTC).date()))
        print(file.read_text())
        return
    figures = asyncio.run(measured(effort, with_others=not given.without_others))
    text = page(figures, datetime.now(UTC).date())
    into = given.into / "performance.md"
    into.write_text(text + of_others(into.read_text() if into.exists() else ""))
    (given.into / "performance.svg").write_text(chart(figures))
    print(text)


if __name__ == "__main__":
    main()
