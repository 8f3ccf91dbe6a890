"""pytest as the engine: what a run is told, which scenarios it has, what each is given, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest

from contract_tests.api import Api
from contract_tests.assignment import Assignment
from contract_tests.attribution import refused_by
from contract_tests.checks import CHECKS
from contract_tests.completeness import is_complete, verdict
from contract_tests.config import RunConfig
from contract_tests.conformance.current import CURRENT
from contract_tests.documents import SCOPE, is_the_sandboxs_own, rules
from contract_tests.editions import is_of_another, suite
from contract_tests.effort import requests_of, way_of
from contract_tests.errors import ANSWERED, ContractBroken, Disturbed, LeftOut, TimeIsOver, Unavailable, Unusable
from contract_tests.exchange import Exchange
from contract_tests.grade import MADE_UP
from contract_tests.marks import MARKERS
from contract_tests.masking import Mask
from contract_tests.options import add_options, run_config_of
from contract_tests.order import ordered
from contract_tests.recorder import Recorder
from contract_tests.selection import GENERATED, is_about, is_of_share, is_selected, marked, version_of
from contract_tests.target import Target
from contract_tests.target.backstage import Backstage
from contract_tests.target.clock import Clock
from contract_tests.target.found import Found
from contract_tests.target.local_sandbox import located
from contract_tests.target.preflight import probe
from contract_tests.target.standing import Standing
from contract_tests.turns import Turns
from contract_tests.wire import Wire

RECORDER: Final = pytest.StashKey[Recorder]()
RUN_CONFIG: Final = pytest.StashKey[RunConfig]()
STANDING: Final = pytest.StashKey[Standing]()  # of a deployment that others may change meanwhile
TARGET: Final = pytest.StashKey[Target]()
VERDICT: Final = pytest.StashKey[str]()
ATTEMPTS: Final = 3


def pytest_addoption(parser: pytest.Parser) -> None:
    add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    for line in MARKERS:
        config.addinivalue_line("markers", line)
    try:
        config.stash[RUN_CONFIG] = CURRENT.config = run = run_config_of(config).of_edition()
    except ValueError as problem:
        raise pytest.UsageError(str(problem)) from problem
    config.stash[RECORDER] = Recorder(config.getoption("--part"), Mask.of(run))
    only_version, only_share = config.getoption("--only-version"), config.getoption("--only-share")
    CURRENT.versions = (only_version,) if only_version else run.versions
    if not run.makes_up(only_share):
        CURRENT.versions = ()
    SCOPE.operations, SCOPE.edition = run.operations, run.edition or SCOPE.edition


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out what another edition or another process is told, and what makes up requests where none are wanted."""
    makes_nothing_up = collection_path.name == GENERATED and not CURRENT.versions
    is_scenarios, share = collection_path.name.startswith("test_"), config.getoption("--only-share")
    is_others = is_scenarios and not is_of_share(collection_path.name, share)
    return is_of_another(collection_path) or makes_nothing_up or is_others or None


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[RECORDER].close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A scenario is told once for each version it is about."""
    if "version" in metafunc.fixturenames:
        only_version = metafunc.config.getoption("--only-version")
        tested = (only_version,) if only_version else metafunc.config.stash[RUN_CONFIG].versions
        metafunc.parametrize("version", [v for v in tested if is_about(metafunc.definition, v)], scope="session")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what nobody asked for; in a process of a run, put first what tells most."""
    run, only_version = config.stash[RUN_CONFIG], config.getoption("--only-version")
    kept = [item for item in items if is_selected(item, run, only_version)]
    left_out = set(items).difference(kept)
    config.hook.pytest_deselected(items=[item for item in items if item in left_out])
    items[:] = kept
    if assigned := config.getoption("--assignment"):
        way = way_of(sandbox=Assignment.read(assigned).sandbox, writes=run.allow_writes)
        items[:] = ordered(kept, lambda item: requests_of(item.nodeid, version_of(item), way))


def pytest_collection_finish(session: pytest.Session) -> None:
    session.config.stash[RECORDER].plan(len(session.items))


