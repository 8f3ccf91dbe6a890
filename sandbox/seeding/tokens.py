"""The well-known tokens: a store keeps only their hashes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sandbox.seeding.files import SEEDS, read_as
from sandbox.seeding.seeds import ProvidersSeed


def tokens(folder: Path = SEEDS) -> Mapping[str, str]:
    """The bearer token of each lead provider, by the provider's name. Raises SeedProblem."""
    organisations = read_as(folder / "providers.yaml", ProvidersSeed)
    return {provider.name: provider.token for provider in organisations.providers}
