"""The versions and behaviours in which a test is run."""

from __future__ import annotations

import pytest

from tests.openapi.documents import VERSIONS

in_every_version = pytest.mark.parametrize("version", VERSIONS)
as_documented_and_as_deployed = pytest.mark.parametrize("behaviour", ["documented", "deployed"])
as_deployed = pytest.mark.parametrize("behaviour", ["deployed"])