@pytest.fixture(scope="session")
def target(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """What is tested."""
    if assigned := request.config.getoption("--assignment"):
        request.config.stash[TARGET] = Assignment.read(assigned).target(request.config.stash[RUN_CONFIG])
        yield request.config.stash[TARGET]
        return
    with located(request.config.stash[RUN_CONFIG], tmp_path_factory.mktemp("sandbox")) as config:
        try:
            found = probe(config, ends_at=config.ends_at())
        except Unusable as problem:
            _give_up(request.config, problem)
        request.config.stash[TARGET] = found
        yield found


def _give_up(config: pytest.Config, problem: Unusable) -> NoReturn:
    """End the run: what is tested cannot be tested, or not any longer."""
    if isinstance(problem, TimeIsOver):
        config.stash[RECORDER].time_is_over()
    else:
        config.stash[RECORDER].stop(str(problem))
    pytest.exit(str(problem), returncode=2)


@pytest.fixture(scope="session")
def clock() -> Clock:
    """What is known of the time at a deployment."""
    return Clock()


@pytest.fixture(scope="session")
def wire(target: Target, clock: Clock, request: pytest.FixtureRequest) -> Wire:
    """The way to the target."""
    recorder = request.config.stash[RECORDER]

    def heard(exchange: Exchange) -> None:
        recorder.heard(exchange)
        clock.heard(exchange)

    assigned = request.config.getoption("--assignment")
    turns = Turns(target.config.rate, Path(Assignment.read(assigned).turns) if assigned else None)
    return Wire(
        target.config,
        heard=heard,
        read_only=not target.writes,
        goes_on=True,
        turns=turns,
        ends_at=target.ends_at,
    )


@pytest.fixture(scope="session")
def found(target: Target, wire: Wire, clock: Clock, request: pytest.FixtureRequest) -> Found:
    """What the provider sees of a deployment that is no sandbox."""
    api = Api(wire, target.versions[-1], target.token, elsewhere=True)
    another = target.config.token_of_another
    request.config.stash[STANDING] = Standing(api)
    return Found(api, api.with_token(another) if another else None, clock)


@pytest.fixture
def backstage(target: Target, wire: Wire, request: pytest.FixtureRequest) -> Iterator[Backstage]:
    """Where the scenario gets what it needs."""
    for mark in request.node.iter_markers("behaviour"):
        if target.behaviour not in mark.args:
            pytest.skip(f"it is about the behaviour {' or '.join(mark.args)}; the target is held to {target.behaviour}")
    for rule in marked(request.node):
        belongs_to = rules()[rule].get("x-behaviour", target.behaviour)
        if belongs_to != target.behaviour:
            pytest.skip(f"it is about the behaviour {belongs_to}; the target is held to {target.behaviour}")
        if is_the_sandboxs_own(rules()[rule]) and not target.sandbox:
            pytest.skip("it is about a rule of the sandbox alone, which no other service has to keep")
    stage = stage_of(request, target, wire)
    yield stage
    stage.done()


def stage_of(request: pytest.FixtureRequest, target: Target, wire: Wire, *, populated: bool = False) -> Backstage:
    """A world of a sandbox, perhaps one in which there is much to read, or the deployment as it is."""
    if target.sandbox and target.writes:
        return suite().sandbox(wire, target.config, target.behaviour, populated=populated)
    found = request.getfixturevalue("found")
    return suite().deployment(found, target.behaviour, writes=target.writes)


@pytest.fixture
def stage(backstage: Backstage) -> Backstage:
    """The same, for scenarios in which schools, the DfE or time act. Skips where nothing makes them."""
    backstage.may_act()
    return backstage


@pytest.fixture
def api(backstage: Backstage, version: str) -> Api:
    """The provider that is tested, in one version."""
    return backstage.provider().in_version(version)


@pytest.fixture
def rival(backstage: Backstage, version: str) -> Api:
    """Another provider. Skips where there is none."""
    return backstage.provider(1).in_version(version)


@pytest.fixture
def v3(api: Api, target: Target) -> Api:
    """The provider that is tested, in v3, which shows what the others do not. Skips where v3 is not to be had."""
    if not (target.sandbox or "v3" in target.versions):
        raise LeftOut("it looks into v3, which this run does not test")
    return api.in_version("v3")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Any:
    item.config.stash[RECORDER].begin()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Any:
    """What a deployment does not have skips a scenario; what cannot be tested at all ends the run."""
    try:
        try:
            result = yield
            if rules := frozenset(marked(item, "refuses")):
                refused_by(rules, item.config.stash[RECORDER].exchanges)
            return result
        except ContractBroken as broken:
            _fails_again(item, broken)
    except Unavailable as lacking:
        pytest.skip(lacking.reason)
    except Unusable as problem:
        _give_up(item.config, problem)


def _fails_again(item: pytest.Item, broken: ContractBroken) -> None:
    """On a deployment, whose data others may change at any time, only what fails again and again has failed.

    Raises ContractBroken then; Unavailable where the data never stand still. The form of an answer is not in doubt.
    """
    standing = item.config.stash.get(STANDING, None)
    if standing is None or broken.check in {*CHECKS, ANSWERED} or broken.check.startswith(MADE_UP):
        raise broken
    for _ in range(ATTEMPTS - 1):
        item.config.stash[RECORDER].begin()
        try:
            item.runtest()
        except ContractBroken as again:
            broken = again
        except Unavailable:
            break  # whom it needs has been used up by the time before
        else:
            return
    if standing.moves():
        raise Disturbed("what the target holds")
    raise broken


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Any:
    try:
        return (yield)
    except Unavailable as lacking:
        pytest.skip(lacking.reason)
    except Unusable as problem:
        _give_up(item.config, problem)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Any:
    """To put people back takes requests as well."""
    try:
        return (yield)
    except Unusable as problem:
        _give_up(item.config, problem)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report: pytest.TestReport = yield
    ended = report.when == "call" or report.outcome != "passed"
    if ended and not (report.when == "teardown" and report.outcome == "passed"):
        recorder = item.config.stash[RECORDER]
        error = call.excinfo.value if call.excinfo else None
        recorder.end(
            id=item.nodeid,
            name=item.name,
            part=item.path.parent.name,
            version=version_of(item),
            refuses=marked(item, "refuses"),
            accepts=marked(item, "accepts"),
            checks=marked(item, "checks"),
            outcome=report.outcome,
            seconds=round(report.duration, 4),
            reason=str(error) if report.skipped and error else "",
            error=error if report.failed else None,
        )
    return report


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A run in which some operation never answered well proves too little to be a pass."""
    config = session.config
    target = config.stash.get(TARGET, None)
    if target is None or exitstatus != pytest.ExitCode.OK:
        return
    if not is_complete(session.items, config, target.config):
        return
    config.stash[VERDICT] = verdict(config.stash[RECORDER].answers, target.versions, read_only=not target.writes)
    if config.stash[VERDICT]:
        session.exitstatus = 2


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if sentence := config.stash.get(VERDICT, ""):
        terminalreporter.write_line(sentence, red=True)
