"""The same worlds and people as for declaring."""

from __future__ import annotations

from tests.rules.declarations.conftest import backstage, behaviour, ect, harbour, mentor, northgate, version, world

__all__ = ["backstage", "behaviour", "ect", "harbour", "mentor", "northgate", "version", "world"]
