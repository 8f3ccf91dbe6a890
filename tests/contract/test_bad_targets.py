"""What cannot be tested is said in a sentence, with exit status 2: never a pass, never a stack trace."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from importlib.metadata import version
from pathlib import Path

import pytest

from contract_tests import cli, line
from contract_tests.config import RunConfig
from contract_tests.errors import ContractBroken, Unusable
from contract_tests.target.edition import DOCUMENT
from contract_tests.target.preflight import probe
from contract_tests.wire import MOST_UNANSWERED, Wire

from .deployments import LIST, TOKEN, Answer, Deployment, Question, deployed, keeper

Verify = Callable[..., str]


@pytest.fixture(autouse=True)
def _no_tokens_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ECF_TOKEN", "ECF_TOKEN2", "ECF_CONTROL_TOKEN", "ECF_HEADERS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def sentence(capsys: pytest.CaptureFixture[str]) -> Verify:
    """Verifies with some options, which must end with exit status 2; what is said."""

    def verify(*options: str, token: str = TOKEN, wait: Callable[[float], None] = lambda _: None) -> str:
        arguments = ["verify", *options, *(["--token", token] if token else [])]
        status = cli.main(arguments, wait=wait)
        said = capsys.readouterr()
        assert status == 2
        assert said.out == ""
        assert "Traceback" not in said.err
        assert TOKEN not in said.err
        return said.err

    return verify


def always(answer: Answer) -> AbstractContextManager[Deployment]:
    return deployed(lambda _: answer)


def test_nobody_answers_at_the_address(sentence: Verify) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        free = taken.getsockname()[1]
    assert "got no answer: no connection (" in sentence("--base-url", f"http://127.0.0.1:{free}")


def test_the_token_is_wrong(sentence: Verify) -> None:
    with deployed(keeper) as target:
        assert "does not accept the token (401)" in sentence("--base-url", target.url, token="some-other-token")


def test_the_token_is_missing(sentence: Verify) -> None:
    with deployed(keeper) as target:
        assert "give --token, or set ECF_TOKEN" in sentence("--base-url", target.url, token="")
    assert target.asked == []


def test_the_token_cannot_be_sent(sentence: Verify) -> None:
    for token in ("two words", "tökén", "a\nb"):
        assert "a token is ASCII without spaces" in sentence("--base-url", "http://127.0.0.1:9", token=token)


def test_every_token_is_accepted(sentence: Verify) -> None:
    with always(Answer(200, LIST)) as target:
        assert "answers 200 to a token that nobody has" in sentence("--base-url", target.url)


def test_a_version_is_not_there(sentence: Verify) -> None:
    def without_v2(question: Question) -> Answer:
        return Answer(404) if question.path.startswith("/api/v2/") else keeper(question)

    with deployed(without_v2) as target:
        assert "has no v2 (" in sentence("--base-url", target.url)


def test_it_answers_with_a_page(sentence: Verify) -> None:
    page = "<!doctype html><title>Sorry</title>"
    with always(Answer(503, page, "text/html")) as target:
        assert "answers 503 with an HTML page" in sentence("--base-url", target.url)
    with always(Answer(200, page, "text/html")) as target:
        assert "answers an HTML page, not a list" in sentence("--base-url", target.url)


def test_it_answers_with_something_else(sentence: Verify) -> None:
    with always(Answer(200, '{"data": "all well"}')) as target:
        assert "not a list: is this the API's own address?" in sentence("--base-url", target.url)
    with always(Answer(200, "{", "application/json")) as target:
        assert "not a list: is this the API's own address?" in sentence("--base-url", target.url)


def test_it_sends_us_to_a_login(sentence: Verify) -> None:
    with always(Answer(302, headers={"Location": "https://login.example/start"})) as target:
        assert "sends us on to https://login.example/start" in sentence("--base-url", target.url)
    assert {question.path.partition("?")[0] for question in target.asked} == {
        DOCUMENT,
        "/api/v1/participant-declarations",
    }


def test_it_speaks_no_tls(sentence: Verify) -> None:
    with deployed(keeper) as target:
        assert "TLS failed (" in sentence("--base-url", target.url.replace("http:", "https:"))


def test_it_hangs_up(sentence: Verify) -> None:
    with hanging_up() as url:
        assert "got no answer: no connection (" in sentence("--base-url", url)


def test_it_answers_429_and_then_recovers() -> None:
    waits: list[float] = []
    first_two = iter([Answer(429, headers={"Retry-After": "7"}), Answer(429)])
    with deployed(lambda question: next(first_two, None) or keeper(question)) as target:
        assert probe(RunConfig(base_url=target.url, token=TOKEN, versions=("v3",)), wait=waits.append).versions == (
            "v3",
        )
    assert waits == [7, 14]


def test_it_answers_429_for_ever(sentence: Verify) -> None:
    waits: list[float] = []
    with always(Answer(429)) as target:
        assert "has answered 429 (too many requests) for" in sentence("--base-url", target.url, wait=waits.append)
    assert 240 <= sum(waits) <= 300


def test_the_time_is_over_before_anything_is_known(sentence: Verify) -> None:
    with always(Answer(429)) as target:
        said = sentence("--base-url", target.url, "--max-time", "0.5s")
    assert "The time that --max-time allows is over" in said


def test_the_deployment_to_compare_with_has_no_token(sentence: Verify) -> None:
    with deployed(keeper) as target:
        said = sentence("--base-url", target.url, "--against", "http://127.0.0.1:9")
    assert "give --token2, or set ECF_TOKEN2" in said


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--base-url", "localhost:8080", "write it as https://host or http://host:port"),
        ("--base-url", "ftp://host", "write it as https://host or http://host:port"),
        ("--base-url", "http://", "write it as https://host or http://host:port"),
        ("--base-url", "http://host:port", "write it as https://host or http://host:port"),
        ("--base-url", "http://[::1", "write it as https://host or http://host:port"),
        ("--base-url", "https://host/api/v3", "leave out what follows the host"),
        ("--base-url", "https://me:password@host", "an address must hold no password"),
        ("--header", "X-Api-Key", "write a header as 'Name: value'"),
        ("--header", "X Api Key: 1", "write a header as 'Name: value'"),
        ("--header", "X-Key: 1\r\nX-Other: 2", "write a header as 'Name: value'"),
        ("--header", "Authorization: Bearer abc", "give the token as --token"),
        ("--rate-limit", "fast", "write it as 3/s, 100/m or 1000/h"),
        ("--rate-limit", "0/s", "write it as 3/s, 100/m or 1000/h"),
        ("--rate-limit", "-1", "write it as 3/s, 100/m or 1000/h"),
        ("--max-time", "soon", "write it as 90s, 10m or 1h"),
        ("--max-time", "0m", "write it as 90s, 10m or 1h"),
        ("--workers", "0", "give a whole one from 1"),
        ("--examples", "many", "give a whole one from 1"),
        ("--min-coverage", "rules", "write it as rules=90%,operations=100%"),
        ("--min-coverage", "rules=110%", "write it as rules=90%,operations=100%"),
        ("--min-coverage", "schools=10%", "write it as rules=90%,operations=100%"),
        ("--version", "v4", "'v4' is not one of 'v1', 'v2', 'v3', 'all'"),
    ],
)
def test_an_option_is_not_understood(option: str, value: str, says: str, sentence: Verify) -> None:
    assert says in sentence(option, value)


def test_the_command_says_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"ecf-contract {version('ecf-sandbox')}\n"


def test_what_may_be_secret_is_not_repeated(sentence: Verify) -> None:
    assert "hunter22" not in sentence("--header", "X-Api-Key hunter22")
    assert "hunter22" not in sentence("--base-url", "https://me:hunter22@host")
    assert "hunter22" not in sentence("--base-url", "http://127.0.0.1:9", token="hunter22 hunter22")


def test_nothing_matches_the_rules_asked_for(sentence: Verify) -> None:
    with deployed(keeper) as target:
        said = sentence("--base-url", target.url, "--rules", "decl.*", "declare.*")
        assert "with a space between them" in sentence("--base-url", target.url, "--rules", "decl.*,void.*")
    assert "There is no rule like 'declare.*'" in said
    assert target.asked == []


def test_defects_are_asked_of_what_is_no_sandbox(sentence: Verify) -> None:
    with deployed(keeper) as target:
        assert "Only a sandbox does things wrongly" in sentence("--base-url", target.url, "--defects", "any")


def test_an_earlier_report_is_not_left_to_be_taken_for_the_new_one(tmp_path: Path, sentence: Verify) -> None:
    (tmp_path / "summary.md").write_text("All well.")
    with always(Answer(503)) as target:
        sentence("--base-url", target.url, "--report", str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_the_report_has_nowhere_to_go(tmp_path: Path, sentence: Verify) -> None:
    taken = tmp_path / "report"
    taken.write_text("A file, not a folder.")
    with deployed(keeper) as target:
        assert f"{taken} is no folder" in sentence("--base-url", target.url, "--report", str(taken))
    assert target.asked == []


def test_what_it_needs_is_not_installed(monkeypatch: pytest.MonkeyPatch, sentence: Verify) -> None:
    monkeypatch.setattr(cli, "find_spec", lambda name: None if name in ("pytest", "schemathesis") else name)
    said = sentence()
    assert said == "ecf-contract: pytest and schemathesis must be installed too: pip install 'ecf-sandbox[contract]'.\n"


@contextmanager
def hanging_up() -> Iterator[str]:
    """An address where a connection is closed at once."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=lambda: listening.accept()[0].close(), daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def _drip(connection: socket.socket, begins_with: bytes) -> None:
    """A byte every twentieth of a second, as long as somebody listens."""
    with connection, suppress(OSError):
        connection.recv(65536)
        connection.sendall(begins_with)
        while True:
            connection.sendall(b"X")
            time.sleep(0.05)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    "begins_with", [b"HTTP/1.1 200 OK\r\nX-Long: ", HEAD + b"Content-Length: 1000000\r\n\r\n", HEAD + b"\r\n"]
)
def test_an_answer_that_drips_is_given_up_when_the_time_is_over(begins_with: bytes, sentence: Verify) -> None:
    began = time.monotonic()
    with talking(lambda connection: _drip(connection, begins_with)) as url:
        assert "The time that --max-time allows is over" in sentence("--base-url", url, "--max-time", "0.5s")
    assert time.monotonic() - began < 3


