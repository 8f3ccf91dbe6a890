"""The versions and behaviours in which a test is run."""

from __future__ import annotations

import pytest

from tests.openapi.documents import VERSIONS

EVERY_VERSION = pytest.mark.parametrize("version", VERSIONS)
FLAT = pytest.mark.parametrize("version", ["v1", "v2"])  # those that show each training by itself
EVERY_BEHAVIOUR = pytest.mark.parametrize("behaviour", ["documented", "deployed"])
DEPLOYED = pytest.mark.parametrize("behaviour", ["deployed"])
