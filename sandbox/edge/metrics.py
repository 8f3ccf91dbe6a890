"""What Prometheus is told: requests, refusals, how long things take, and how many worlds there are."""

from __future__ import annotations

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from sandbox.edge.observing import Observation
from sandbox.worlds.worlds import Worlds

MEDIA_TYPE: Final = CONTENT_TYPE_LATEST
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The metrics of one application, in a registry of its own."""

    def __init__(self, worlds: Worlds) -> None:
        registry = self._registry = CollectorRegistry()
        self._requests = Counter(
            "ecf_sandbox_requests", "Requests answered.", ("operation", "status"), registry=registry
        )
        self._rules = Counter("ecf_sandbox_rules_refused", "Requests that broke a rule.", ("rule",), registry=registry)
        self._seconds = Histogram(
            "ecf_sandbox_request_seconds",
            "How long requests took.",
            ("operation",),
            registry=registry,
            buckets=_SECONDS,
        )
        self._waits = Histogram(
            "ecf_sandbox_store_wait_seconds",
            "How long requests waited for the disk or the database.",
            registry=registry,
            buckets=_SECONDS,
        )
        Gauge("ecf_sandbox_worlds", "Worlds there are.", registry=registry).set_function(lambda: len(worlds))

    def __call__(self, observation: Observation) -> None:
        """Count one request."""
        request = observation.request
        self._requests.labels(observation.operation, str(request.status or "")).inc()
        self._seconds.labels(observation.operation).observe(observation.seconds)
        self._waits.observe(request.waited)
        for rule_id in {breach.rule_id for breach in request.breaches}:
            self._rules.labels(rule_id).inc()

    def exposition(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self._registry)
