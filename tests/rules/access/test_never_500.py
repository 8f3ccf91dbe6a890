"""Whatever is asked, nothing breaks."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings

from tests.conformance import problems_with
from tests.rules.marks import accepts
from tests.rules.variants import EVERY_VERSION

from .nonsense import Request, requests
from .wire import wire

SETTINGS = settings(
    max_examples=700,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@EVERY_VERSION
@accepts("never.500")
def test_no_nonsense_causes_a_server_error_or_an_answer_that_no_document_describes(version: str) -> None:
    seen: set[int] = set()

    @SETTINGS
    @given(requests(version))
    def nothing_breaks(request: Request) -> None:
        reply = wire().send(request.method, request.path, request.headers, query=request.query, body=request.body)
        assert reply.status < 500
        assert not problems_with(reply.response)
        seen.add(reply.status)

    wire().renew()
    nothing_breaks()
    wire().renew()
    assert seen >= {200, 400, 401, 404, 405, 422}, "the nonsense no longer gets everywhere"
