"""One document out of the files it is written in: whatever it refers to, in other files too, becomes part of it.

A file of a folder `components/` has the sections of an OpenAPI document's `components` at its top level. A reference
says which file, which section and which name: `components/participants.yaml#/schemas/Deferral`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import yaml


def _without_timestamps(base: Any) -> Any:
    """A loader that leaves dates and times as the text they are written as."""
    resolvers = {
        first: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:timestamp"]
        for first, pairs in base.yaml_implicit_resolvers.items()
    }
    return type("Loader", (base,), {"yaml_implicit_resolvers": resolvers})


_LOADER: Final = _without_timestamps(getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def read_yaml(file: Path) -> Any:
    """What a YAML file holds, with dates and times as text."""
    return yaml.load(file.read_bytes(), Loader=_LOADER)


def bundle(file: Path) -> dict[str, Any]:
    """The document of a file, with only `#/components/…` references left."""
    return _Bundle(file).document


class _Bundle:
    """A bundle in the making: the files read so far, and the components taken from them."""

    def __init__(self, file: Path) -> None:
        self._files: dict[Path, Any] = {}
        self._components: dict[str, dict[str, Any]] = {}
        own = self._read(file.resolve())
        for section, entries in own.pop("components", {}).items():
            for name in entries:
                self._local(f"#/components/{section}/{name}", file.resolve())
        self.document = {**self._rewritten(own, file.resolve()), "components": self._components}

    def _read(self, file: Path) -> Any:
        if file not in self._files:
            self._files[file] = read_yaml(file)
        return dict(self._files[file])

    def _rewritten(self, node: Any, file: Path) -> Any:
        """A copy of what a file says, with its references turned into the bundle's own."""
        if isinstance(node, dict):
            if isinstance(node.get("$ref"), str):
                return {"$ref": self._local(node["$ref"], file)}
            return {key: self._rewritten(value, file) for key, value in node.items()}
        return [self._rewritten(item, file) for item in node] if isinstance(node, list) else node

    def _local(self, reference: str, file: Path) -> str:
        """The bundle's own reference to what a file refers to, which becomes part of the bundle.

        The catalogue of rules has no sections: what is referred to there is an example.
        """
        place, _, pointer = reference.partition("#/")
        source = (file.parent / place).resolve() if place else file
        entry, parts = self._read(source), pointer.split("/")
        for part in parts:
            entry = entry[part]
        section, name = (parts if len(parts) > 1 else ["examples", *parts])[-2:]
        entries = self._components.setdefault(section, {})
        if name not in entries:
            entries[name] = None  # as it may refer to itself
            entries[name] = self._rewritten(entry, source)
        return f"#/components/{section}/{name}"
