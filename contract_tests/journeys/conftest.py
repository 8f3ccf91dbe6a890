"""Stories, and how far they have come when a journey begins."""

from __future__ import annotations

import pytest

from contract_tests.api import Api
from contract_tests.journeys.tale import Tale
from contract_tests.target.backstage import Backstage


@pytest.fixture
def tale(api: Api, backstage: Backstage) -> Tale:
    """A story that has not begun. Skips where schools, the DfE and time do not play along."""
    backstage.act("GET", "/time")
    return Tale(api, backstage)


@pytest.fixture
def rosa(tale: Tale) -> Tale:
    """The story as far as she is in training: partnered, registered, validated."""
    tale.is_registered(**tale.is_partnered())
    tale.is_validated()
    return tale
