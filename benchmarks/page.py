"""The page that tells the figures, `docs/performance.md`, and its chart."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Final

import beside
import orjson
import servers
from beside import Beside
from figures import LIST, ONE, READS, SELECTION, Figures

from sandbox import __version__

BEGINS: Final = "<!-- Made by `benchmarks/run --register`, too. -->"
ENDS: Final = "<!-- So much by it. -->"
OF_OTHERS: Final = "## With many worlds\n", "## With more workers and machines\n"
"""What `benchmarks/worlds` and `benchmarks/scaling` write, after all else."""
WANTED: Final = {LIST: 0.8, ONE: 0.8, SELECTION: 0.5}
LIBRARIES: Final = ("connexion", "starlette", "uvicorn", "orjson", "msgspec", "tinydb")
ROW, WIDTH, LEFT, SCALE = 22, 720, 300, 250  # of the chart; SCALE is the length of a whole


def page(figures: Figures, on: date) -> str:
    """The page, as Markdown."""
    return "\n".join(_lines(figures, on)) + "\n"


def _lines(figures: Figures, on: date) -> Iterator[str]:
    yield "# How fast it is"
    yield ""
    yield "`benchmarks/run` measures everything here anew and writes this page. It was measured on"
    yield f"{on.day} {on:%B %Y}, on {machine()}."
    yield f"Versions: {versions()}."
    yield ""
    yield f"{figures.participants:,} participants are loaded. Client and server share the machine; one request follows"
    yield "another over one connection, but where clients are counted. Every question differs from the one before (the"
    yield "next page, the next person), so that no whole answer is at hand. Bare Starlette serves the same bytes with"
    yield "orjson from content it has at hand, in turns with whatever it is compared with: what counts is the share,"
    yield "which a busy machine changes less than the rate."
    yield ""
    yield "![Shares of bare Starlette](performance.svg)"
    yield ""
    yield f"| | answers/s | of bare Starlette | wanted | {' | '.join(figures.others)}{' |' if figures.others else ''}"
    yield f"|---|---|---|---|{'---|' * len(figures.others)}"
    for read in READS:
        wanted = f"≥ {WANTED[read]}" if read in WANTED else ""
        theirs = [f"{shares[read]:.2f}" if read in shares else "" for shares in figures.others.values()]
        yield _row(read, f"{figures.sandbox[read]:,.0f}", f"{figures.share[read]:.2f}", wanted, *theirs)
    yield ""
    if figures.others:
        yield "The last columns are the others' shares of bare Starlette, each serving one fixed answer."
    for word in figures.left_out:
        yield f"{word}."
    yield ""
    yield "| | | wanted |"
    yield "|---|---|---|"
    yield _row("a list of 100, v3, right after a change", f"{figures.after_a_change:.1f} ms", "")
    yield _row(
        "declarations by 32 clients, each on the disk before it is answered", f"{figures.declared:,.0f}/s", "≥ 1,000/s"
    )
    for what, times in figures.growth.items():
        yield _row(f"{what}: with 100,000 participants against 1,000", f"{times:.2f} times", "≤ 1.25 times")
    for what, seconds in figures.start.items():
        yield _row(f"from the command to the first answer, {what}", f"{seconds:.2f} s", "< 0.6 s")
    for what, milliseconds in figures.worlds.items():
        yield _row(what, f"{milliseconds:.1f} ms", "< 5 ms" if what == "a new world" else "< 10 ms")
    yield _row(
        f"memory, {figures.participants:,} participants, after all of the reads",
        f"{figures.megabytes:.0f} MB",
        "< 150 MB",
    )
    yield ""
    soak = figures.soak
    yield f"{soak['clients']:,.0f} clients reading and writing at once for {soak['seconds']:,.0f} seconds:"
    yield f"{soak['answers']:,.0f} answers, no error; {soak['megabytes after a third']:.0f} MB of memory after a third"
    yield f"of the time, {soak['megabytes at the end']:.0f} MB at the end. Each deferral and return is kept."
    yield ""
    yield from _beside(figures.beside, on)
    yield ""
    yield from NOTES


def of_others(whole: str) -> str:
    """What the other benchmarks wrote on a page, with the empty line before it; nothing where they wrote none."""
    begins = min((whole.index(title) for title in OF_OTHERS if title in whole), default=len(whole))
    return f"\n{whole[begins:]}" if whole[begins:] else ""


def with_beside(whole: str, found: Beside, on: date) -> str:
    """The page with what was found of the second edition in its place. Raises ValueError where that is not."""
    before, begins, rest = whole.partition(BEGINS)
    _, ends, after = rest.partition(ENDS)
    if not begins or not ends:
        raise ValueError("the page has no place for the second edition: measure everything once")
    return before + "\n".join(_beside(found, on)) + after


def _beside(found: Beside, on: date) -> Iterator[str]:
    """What is told of the second edition, which can be measured by itself."""
    yield BEGINS
    yield "## Two editions on one server"
    yield ""
    yield f"{found.participants:,} participants in each. Measured by `benchmarks/run --register` on"
    yield f"{on.day} {on:%B %Y}, on {machine()}."
    yield ""
    yield "| | answers/s | of bare Starlette | wanted |"
    yield "|---|---|---|---|"
    for read, share in found.share.items():
        wanted = "≥ 0.5" if read == beside.SELECTION else "≥ 0.8"
        yield _row(read, f"{found.rate[read]:,.0f}", f"{share:.2f}", wanted)
    yield ""
    yield f"Memory, after all of these reads: {found.megabytes:.0f} MB (wanted: < 170 MB). From the command to the"
    yield f"first answer of a server with both editions: {found.start:.2f} s (wanted: ≤ 0.7 s)."
    yield ENDS


NOTES: Final = """\
## Why it is fast

