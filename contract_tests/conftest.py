"""Options and fixtures for `pytest contract_tests` in a checkout; elsewhere `-p contract_tests.plugin` brings them."""

from __future__ import annotations

import pytest


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    """Bring the plugin, once."""
    pluginmanager.import_plugin("contract_tests.plugin")
