"""The command `ecf-contract`."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any, Final

import click
from click.types import OptionHelpExtra

from contract_tests.config import OPTIONS, run_config
from contract_tests.masking import Mask
from contract_tests.option import Option
from contract_tests.release import release
from contract_tests.terminal import say_what_can_be_said

NEEDED: Final = ("hypothesis", "jinja2", "pytest", "requests", "rich", "schemathesis")
COULD_NOT_RUN: Final = 2
INTERRUPTED: Final = 130
EXAMPLES: Final = (
    "ecf-contract verify",
    "ECF_TOKEN=... ecf-contract verify --base-url https://api.example --version v3 --report report",
    "ECF_TOKEN=... ecf-contract verify --base-url https://api.example --rate-limit 3/s --max-time 20m --json",
    "ecf-contract verify --rules 'decl.*' 'part.*' --seed 7",
    "ECF_TOKEN=... ECF_TOKEN2=... ecf-contract verify --base-url https://old.example --against https://new.example",
)
_OF_THE_SANDBOX: Final = frozenset({"serve", "reset", "demo", "defects", "doctor", "migrate", "readiness"})
_WHERE: Final = OPTIONS["base_url"].flag
_ADDRESS: Final = re.compile(r"https?://|localhost\b|[\w.-]+:\d+|\d+(\.\d+){3}|[\w-]+(\.[\w-]+)+/", re.ASCII)
_RULES: Final = re.compile(r"[a-z-]+\.[a-z*?-]+")
_SETTINGS: Final = {"help_option_names": ["-h", "--help"], "max_content_width": 120}


def main(arguments: Sequence[str] | None = None, *, wait: Callable[[float], None] = time.sleep) -> int:
    """Run the command. Returns its exit status: 0 the contract is kept, 1 it is broken, 2 it could not be tested.

    `wait` is how it waits for a target that is asked too often.
    """
    say_what_can_be_said()
    try:
        return ecf_contract.main(arguments, "ecf-contract", standalone_mode=False, obj=wait) or 0
    except click.ClickException as problem:
        context = getattr(problem, "ctx", None) or click.Context(ecf_contract, info_name="ecf-contract")
        print(context.get_usage(), file=sys.stderr)
        print(f"{context.command_path}: error: {Mask().text(problem.format_message())}", file=sys.stderr)
        print(f"`{context.command_path} --help` says what there is.", file=sys.stderr)
        return COULD_NOT_RUN
    except click.Abort:
        return INTERRUPTED


class Program(click.Group):
    """The commands, with what to write in place of a line that is none."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the line. Raises UsageError."""
        if not args and not ctx.resilient_parsing:
            raise click.UsageError("Missing command. Begin with: ecf-contract verify", ctx)
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as mistake:
            flag = mistake.option_name
            if not any(flag == option.flag for option in OPTIONS.values()):
                raise
            raise click.UsageError(f"{flag} stands behind a command: ecf-contract verify {flag} ...", ctx) from None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that a line begins with. Raises UsageError."""
        if args[0] in _OF_THE_SANDBOX:
            raise click.UsageError(f"That is a command of the sandbox: ecf-sandbox {args[0]}", ctx)
        if _ADDRESS.match(args[0]):
            raise click.UsageError(f"Write {args[0]!r} as: ecf-contract verify {_WHERE} {args[0]}", ctx)
        return super().resolve_command(ctx, args)


@click.group("ecf-contract", cls=Program, context_settings=_SETTINGS, no_args_is_help=False)
@click.version_option(release(), prog_name="ecf-contract", message="%(prog)s %(version)s")
def ecf_contract() -> None:
    """Does an implementation of the ECF lead provider API keep its contract?"""


@ecf_contract.command(
    "completion", context_settings=_SETTINGS, short_help="print what completes commands and options in your shell"
)
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def _completion(shell: str) -> None:
    """Print a script that has a SHELL complete commands and options.

    Example, in ~/.bashrc: eval "$(ecf-contract completion bash)"
    """
    from click.shell_completion import get_completion_class

    script = get_completion_class(shell)
    assert script is not None
    source = script(ecf_contract, {}, "ecf-contract", "_ECF_CONTRACT_COMPLETE").source()
    # What stands beside a value in fish has commas of its own, at which click would cut it off.
    print(source.replace('string split ","', 'string split --max 1 ","'))


class Verify(click.Command):
    """`verify`: its options are those of a run, and some take several values after one flag."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the line with a flag before each value. Raises UsageError."""
        if ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        try:
            written = _flag_by_flag(args)
            _, words, _ = self.make_parser(ctx).parse_args(args=list(written))
            for word in words[:1]:
                if flag := _meant_by(word):
                    raise click.UsageError(f"Write {word!r} as {flag} {word}", ctx)
            return super().parse_args(ctx, written)
        except click.UsageError as mistake:
            mistake.ctx = mistake.ctx or ctx
            raise

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The examples, each on a line of its own."""
        with formatter.section("Examples"):
            for example in EXAMPLES:
                formatter.write(f"{'':{formatter.current_indent}}{example}\n")


class _Written(click.Option):
    """An option as it is written; `run_config` reads it, and the environment in its place."""

    def __init__(self, name: str, option: Option) -> None:
        how: dict[str, Any] = {"is_flag": True} if option.is_switch else {"metavar": option.metavar}
        if option.choices:
            how["type"] = click.Choice(option.choices)
        if option.gather is not None:
            how["multiple"] = True
        super().__init__([option.flag, name], help=option.help, default=None, **how)
        self._variable = option.outside

    def get_help_extra(self, ctx: click.Context) -> OptionHelpExtra:
        """What stands behind its help: its name in the environment."""
        return super().get_help_extra(ctx) | {"envvars": (self._variable,)}


def _flag_by_flag(arguments: Sequence[str]) -> list[str]:
    """The same line with `--rules a --rules b` for `--rules a b`, and no flag before one like it that outdoes it."""
    several = {option.flag: option for option in OPTIONS.values() if option.gather is not None}
    others: list[str] = []
    given: list[tuple[str, str]] = []
    flag = ""
    for each, following in zip(arguments, [*arguments[1:], "-"], strict=False):
        name, equals, value = each.partition("=")
        if option := several.get(name):
            if not equals and following.startswith("-"):
                raise click.BadOptionUsage(name, f"Option {name!r} requires an argument.")
            given = [pair for pair in given if pair[0] != name or not option.last_wins]
            given += [(name, value)] if equals else []
            flag = "" if equals else name
        elif flag and not each.startswith("-"):
            given.append((flag, each))
        else:
            flag = ""
            others.append(each)
    return [*others, *(word for pair in given for word in pair)]


def _meant_by(word: str) -> str | None:
    """The option that a word by itself is meant for, if it is plain."""
    chosen = next((option.flag for option in OPTIONS.values() if word in (option.choices or ())), None)
    return chosen or (_WHERE if _ADDRESS.match(word) else OPTIONS["rules"].flag if _RULES.fullmatch(word) else None)


def _verify(**written: Any) -> int:
    """Test a deployment, or, without --base-url, a sandbox that is started for it.

    Exit status: 0 the contract is kept, 1 it is broken, 2 it could not be tested.
    """
    lacking = [name for name in NEEDED if find_spec(name) is None]
    if lacking:
        return _sorry(f"{' and '.join(lacking)} must be installed too: pip install 'ecf-sandbox[contract]'.")
    # Imported here, as it needs what may be lacking.
    from contract_tests.errors import Unusable
    from contract_tests.signals import Stopped
    from contract_tests.verify import verify

    try:
        return verify(run_config(written, os.environ), wait=click.get_current_context().obj)
    except (Unusable, ValueError) as problem:
        return _sorry(str(problem))
    except Stopped as stopped:
        _sorry(f"{stopped} There is no verdict.")
        return stopped.exit_status


def _sorry(sentence: str) -> int:
    print(f"ecf-contract: {Mask().text(sentence)}", file=sys.stderr)  # it may hold what a target said
    return COULD_NOT_RUN


VERIFY: Final = Verify(
    "verify",
    callback=_verify,
    help=_verify.__doc__,
    short_help="test a deployment, or a sandbox of its own",
    params=[_Written(name, option) for name, option in OPTIONS.items()],
    context_settings=_SETTINGS,
)
ecf_contract.add_command(VERIFY)


if __name__ == "__main__":
    sys.exit(main())
