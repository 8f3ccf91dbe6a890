"""connexion, given documents that need no looking over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connexion.middleware import ConnexionMiddleware
from connexion.middleware.main import API
from connexion.resolver import Resolver
from connexion.spec import OpenAPISpecification


class Documented(ConnexionMiddleware):  # type: ignore[misc]  # connexion is not typed
    """An application that is routed and guarded by its documents."""

    def add_document(self, document: Mapping[str, Any], *, base_path: str, resolver: Resolver) -> None:
        """Serve the operations of one more document, under a path."""
        options = self.options.replace(resolver=resolver)
        self.apis.append(API(_Proven(document), base_path=base_path, **options.__dict__))


class _Proven(OpenAPISpecification):  # type: ignore[misc]  # connexion is not typed
    """A document that the tests have proven right, so that no start of the server has to, which takes its time."""

    @classmethod
    def _validate_spec(cls, _spec: Mapping[str, Any]) -> None:
        pass
