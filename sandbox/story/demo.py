"""Plays the story against a sandbox of its own, and tells it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from functools import partial

from sandbox.story import TITLES
from sandbox.story.branches import BRANCHES
from sandbox.story.minutes import Minutes
from sandbox.story.narrator import Narrator
from sandbox.story.steps import TWELVE
from sandbox.story.tale import Astray, Step, Tale
from sandbox.testing import Refusal, Sandbox

ALL = "all"


def demo(branch: str | None, *, as_json: bool = False) -> int:
    """Tell the twelve steps, one branch, or everything. Returns the exit status: 1 when it does not go as told."""
    narrator: Narrator | Minutes
    if as_json:
        narrator = Minutes()
    else:
        narrator = Narrator(partial(print, flush=True), colour=sys.stdout.isatty() and not os.environ.get("NO_COLOR"))
    try:
        with Sandbox(on_answer=narrator.hear) as sandbox:
            _tell(sandbox, narrator, branch)
        if isinstance(narrator, Minutes):
            print(json.dumps({"stories": narrator.stories}, indent=2), flush=True)
    except (Astray, Refusal) as error:
        print(f"ecf-sandbox: the story went another way. {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever listened has heard enough; nothing is left to be said at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _tell(sandbox: Sandbox, narrator: Narrator | Minutes, branch: str | None) -> None:
    if branch in (None, ALL):
        _tell_the_twelve(sandbox, narrator)
    if branch is None:
        narrator.text(f"There are branches, too: ecf-sandbox demo --branch {'|'.join(BRANCHES)}|{ALL}")
    for name in BRANCHES if branch == ALL else [branch] if branch else []:
        _tell_a_branch(sandbox, narrator, name)


def _tell_the_twelve(sandbox: Sandbox, narrator: Narrator | Minutes) -> None:
    narrator.title("How an early career teacher is trained, in twelve steps")
    narrator.text("Answers are shortened to what there is to look at.")
    with sandbox.world(id="demo") as world:
        _play(Tale.begun(world), TWELVE, narrator)


def _tell_a_branch(sandbox: Sandbox, narrator: Narrator | Minutes, name: str) -> None:
    branch = BRANCHES[name]
    narrator.title(f"{TITLES[name]} ({name})")
    with sandbox.world(id=name) as world:
        tale = Tale.begun(world)
        for step in branch.before:
            step.play(tale)
        narrator.text(f"Steps 1 to {len(branch.before)} have been taken: {branch.before[-1].title.lower()}.")
        _play(tale, branch.steps, narrator, after=len(branch.before))


def _play(tale: Tale, steps: Sequence[Step], narrator: Narrator | Minutes, after: int = 0) -> None:
    narrator.names = {provider.token: provider.name.split()[0].upper() for provider in (tale.provider, tale.other)}
    for number, step in enumerate(steps, after + 1):
        with narrator.telling(number, step):
            step.play(tale)
