"""The editions that are tested: what scenarios each has besides those of all, and how they get what they need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from contract_tests.config import BEHAVIOURS, Behaviour
from contract_tests.documents import SCOPE
from contract_tests.register.backstage import RegisterBackstage, RegisterDeployment
from contract_tests.target.deployment_backstage import DeploymentBackstage
from contract_tests.target.sandbox_backstage import SandboxBackstage

SCENARIOS: Final = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Suite:
    """`own` are folders and modules of scenarios that are told of no other edition.

    `behaviours` are those that it may be held to; what a scenario needs is made in a `sandbox`, or found in a
    `deployment`.
    """

    own: tuple[str, ...]
    behaviours: tuple[Behaviour, ...]
    sandbox: type[SandboxBackstage]
    deployment: type[DeploymentBackstage]


SUITES: Final[Mapping[str, Suite]] = {
    "ecf": Suite(
        own=(
            "rules",
            "journeys",
            "walks",
            "conformance/test_chains.py",
            "conformance/test_csv.py",
            "conformance/test_references.py",
            "conformance/test_unknown_ids.py",
            "conformance/test_versions.py",
        ),
        behaviours=BEHAVIOURS,
        sandbox=SandboxBackstage,
        deployment=DeploymentBackstage,
    ),
    "register": Suite(
        own=("register", "conformance/register"),
        behaviours=("deployed",),
        sandbox=RegisterBackstage,
        deployment=RegisterDeployment,
    ),
}


def suite() -> Suite:
    """That of the edition which this process is about."""
    return SUITES[SCOPE.edition]


def is_of_another(path: Path) -> bool:
    """True of a folder or a module of scenarios that only another edition is told."""
    return any(
        path.is_relative_to(SCENARIOS / own)
        for edition, others in SUITES.items()
        if edition != SCOPE.edition
        for own in others.own
    )