- connexion routes by the documents; an operation is then found by its path in a table, and its query is read by what
  was compiled from the document at start-up.
- Each provider's roster and ledger are kept in the order and the selection that was asked for last (16 of each). A
  change puts the people it concerns out of their places and into their new ones; nothing is scanned or sorted again.
- What a version shows of someone is made into JSON once, and kept until something about them changes, or the day does
  where the day matters. A list is those pieces, joined.
- Records are frozen, so reads copy nothing; changes that arrive together share one sync of the journal.
- The documents, bundled, and the scenarios, played, are kept beside their sources until a source changes: the very
  first start after an installation has to make them, and takes about a second longer.

## What is left

- Of a start, somewhat less than half is importing connexion and what it imports. Where Python may keep no bytecode
  (`PYTHONDONTWRITEBYTECODE`) a start takes twice as long; `make` takes no notice of that.
- A single record takes half again as much of a processor as on 24 November: what is counted, logged and remembered of
  each request has come since.
- A filter or order that was not asked for lately is made by one scan: some 4 ms for each thousand participants.
- Changes older than a time are found by bisection. In another order than that of changes (the default order of v3),
  either they are few and are sorted, or many and are met soon; the worst is in between, some 2 ms with 100,000.
- The first list after a day has passed shows its people anew, as what they are may depend on the day.
""".splitlines()


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def chart(figures: Figures) -> str:
    """The shares as bars, for one read after the other, as SVG."""
    bars = list(_bars(figures))
    height = ROW * len(bars) + 50
    whole = LEFT + SCALE
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" font-family="sans-serif" '
        'font-size="12">',
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
        f'<line x1="{whole}" y1="10" x2="{whole}" y2="{height - 25}" stroke="#888" stroke-dasharray="3"/>',
        f'<text x="{whole}" y="{height - 8}" text-anchor="middle">bare Starlette</text>',
    ]
    for number, (name, share, colour) in enumerate(bars):
        y = 15 + number * ROW
        length = min(share, 1.6) * SCALE
        lines += [
            f'<text x="{LEFT - 8}" y="{y + 12}" text-anchor="end">{name}</text>',
            f'<rect x="{LEFT}" y="{y}" width="{length:.0f}" height="{ROW - 6}" fill="{colour}"/>',
            f'<text x="{LEFT + length + 6:.0f}" y="{y + 12}">{share:.2f}</text>',
        ]
    return "\n".join([*lines, "</svg>"]) + "\n"


def _bars(figures: Figures) -> Iterator[tuple[str, float, str]]:
    for read in (LIST, ONE, SELECTION):
        yield read, figures.share[read], "#1d70b8"
        for name, shares in figures.others.items():
            yield name, shares[read], "#b1b4b6"


def machine() -> str:
    """What it was measured on, in words."""
    processor = next(
        (line.partition(":")[2].strip() for line in _lines_of(Path("/proc/cpuinfo")) if line.startswith("model name")),
        platform.machine(),
    )
    return f"{os.cpu_count()} cores of {processor}, {platform.system()}, Python {platform.python_version()}"


def versions() -> str:
    """What was measured."""
    ours = [f"ecf-sandbox {__version__}", *(f"{name} {version(name)}" for name in LIBRARIES)]
    return ", ".join([*ours, *(f"{name} {installed}" for name, installed in _others().items())])


def _others() -> Mapping[str, str]:
    packages = {name: servers.OTHERS / "node_modules" / of / "package.json" for name, of in servers.PACKAGES.items()}
    return {name: orjson.loads(file.read_bytes())["version"] for name, file in packages.items() if file.exists()}


def _lines_of(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() else []
