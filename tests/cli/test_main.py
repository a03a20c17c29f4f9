"""The command line's frame: lazy commands, exit codes, one clean line for an error."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import click
import pytest

import optimizer
from optimizer import cli
from optimizer.errors import InputErrors, NoPlan, Problem, SolverFailure, StoppedWithoutPlan

FOLDER = Path(cli.__file__).parent
MODULES = sorted(
    file.stem
    for file in FOLDER.glob("[a-z]*.py")
    if "\ndef command(" in file.read_text(encoding="utf-8")
)
HEAVY = ("pyomo", "highspy", "numpy", "pandas", "xarray", "pydantic", "plotly", "pint")
PROBLEM = Problem("a.yaml", 3, 5, "site.area", "ten", "a number with a unit")

Plant = Callable[[BaseException | None], None]


@pytest.fixture
def plant(monkeypatch: pytest.MonkeyPatch) -> Plant:
    """Offer a command `planted` that raises what it is given, or ends with exit code 5."""

    def put(error: BaseException | None) -> None:
        @click.command("planted")
        @click.pass_context
        def command(ctx: click.Context) -> None:
            if error is not None:
                raise error
            ctx.exit(cli.CHECK_FAILED)

        module = ModuleType("optimizer.cli.planted")
        module.__dict__["command"] = command
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setitem(cli.COMMANDS, "planted", "A test.")

    return put


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (InputErrors([PROBLEM]), 2, "1 problem, nothing was solved"),
        (click.UsageError("no"), 2, "Error: no"),
        (FileNotFoundError(2, "No such file", "x.yaml"), 2, "x.yaml"),
        (NoPlan(["the cap of 2030"]), 3, "the cap of 2030"),
        (StoppedWithoutPlan("time limit"), 4, "time limit"),
        (SolverFailure("option refused"), 4, "option refused"),
        (None, 5, ""),
        (ZeroDivisionError("division"), 1, "decarb has a bug: ZeroDivisionError: division"),
        (KeyboardInterrupt(), 130, "Interrupted."),
    ],
)
def test_each_kind_of_end_has_its_exit_code(
    plant: Plant,
    capsys: pytest.CaptureFixture[str],
    error: BaseException | None,
    code: int,
    said: str,
) -> None:
    """Proves the table of exit codes; one clean message on stderr, nothing on stdout.

    Without the table click would answer 1 for every one of them, with a traceback.
    """
    plant(error)
    assert cli.run(["planted"]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert "Traceback" not in err


@pytest.mark.parametrize("line", [["--debug", "planted"], ["planted", "--debug"]])
def test_debug_shows_the_traceback_wherever_it_stands(
    plant: Plant, capsys: pytest.CaptureFixture[str], line: list[str]
) -> None:
    """Proves that --debug works before and after the command and keeps the exit code."""
    plant(NoPlan(["why"]))
    assert cli.run(line) == cli.NO_PLAN
    assert "Traceback" in capsys.readouterr().err


def test_a_misspelt_command_is_answered_with_the_nearest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Proves that `decarb sovle` exits 2 and names `solve`."""
    assert cli.run(["sovle"]) == cli.INPUT_OR_USAGE
    assert "Did you mean 'solve'?" in capsys.readouterr().err


def test_version_is_the_package_version(capsys: pytest.CaptureFixture[str]) -> None:
    """Proves that there is one version, the package's own."""
    assert cli.run(["--version"]) == cli.FINE
    assert capsys.readouterr().out == f"decarb, version {optimizer.__version__}\n"


@pytest.mark.parametrize("name", MODULES)
def test_every_module_is_a_command_with_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Proves that a command file is in the table and that its help page opens."""
    assert name in cli.COMMANDS
    assert cli.run([name, "--help"]) == cli.FINE
    assert "--debug" in capsys.readouterr().out


def test_help_names_every_command_and_imports_nothing_heavy() -> None:
    """Proves that `decarb --help` stays quick: no library of the solve is imported for it.

    A plain click group would import every command module to print its first line.
    """
    code = (
        "import sys; from optimizer.cli import run; done = run(['--help']); "
        f"print([name for name in {HEAVY!r} if name in sys.modules], done)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[] 0\n"), done.stdout
    for name, summary in cli.COMMANDS.items():
        assert f"  {name}" in done.stdout
        assert summary.split(":")[0] in " ".join(done.stdout.split())


def test_a_closed_pipe_ends_quietly() -> None:
    """Proves that `decarb --help | head -0` is no error: the reader left before anything came.

    Untouched, click ends with 1, the code of a bug, or Python complains while it shuts down.
    """
    reader = subprocess.Popen(
        [sys.executable, "-c", "import sys; sys.stdin.close()"], stdin=subprocess.PIPE
    )
    reader.wait()
    done = subprocess.run(
        [sys.executable, "-m", "optimizer.cli", "--help"],
        stdout=reader.stdin,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert reader.stdin is not None
    reader.stdin.close()
    assert (done.returncode, done.stderr) == (cli.FINE, "")