def test_an_answer_without_end_is_given_up(sentence: Verify, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "MOST_BYTES", 1_000_000)

    def pour(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.recv(65536)
            connection.sendall(HEAD + b"\r\n")
            while True:
                connection.sendall(b"[" * 65536)

    with talking(pour) as url:
        assert "the answer is longer than" in sentence("--base-url", url)


def test_what_is_no_http_is_no_answer(sentence: Verify) -> None:
    def greet(connection: socket.socket) -> None:
        with connection:
            connection.sendall(b"220 smtp.example ESMTP\r\n")

    with talking(greet) as url:
        assert "got no answer: no connection (" in sentence("--base-url", url)


def test_a_connection_that_was_closed_while_it_was_not_used_is_made_anew() -> None:
    with deployed(keeper) as target:
        wire = Wire(RunConfig(base_url=target.url))
        wire.send("GET", "/api/v3/statements")
        target.hang_up()
        assert wire.send("GET", "/api/v3/statements").status == 401


def test_one_request_without_an_answer_is_a_finding_and_many_are_the_end() -> None:
    with deployed(lambda question: None if "statements" in question.path else keeper(question)) as target:
        wire = Wire(RunConfig(base_url=target.url), goes_on=True)
        wire.send("GET", "/api/v3/schools/ecf")
        for _ in range(MOST_UNANSWERED):
            with pytest.raises(ContractBroken) as broken:
                wire.send("GET", "/api/v3/statements")
            assert broken.value.check == "check.answered"
        with pytest.raises(Unusable, match="got no answer"):
            wire.send("GET", "/api/v3/statements")


def test_no_proxy_leads_to_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with deployed(keeper) as target:
        for host in ("127.0.0.1", "localhost"):
            config = RunConfig(base_url=target.url.replace("127.0.0.1", host), token=TOKEN, versions=("v3",))
            assert probe(config).versions == ("v3",)
    with pytest.raises(Unusable, match="Connection refused"):  # by the proxy, which there is not
        probe(RunConfig(base_url="http://api.example", token=TOKEN))


@contextmanager
def talking(says: Callable[[socket.socket], None]) -> Iterator[str]:
    """An address where everyone who connects is told something."""

    def talk() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=says, args=(listening.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=talk, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
