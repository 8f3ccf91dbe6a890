"""What a run is asked for: every option once, with what it means and what it is by default."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_args, get_type_hints

from contract_tests import arguments
from contract_tests.documents import ECF, EDITIONS, VERSIONS, versions
from contract_tests.option import Option
from contract_tests.part import THREE, TWO, Part, Share

Behaviour = Literal["documented", "deployed"]
BEHAVIOURS: Final[tuple[Behaviour, ...]] = get_args(Behaviour)

FEW: Final = 2  # rules
GLOB: Final = frozenset("*?[")


def _versions(named: list[str]) -> tuple[str, ...]:
    return tuple(version for version in VERSIONS if {version, "all"} & {*named})


@dataclass(frozen=True, kw_only=True)
class RunConfig:
    """Which deployment to test, and how. Without `base_url` a sandbox is started. Secrets are never shown."""

    base_url: Annotated[
        str | None,
        Option("--base-url", "where the API is, without /api/v3", metavar="URL", read=arguments.address, taken=True),
    ] = None
    token: Annotated[
        str | None,
        Option(
            "--token",
            "a lead provider's token; better given as $ECF_TOKEN, which no list of processes shows",
            metavar="TOKEN",
            read=arguments.token,
            variable="ECF_TOKEN",
        ),
    ] = field(default=None, repr=False)
    token_of_another: Annotated[
        str | None,
        Option(
            "--token-of-another",
            "another lead provider's token, for what two see of each other; else $ECF_TOKEN_OF_ANOTHER",
            metavar="TOKEN",
            read=arguments.token,
            variable="ECF_TOKEN_OF_ANOTHER",
        ),
    ] = field(default=None, repr=False)
    edition: Annotated[
        str | None,
        Option("--edition", "which service it is; default: what a sandbox says it is, else ecf", choices=EDITIONS),
    ] = None
    versions: Annotated[
        tuple[str, ...],
        Option(
            "--version",
            "which versions to test; default: all",
            choices=(*VERSIONS, "all"),
            gather=_versions,
            pytest_flag="--api-version",
            last_wins=True,
        ),
    ] = VERSIONS
    behaviour: Annotated[
        Behaviour | None,
        Option(
            "--behaviour",
            "which behaviour to hold it to; default: the one that it says it follows",
            choices=BEHAVIOURS,
        ),
    ] = None
    read_only: Annotated[
        bool, Option("--read-only", "send nothing but GET; the default unless the target is a sandbox", is_switch=True)
    ] = False
    allow_writes: Annotated[bool, Option("--allow-writes", "write to a target that is no sandbox", is_switch=True)] = (
        False
    )
    production: Annotated[
        bool, Option("--production", "the target takes no notice of X-With-Server-Date", is_switch=True)
    ] = False
    rate: Annotated[
        float | None,
        Option("--rate-limit", "send no more requests than this, such as 3/s", metavar="N/s", read=arguments.rate),
    ] = None
    max_time: Annotated[
        float | None,
        Option("--max-time", "give up after, for example, 10m", metavar="TIME", read=arguments.duration),
    ] = None
    strict: Annotated[
        bool, Option("--strict", "let what is only fragile break the contract, too", is_switch=True, in_pytest=False)
    ] = False
    min_coverage: Annotated[
        Mapping[str, float],
        Option(
            "--min-coverage",
            "the least to be seen for a verdict, such as rules=90%,operations=100%,scenarios=80%",
            metavar="PART=N%,...",
            read=arguments.coverage,
            in_pytest=False,
        ),
    ] = field(default_factory=dict)
    seed: Annotated[
        int,
        Option(
            "--seed",
            "what random data are made from; default: 1",
            metavar="N",
            read=arguments.number,
            pytest_flag="--contract-seed",
        ),
    ] = 1
    examples: Annotated[
        int,
        Option("--examples", "random requests for each operation; default: 10", metavar="N", read=arguments.number),
    ] = 10
    rules: Annotated[
        tuple[str, ...], Option("--rules", "only these rules, such as 'decl.*'", metavar="GLOB", gather=tuple)
    ] = ()
    operations: Annotated[
        tuple[str, ...],
        Option("--operations", "the target has only these, such as 'list_*'", metavar="GLOB", gather=tuple),
    ] = ("*",)
    headers: Annotated[
        Mapping[str, str],
        Option(
            "--header",
            "a header to send with every request, to pass a gateway; also in $ECF_HEADERS, one a line",
            metavar="'NAME: VALUE'",
            read=arguments.header,
            gather=dict,
            variable="ECF_HEADERS",
        ),
    ] = field(default_factory=dict, repr=False)
    workers: Annotated[
        int | None,
        Option(
            "--workers",
            "versions tested at a time; default: all",
            metavar="N",
            read=arguments.number,
            in_pytest=False,
        ),
    ] = None
    control_token: Annotated[
        str | None,
        Option(
            "--control-token",
            "what a sandbox's control API asks for; else $ECF_CONTROL_TOKEN",
            metavar="TOKEN",
            read=arguments.token,
            variable="ECF_CONTROL_TOKEN",
        ),
    ] = field(default=None, repr=False)
    defects: Annotated[
        tuple[str, ...],
        Option(
            "--defects",
            "have a sandbox do these things wrongly, to see them found",
            metavar="NAME,...",
            read=arguments.names,
        ),
    ] = ()
    against: Annotated[
        str | None,
        Option(
            "--against",
            "another deployment to compare the answers with",
            metavar="URL",
            read=arguments.address,
            in_pytest=False,
        ),
    ] = None
    token2: Annotated[
        str | None,
        Option(
            "--token2",
            "the token there; else $ECF_TOKEN2",
            metavar="TOKEN",
            read=arguments.token,
            variable="ECF_TOKEN2",
            in_pytest=False,
        ),
    ] = field(default=None, repr=False)
    report: Annotated[
        Path | None,
        Option(
            "--report",
            "where to write the report: a page, JSON, JUnit, and the evidence",
            metavar="DIR",
            read=Path,
            in_pytest=False,
        ),
    ] = None
    show_personal_data: Annotated[
        bool,
        Option(
            "--show-personal-data",
            "do not mask names, e-mails and TRNs of people in what is printed and written",
            is_switch=True,
            in_pytest=False,
        ),
    ] = False
    as_json: Annotated[
        bool, Option("--json", "say the verdict as JSON, for a program", is_switch=True, in_pytest=False)
    ] = False

    @property
    def url(self) -> str:
        """Where the deployment is, once there is one."""
        assert self.base_url is not None
        return self.base_url

    @property
    def parts(self) -> tuple[Part, ...]:
        """What each process has of a run: a version; of the newest, what is made up at random, or the rest.

        What little there is about a rule or two is told of all versions before another process could begin.
        """
        if self._is_about_few_rules:
            return (Part(self.versions),)
        if self.workers == 1 or self.rules:
            return tuple(Part((version,)) for version in self.versions)
        *older, newest = self.versions
        return (
            *(Part((version,)) for version in older),
            *(Part((newest,), share) for share in (TWO if older else THREE)),
        )

    @property
    def _is_about_few_rules(self) -> bool:
        named = 0 < len(self.rules) <= FEW and not any(GLOB & {*rule} for rule in self.rules)
        return named and not self.makes_up(None)

    @property
    def at_once(self) -> int:
        """How many processes test at a time."""
        return min(len(self.parts), self.workers or len(self.parts))

    def wants(self, names: Iterable[str]) -> bool:
        """False when only some rules and checks are asked for, and none of these is among them."""
        return not self.rules or any(fnmatch(name, glob) for name in names for glob in self.rules)

    def makes_up(self, share: Share | None) -> bool:
        """True when the process with such a share makes up requests from a document."""
        return share not in ("scenarios", "walks") and self.wants(["check.document"])

    def of_edition(self, edition: str | None = None) -> RunConfig:
        """The same, settled on an edition. Of one that has not all versions, all are meant where all were.

        Raises ValueError where a version is asked for that it does not have.
        """
        chosen = self.edition or edition or ECF
        has = versions(chosen)
        tested = has if self.versions == VERSIONS else self.versions
        for version in tested:
            if version not in has:
                raise ValueError(f"--version: {chosen} has no {version}, only {' and '.join(has)}")
        return replace(self, edition=chosen, versions=tested)

    def secrets(self) -> Iterator[str]:
        """What must be read nowhere."""
        yield from (secret for secret in (self.token, self.token_of_another, self.token2, self.control_token) if secret)
        yield from (value for value in self.headers.values() if value)

    def ends_at(self) -> float | None:
        """The time.monotonic() at which a run that begins now gives up."""
        return time.monotonic() + self.max_time if self.max_time else None

    def other(self) -> RunConfig:
        """The same of the deployment to compare with, which is only read."""
        return replace(self, base_url=self.against, token=self.token2, control_token=None, read_only=True)


OPTIONS: Final[Mapping[str, Option]] = {
    name: next(each for each in get_args(hint) if isinstance(each, Option))
    for name, hint in get_type_hints(RunConfig, include_extras=True).items()
}


def run_config(written: Mapping[str, Any], environment: Mapping[str, str]) -> RunConfig:
    """What is written on a command line, by the names of the fields, and what the environment adds to it.

    Raises ValueError with a sentence that repeats no secret.
    """
    found = {name: option.value(written.get(name), environment) for name, option in OPTIONS.items()}
    config = RunConfig(**{name: value for name, value in found.items() if value is not None})
    if config.read_only and config.allow_writes:
        raise ValueError("--allow-writes: not allowed with --read-only")
    return config
