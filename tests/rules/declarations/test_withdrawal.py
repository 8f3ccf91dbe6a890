"""Once a provider has withdrawn someone, only what came before can be declared of them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.api import Api
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import over, refusal
from tests.rules.variants import DEPLOYED, EVERY_BEHAVIOUR, EVERY_VERSION

WITHDRAWN = over("participant_id", "decl.before-withdrawal")


@pytest.fixture
def later(northgate: Api) -> Api:
    """Northgate, in May 2025."""
    return northgate.at("2025-05-12T09:00:00Z")


@pytest.fixture
def withdrawn(northgate: Api, ect: str) -> str:
    """Somebody who started, and whom Northgate withdrew at noon on 10 February 2025."""
    assert northgate.declare(ect, "started", "2024-10-14T09:00:00Z").status == 200
    assert northgate.at("2025-02-10T12:00:00Z").withdraw(ect).status == 200
    return ect


@EVERY_VERSION
@EVERY_BEHAVIOUR
@refuses("decl.before-withdrawal")
@accepts("decl.before-withdrawal")
def test_a_second_before_the_withdrawal_will_do_and_the_moment_itself_will_not(later: Api, withdrawn: str) -> None:
    assert refusal(later, Api.declare, withdrawn, "retained-1", "2025-02-10T12:00:00Z") == WITHDRAWN
    assert later.declare(withdrawn, "retained-1", "2025-02-10T11:59:59Z").status == 200


@refuses("decl.before-withdrawal")
def test_the_refusal_names_the_moment_of_the_withdrawal(later: Api, withdrawn: str) -> None:
    assert "2025-02-10T12:00:00Z" in later.declare(withdrawn, "retained-1", "2025-03-03T09:00:00Z").detail


@accepts("decl.before-withdrawal")
def test_whoever_has_resumed_can_be_declared_again(northgate: Api, later: Api, withdrawn: str) -> None:
    assert northgate.at("2025-03-17T09:00:00Z").resume(withdrawn).status == 200
    assert later.declare(withdrawn, "retained-1", "2025-03-03T09:00:00Z").status == 200


@accepts("decl.before-withdrawal")
def test_a_deferral_is_no_withdrawal(northgate: Api, later: Api, ect: str) -> None:
    assert northgate.at("2025-02-10T12:00:00Z").defer(ect).status == 200
    assert later.declare(ect, "retained-1", "2025-03-03T09:00:00Z").status == 200


@accepts("decl.before-withdrawal")
def test_a_withdrawal_by_the_school_is_none_by_the_provider(later: Api, backstage: Backstage, ect: str) -> None:
    backstage.withdraw_from_school(ect)
    assert later.declare(ect, "retained-1", "2025-03-03T09:00:00Z").status == 200


@accepts("decl.before-withdrawal")
def test_a_withdrawal_does_not_bind_the_next_provider(harbour: Api, backstage: Backstage, withdrawn: str) -> None:
    backstage.transfer(withdrawn, backstage.school("harbour"), date(2025, 2, 24))
    declared = harbour.at("2025-05-12T09:00:00Z").declare(withdrawn, "retained-1", "2025-03-03T09:00:00Z")
    assert declared.status == 200


@pytest.fixture
def back(backstage: Backstage, withdrawn: str) -> str:
    """Somebody who, a month after that, came to another of Northgate's schools."""
    backstage.transfer(withdrawn, backstage.school(number=1), date(2025, 3, 10))
    return withdrawn


@accepts("decl.before-withdrawal")
def test_whoever_comes_back_at_another_school_can_be_declared_there(later: Api, back: str) -> None:
    assert later.declare(back, "retained-1", "2025-03-11T09:00:00Z").status == 200


@refuses("decl.before-withdrawal")
def test_the_time_between_a_withdrawal_and_the_return_is_not_declared(later: Api, back: str) -> None:
    assert refusal(later, Api.declare, back, "retained-1", "2025-02-24T09:00:00Z") == WITHDRAWN


@DEPLOYED
@accepts("decl.before-withdrawal")
def test_in_the_deployed_service_a_withdrawal_from_before_they_began_does_not_count(
    northgate: Api, backstage: Backstage
) -> None:
    ada = backstage.person(starts_on=date(2024, 9, 2))
    assert northgate.at("2024-06-10T09:00:00Z").withdraw(ada).status == 200
    assert northgate.declare(ada, "started", "2024-10-14T09:00:00Z").status == 200
