"""What every command is: named options with names in the environment, examples in its help, a status to end with."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from gettext import gettext
from typing import Any, Final

import click

from sandbox.configuration import variable

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


class Command(click.Command):
    """A command whose help ends with examples."""

    def __init__(self, name: str | None, *, examples: Sequence[str] = (), **how: Any) -> None:
        super().__init__(name, **{"context_settings": dict(SETTINGS), **how})
        self.examples = examples

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
