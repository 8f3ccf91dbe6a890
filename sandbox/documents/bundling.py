"""The OpenAPI documents: many files to read and edit, one document to serve and to check requests by.

A file of a folder `components/` has the sections of an OpenAPI document's `components` at its top level. A reference
says which file, which section and which name: `components/participants.yaml#/schemas/Deferral`. A bundle has all that
its document refers to, directly or not, under its own `components`, and refers to nothing else.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import orjson
import yaml

SECTIONS: Final = (
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
)


class SpecProblem(Exception):
    """A document that cannot be bundled, and why."""


def _without_timestamps(base: Any) -> Any:
    """A loader that leaves dates and times as the text they are written as."""
    resolvers = {
        first: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:timestamp"]
        for first, pairs in base.yaml_implicit_resolvers.items()
    }
    return type("Loader", (base,), {"yaml_implicit_resolvers": resolvers})


_LOADER: Final = _without_timestamps(getattr(yaml, "CSafeLoader", yaml.SafeLoader))
_DUMPER: Final = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def read_yaml(path: Path) -> Any:
    """What a YAML file holds, with dates and times as text. Raises SpecProblem."""
    try:
        return yaml.load(path.read_bytes(), Loader=_LOADER)
    except (OSError, yaml.YAMLError) as error:
        raise SpecProblem(f"{path.name} cannot be read: {error}") from error


def bundle(document: Path) -> dict[str, Any]:
    """The document with everything it refers to inside it, and only `#/components/…` references left."""
    return _Bundle(document.resolve()).document


def as_json(document: dict[str, Any]) -> bytes:
    """The document as JSON."""
    return orjson.dumps(document)


def as_yaml(document: dict[str, Any]) -> bytes:
    """The document as YAML, in the order it was written."""
    text: str = yaml.dump(document, Dumper=_DUMPER, sort_keys=False, allow_unicode=True, width=120)
    return text.encode()


class _Bundle:
    """One bundle in the making: the files read so far, and what was taken from each."""

    def __init__(self, root: Path) -> None:
        self._files: dict[Path, Any] = {}
        self._taken: dict[tuple[str, str], Path] = {}
        self._components: dict[str, dict[str, Any]] = {section: {} for section in SECTIONS}
        own = self._read(root)
        for section, entries in own.get("components", {}).items():
            for name, entry in entries.items():
                self._take(section, name, root, entry)
        rest = {key: self._rewritten(value, root) for key, value in own.items() if key != "components"}
        self.document = rest | {"components": {section: them for section, them in self._components.items() if them}}

    def _read(self, file: Path) -> Any:
        if file not in self._files:
            self._files[file] = read_yaml(file)
        return self._files[file]

    def _rewritten(self, node: Any, file: Path) -> Any:
        """A copy of what a file says, with its references turned into the bundle's own."""
        if isinstance(node, dict):
            reference = node.get("$ref")
            if isinstance(reference, str):
                return {"$ref": self._local(reference, file)}
            return {key: self._rewritten(value, file) for key, value in node.items()}
        if isinstance(node, list):
            return [self._rewritten(item, file) for item in node]
        return node

    def _local(self, reference: str, file: Path) -> str:
        """The bundle's own reference to what a file refers to, which becomes part of the bundle."""
        place, _, pointer = reference.partition("#/")
        source = (file.parent / place).resolve() if place else file
        parts = pointer.split("/")
        entry = self._read(source)
        for part in parts:
            if not isinstance(entry, dict) or part not in entry:
                raise SpecProblem(f"{file.name} refers to {reference}, but there is no such thing.")
            entry = entry[part]
        section, name = (parts if len(parts) > 1 else ["examples", *parts])[-2:]
        if section not in SECTIONS:
            raise SpecProblem(f"{file.name} refers to {reference}: a reference ends in a section and a name.")
        self._take(section, name, source, entry)
        return f"#/components/{section}/{name}"

    def _take(self, section: str, name: str, source: Path, entry: Any) -> None:
        """Put a component into the bundle, once."""
        known = self._taken.setdefault((section, name), source)
        if known != source:
            raise SpecProblem(f"{known.name} and {source.name} both have {name} among their {section}: rename one.")
        if name not in self._components[section]:
            self._components[section][name] = None
            self._components[section][name] = self._rewritten(entry, source)
