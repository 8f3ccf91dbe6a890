"""Defects that were planted by hand can be planted again: the code still has what each of them changes."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.detection.mutated import ROOT, statement
from tests.detection.planted import planted

LOTS = sorted(Path(__file__).with_name("lots").glob("*.yaml"))


@pytest.mark.parametrize("lot", LOTS, ids=lambda lot: lot.stem)
def test_each_of_a_lot_makes_other_code_of_what_is_there(lot: Path) -> None:
    for each in planted(lot):
        straight = (ROOT / each.file).read_text()
        assert ast.dump(ast.parse(each.code)) != ast.dump(ast.parse(straight)), each
        assert each.lines, each


def test_one_whose_code_is_there_no_more_is_named(tmp_path: Path) -> None:
    lot = tmp_path / "lot.yaml"
    lot.write_text("- {what: Forgets it., file: sandbox/rules/rule.py, was: never there, becomes: pass}")
    with pytest.raises(ValueError, match=r"“Forgets it.”: sandbox/rules/rule.py has what was there 0 times"):
        planted(lot)


def test_what_a_function_is_decorated_with_is_part_of_the_statement_that_defines_it() -> None:
    tree = ast.parse("@check(\n    'a', 'b'\n)\ndef holds() -> bool:\n    return True\n")
    assert [statement(tree, line) for line in (1, 2, 4)] == [range(1, 5)] * 3
    assert statement(tree, 5) == range(5, 6)
