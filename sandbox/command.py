"""What every command is: named options with names in the environment, examples in its help, a status to end with."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from gettext import gettext
from typing import Any, Final

import click

from sandbox.configuration import CONFIG, variable

MISTAKEN: Final = 2
INTERRUPTED: Final = 130
SETTINGS: Final = {"help_option_names": ["-h", "--help"], "max_content_width": 120}


class Option(click.Option):
    """An option that the environment may say in its place. Help that has to be looked up is so when it is shown."""

    def __init__(self, *declared: str, help: str | Callable[[], str], **how: Any) -> None:
        super().__init__(list(declared), help=help if isinstance(help, str) else "", show_envvar=True, **how)
        assert self.name is not None
        self.envvar = variable(self.name)
        self._help = help

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Its name and what it means."""
        if not isinstance(self._help, str):
            self.help = self._help()
        return super().get_help_record(ctx)


class Group(click.Group):
    """The commands of a program, of which `first` is where to begin, and those that another program has."""

    def __init__(self, name: str | None, *, first: str, elsewhere: Mapping[str, str], **how: Any) -> None:
        super().__init__(name, **how)
        self._first = first
        self._elsewhere = elsewhere

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the line. Raises UsageError with what to write in its place."""
        if not args and not ctx.resilient_parsing:
            raise click.UsageError(f"Missing command. Begin with: {ctx.command_path} {self._first}", ctx)
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as mistake:
            flag = mistake.option_name
            having = [
                name for name, each in self.commands.items() if any(flag in option.opts for option in each.params)
            ]
            name = self._first if self._first in having else next(iter(having), None)
            if name is None:
                raise
            raise click.UsageError(
                f"{flag} stands behind a command: {ctx.command_path} {name} {flag} ...", ctx
            ) from None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that a line begins with. Raises UsageError when it is one of another program."""
        if args[0] in self._elsewhere:
            raise click.UsageError(f"That is a command of its own: {self._elsewhere[args[0]]}", ctx)
        return super().resolve_command(ctx, args)


class Command(click.Command):
    """A command whose help ends with examples, and that takes no words but options and their values."""

    def __init__(self, name: str | None, *, examples: Sequence[str] = (), **how: Any) -> None:
        super().__init__(name, **{"context_settings": dict(SETTINGS), **how})
        self.examples = examples

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the line. Raises UsageError, where a word stands by itself with the option that it is meant for."""
        try:
            if not ctx.resilient_parsing and all(isinstance(each, click.Option) for each in self.params):
                _, words, _ = self.make_parser(ctx).parse_args(args=list(args))
                for word in words[:1]:
                    if option := self._meant_by(word, ctx):
                        raise click.UsageError(f"Write {word!r} as {option.opts[0]} {word}", ctx)
            return super().parse_args(ctx, args)
        except click.UsageError as mistake:
            mistake.ctx = mistake.ctx or ctx
            raise

    def _meant_by(self, word: str, ctx: click.Context) -> click.Parameter | None:
        """The option that takes such a word: one that takes few others before one that takes any."""
        options = [each for each in self.params if each.name != CONFIG and not getattr(each, "is_flag", False)]
        is_url = "://" in word
        for option in sorted(options, key=lambda each: _latitude(each, is_url=is_url)):
            with suppress(click.BadParameter):
                option.type.convert(word, option, ctx)
                return option
        return None

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The examples, each on a line of its own."""
        with formatter.section(gettext("Examples")):
            for example in self.examples:
                formatter.write(f"{'':{formatter.current_indent}}{example}\n")


class Read(click.ParamType[Any]):
    """Texts of one kind: how one is read, which raises ValueError with a sentence, and which of them there are."""

    def __init__(self, name: str, read: Callable[[str], Any], known: Callable[[], Sequence[str]] = lambda: ()) -> None:
        self.name = name
        self._read = read
        self._known = known

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """What a text means; a default means itself."""
        if not isinstance(value, str):
            return value
        try:
            return self._read(value)
        except ValueError as problem:
            self.fail(str(problem), param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:  # noqa: ARG002
        """What a shell offers: the last of several with commas between them is the one that is not written yet."""
        from click.shell_completion import CompletionItem

        before, comma, begun = incomplete.rpartition(",")
        return [CompletionItem(f"{before}{comma}{each}") for each in self._known() if each.startswith(begun)]


def _latitude(option: click.Parameter, *, is_url: bool) -> int:
    """How much else an option would take: one of a few values, a URL, a file, any text."""
    if is_url and option.metavar == "URL":
        return 0
    if isinstance(option.type, click.Choice | Read):
        return 1
    return 2 if isinstance(option.type, click.Path) else 3


def run(command: click.Command, arguments: Sequence[str] | None) -> int:
    """Run a command as a program does, and tell a mistake on its line as such. Returns its exit status."""
    try:
        return command.main(arguments, command.name, standalone_mode=False) or 0
    except click.ClickException as problem:
        context = getattr(problem, "ctx", None) or click.Context(command, info_name=command.name)
        print(context.get_usage(), file=sys.stderr)
        print(f"{context.command_path}: error: {problem.format_message()}", file=sys.stderr)
        print(f"`{context.command_path} --help` says what there is.", file=sys.stderr)
        return MISTAKEN
    except click.Abort:
        return INTERRUPTED
