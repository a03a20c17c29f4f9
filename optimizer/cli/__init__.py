"""The command line: a table of commands, each loaded when it is called, and the exit codes.

A command is a module `optimizer.cli.<name>` that holds a click command called `command`. It
writes results to stdout and progress to stderr, raises what is in `optimizer.errors`, and ends
with a check's verdict through `ctx.exit(CHECK_FAILED)`.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from io import TextIOWrapper

import click

from optimizer import __version__

FINE = 0
BUG = 1
INPUT_OR_USAGE = 2
NO_PLAN = 3
STOPPED_OR_SOLVER_FAILURE = 4
CHECK_FAILED = 5
INTERRUPTED = 130

COLLECTED_AFTER = (50_000, 20, 100)
"""Thresholds of Python's cycle collector in a command: with its own, of 700 objects, every import
and every model is looked through again and again for nothing, half a second of a solve."""

COMMANDS = {
    "demo": "Solve the shipped scenario and open its report: no input needed.",
    "init": "Write a workspace of your own: catalog, scenarios, results.",
    "validate": "Check a scenario and all that it uses; nothing is solved.",
    "solve": "Find the plan and store it with its report.",
    "compare": "Set plans side by side: policies, what-ifs, scenarios or stored runs.",
    "pareto": "Trade cost against emissions: plans from the cheapest to the cleanest.",
    "alternatives": "Show what must, can and can't be in a plan that costs little more.",
    "robust": "Decide now for several futures: least expected cost, least regret.",
    "sweep": "Solve many points of a scenario, on processes or on a Dask cluster.",
    "curve": "Show what each tonne costs: alone, along the optimal path, left out.",
    "myopic": "Decide year by year, and say what knowing the future is worth.",
    "sensitivity": "Move prices, output and limits, and say what the plan hangs on.",
    "show": "Print a stored plan.",
    "measures": "Share a stored plan's saving out among its measures.",
    "audit": "Ask of a stored plan what it leaves out below the abatement ceiling.",
    "verify": "Recompute a stored plan from its inputs, without the solver.",
    "loan": "Judge a plan by the rules of lenders and labels, with its cover.",
    "report": "Write a stored plan's report again.",
    "catalog": "List and check the measures of the technology catalog.",
    "factors": "List and show the emission factors that scenarios can name.",
    "policy": "List, show, check and attest the rules of policy and loan packs.",
}


@dataclass
class Session:
    """What the outer command knows: whether errors show their traceback."""

    debug: bool = False


class LazyGroup(click.Group):
    """A group that knows its commands from COMMANDS and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module; None for a name that is not in the table."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"optimizer.cli.{cmd_name}").command
        if not any(option.name == "debug" for option in command.params):
            command.params.append(_debug_option())
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command when the one asked for does not exist."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from optimizer.errors import nearest

            guess = nearest(args[0], list(COMMANDS))
            hint = f" Did you mean {guess!r}?" if guess else ""
            raise click.UsageError(f"No such command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table into the help page without importing any command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _remember_debug(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Note --debug in the session, wherever on the line it stands."""
    if wanted:
        ctx.ensure_object(Session).debug = True


def _debug_option() -> click.Option:
    """Build the option that every command has."""
    return click.Option(
        ["--debug"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_remember_debug,
        help="Show the traceback of an error.",
    )


@click.command(
    cls=LazyGroup,
    params=[_debug_option()],
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Begin with:  decarb demo",
)
@click.version_option(__version__, prog_name="decarb")
def cli() -> None:
    """Find the cheapest way for a factory to reach its carbon trajectory.

    Reductions come first, credits last. `decarb COMMAND --help` explains a command.
    """


def exit_code_of(error: BaseException) -> int:
    """Map an exception to the exit code that scripts can rely on."""
    from optimizer.errors import (
        ExtraMissing,
        InputErrors,
        NoPlan,
        SolverFailure,
        StoppedWithoutPlan,
    )

    table: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], int], ...] = (
        ((KeyboardInterrupt, click.Abort), INTERRUPTED),
        ((InputErrors, ExtraMissing, click.ClickException, OSError), INPUT_OR_USAGE),
        (NoPlan, NO_PLAN),
        ((StoppedWithoutPlan, SolverFailure), STOPPED_OR_SOLVER_FAILURE),
    )
    return next((code for kinds, code in table if isinstance(error, kinds)), BUG)


def _tell(error: BaseException, code: int) -> None:
    """Say on stderr what went wrong, in one clean message."""
    if isinstance(error, click.ClickException):
        error.show()
    elif code == INTERRUPTED:
        click.echo("Interrupted.", err=True)
    elif isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename else ""
        click.echo(f"{place}{error.strerror}", err=True)
    elif code == BUG:
        kind = type(error).__name__
        click.echo(f"decarb has a bug: {kind}: {error}  (--debug shows where)", err=True)
    else:
        click.echo(str(error) or type(error).__name__, err=True)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; `arguments` defaults to the process's own."""
    session = Session()
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        with cli.make_context("decarb", words, obj=session) as context:
            cli.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        return end.exit_code
    except BrokenPipeError:  # the reader of a pipe, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except SystemExit as end:  # rich's answer to a closed pipe
        if not isinstance(end.__context__, BrokenPipeError):
            raise
    except (Exception, KeyboardInterrupt) as error:
        code = exit_code_of(error)
        if session.debug:
            import traceback

            traceback.print_exception(error)
        else:
            _tell(error, code)
        return code
    return FINE


def main() -> None:
    """Run the process's command line: the entry point of `decarb`.

    A terminal that can't show a sign gets its escape, such as \\u5c0f, which JSON reads too.
    """
    gc.set_threshold(*COLLECTED_AFTER)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run())
