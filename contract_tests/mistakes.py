"""What is asked for by mistake: found before anything is started or asked."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from contract_tests.config import RunConfig
from contract_tests.documents import EDITIONS, SCOPE, every_operation, operations, rules, versions
from contract_tests.editions import SUITES
from contract_tests.errors import Unusable


def look_for_mistakes(config: RunConfig) -> None:
    """Raises Unusable, with a sentence that says what to do instead."""
    for sentence in _mistakes(config):
        raise Unusable(sentence)


def _mistakes(config: RunConfig) -> Iterator[str]:
    yield from _names(config)
    yield from _combinations(config)
    if config.report is not None:
        yield from _folder(config.report)


def _names(config: RunConfig) -> Iterator[str]:
    """Of a target whose edition is not known yet, what either has may be meant."""
    editions = EDITIONS if config.edition is None else (config.edition,)
    known = {rule for edition in editions for rule in rules(edition)}
    for glob in config.rules:
        if "," in glob:
            yield f"There is no rule like {glob!r}. Write several patterns with a space between them."
        if not glob.startswith("check.") and not any(fnmatch(id, glob) for id in known):
            page = "docs/rules-register.md" if config.edition == "register" else "docs/rules.md"
            yield f"There is no rule like {glob!r}. {page} lists them: decl.*, for example."
    known = {id for edition in editions for id in _operation_ids(edition)}
    for glob in config.operations:
        if not any(fnmatch(id, glob) for id in known):
            yield f"There is no operation like {glob!r}. The documents' operationIds are meant: list_*, for example."
    if config.edition is not None:
        with SCOPE.limited_to(config.operations, config.edition):
            for version in config.versions:
                if not operations(version):
                    yield f"{version} has none of the operations asked for: leave it out with --version."


def _operation_ids(edition: str) -> set[str]:
    with SCOPE.limited_to(("*",), edition):
        return {operation.id for version in versions(edition) for operation in every_operation(version)}


def _combinations(config: RunConfig) -> Iterator[str]:
    if config.against is not None and config.token2 is None:
        yield "A token for --against is missing: give --token2, or set ECF_TOKEN2."
    if config.defects and config.read_only:
        yield "--defects: a sandbox has them in worlds that are made for it; leave out --read-only."
    if config.behaviour is not None and config.edition is not None:
        held_to = SUITES[config.edition].behaviours
        if config.behaviour not in held_to:
            yield f"--behaviour: {config.edition} is held to {' or '.join(held_to)}, not to {config.behaviour}."
    if config.base_url is None and config.production:
        yield "--production: the sandbox that is started takes notice of X-With-Server-Date; give --base-url."
    if config.token_of_another is not None and config.token_of_another == config.token:
        yield "--token-of-another is the token that is tested: give another lead provider's."


def _folder(report: Path) -> Iterator[str]:
    if report.exists() and not report.is_dir():
        yield f"{report} is no folder: give --report one to write the report into."
        return
    try:
        report.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=report):
            pass
    except OSError as error:
        yield f"Nothing can be written to {report} ({error.strerror}): give --report another folder."
