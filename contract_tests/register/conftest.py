"""What scenarios of Register are given besides: schools that act, and a third provider."""

from __future__ import annotations

import pytest

from contract_tests.api import Api
from contract_tests.register.backstage import RegisterBackstage
from contract_tests.target.backstage import Backstage


@pytest.fixture
def stage(backstage: Backstage) -> RegisterBackstage:
    """A world in which schools, appropriate bodies, the DfE and time act. Skips where nothing makes them."""
    backstage.act("GET", "/time")
    assert isinstance(backstage, RegisterBackstage)
    return backstage


@pytest.fixture
def meadow(stage: RegisterBackstage, version: str) -> Api:
    """A third provider, which has nothing to do with what the other two do."""
    return stage.provider(2).in_version(version)
