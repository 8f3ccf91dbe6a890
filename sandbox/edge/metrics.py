"""What Prometheus is told: requests, refusals, how long things take, and how many worlds there are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from sandbox.edge.observing import Observation
from sandbox.store.protocol import StoreProblem
from sandbox.worlds.worlds import Worlds

TOGETHER: Final = "PROMETHEUS_MULTIPROC_DIR"  # the folder in which several processes count
MEDIA_TYPE: Final = CONTENT_TYPE_LATEST
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class _Number(Collector):
    """How many worlds there are, if that is known."""

    known: int | None = None

    def collect(self) -> Iterator[Metric]:
        """It."""
        if self.known is not None:
            yield GaugeMetricFamily("ecf_sandbox_worlds", "Worlds there are.", value=self.known)


class Metrics:
    """The metrics of one application, in a registry of its own. Where processes count together, of all of them."""

    def __init__(self, worlds: Worlds) -> None:
        registry = CollectorRegistry()
        self._told = CollectorRegistry() if TOGETHER in os.environ else registry
        if self._told is not registry:
            MultiProcessCollector(self._told, os.environ[TOGETHER])  # type: ignore[no-untyped-call]  # it has no types
        self._worlds, self._number = worlds, _Number()
        self._told.register(self._number)
        requests = Counter("ecf_sandbox_requests", "Requests answered.", ("operation", "status"), registry=registry)
        self._rules = Counter("ecf_sandbox_rules_refused", "Requests that broke a rule.", ("rule",), registry=registry)
        seconds = Histogram(
            "ecf_sandbox_request_seconds",
            "How long requests took.",
            ("operation",),
            registry=registry,
            buckets=_SECONDS,
        )
        self._requests_of = cache(requests.labels)
        self._seconds_of = cache(seconds.labels)
        self._waits = Histogram(
            "ecf_sandbox_store_wait_seconds",
            "How long requests waited for the disk or the database.",
            registry=registry,
            buckets=_SECONDS,
        )

    def __call__(self, observation: Observation) -> None:
        """Count one request."""
        request = observation.request
        self._requests_of(observation.operation, str(request.status or "")).inc()
        self._seconds_of(observation.operation).observe(observation.seconds)
        self._waits.observe(request.waited)
        for rule_id in {breach.rule_id for breach in request.breaches}:
            self._rules.labels(rule_id).inc()

    async def exposition(self) -> bytes:
        """All of it, as Prometheus reads it."""
        try:
            self._number.known = await self._worlds.count()
        except StoreProblem:
            self._number.known = None
        return generate_latest(self._told)
