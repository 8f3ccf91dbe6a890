"""How a run is handed to another process: a file of JSON, and the environment for what is secret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import msgspec

from contract_tests.config import OPTIONS, RunConfig


def to_json(config: RunConfig) -> bytes:
    """What the file holds: everything but secrets."""
    plain = {name: getattr(config, name) for name, option in OPTIONS.items() if not option.variable}
    return msgspec.json.encode(plain, enc_hook=str)


def to_environment(config: RunConfig) -> dict[str, str]:
    """Its secrets, as the environment has them: nothing where there is none, whatever this process was given."""
    return {option.variable: _text(getattr(config, name)) for name, option in OPTIONS.items() if option.variable}


def from_both(content: bytes, environment: Mapping[str, str]) -> RunConfig:
    """The run again, in the other process."""
    config = msgspec.json.decode(content, type=RunConfig, dec_hook=lambda kind, value: kind(value))
    secrets = {name: option.value(None, environment) for name, option in OPTIONS.items() if option.variable}
    return replace(config, **{name: value for name, value in secrets.items() if value is not None})


def _text(secret: str | Mapping[str, str] | None) -> str:
    if isinstance(secret, Mapping):
        return "\n".join(f"{name}: {value}" for name, value in secret.items())
    return secret or ""
