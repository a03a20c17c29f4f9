"""`decarb policy`: the rules of packs, where they come from, and who compared them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optimizer.cli import CHECK_FAILED, options

if TYPE_CHECKING:
    from optimizer.inputs.attestations import Attested
    from optimizer.inputs.loaded_pack import AnyLoaded


@click.group("policy", epilog="Example:  decarb policy show company_policy")
def command() -> None:
    """List, show, check and attest the rules of policy packs and loan packs."""


@command.command("list", epilog="Example:  decarb policy list --lang zh")
@options.workspace
@options.as_json
@options.lang
def list_command(workspace: Path, as_json: bool, lang: str) -> None:
    """List the packs: whose rules they are, how many the model has rows for, how sure they are."""
    from optimizer.cli.policy_text import print_list
    from optimizer.inputs.attestations import attested_rules
    from optimizer.inputs.policy_listing import row

    packs, attestations = _read(workspace)
    found = [row(each.pack, attested_rules(attestations, name)) for name, each in packs.items()]
    if as_json:
        click.echo(options.json_text(found))
    else:
        print_list(found, lang)


@command.command("show", epilog="Example:  decarb policy show cn_zero_carbon_factory_2026")
@click.argument("pack", metavar="PACK")
@options.workspace
@options.as_json
@options.lang
def show_command(pack: str, workspace: Path, as_json: bool, lang: str) -> None:
    """Show every rule of one pack with its parameters, trust, source and attestations."""
    from optimizer.cli.policy_text import print_pack
    from optimizer.inputs.policy_listing import details

    packs, attestations = _read(workspace)
    if pack not in packs:
        raise _unknown("pack", pack, list(packs), "PACK")
    facts = details(packs[pack], attestations)
    if as_json:
        click.echo(options.json_text(facts))
    else:
        print_pack(facts, lang)


@command.command("check", epilog="Example:  decarb policy check results/mill-1 --strict")
@click.argument("target", metavar="RUN|FILE", type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Exit code 5 unless gates apply and are surely kept.")
@click.option("--evidence", type=click.Path(path_type=Path), metavar="FILE",
              help="Documents for a run's checklists.")  # fmt: skip
@options.as_json
@options.lang
@click.pass_context
def check_command(ctx: click.Context, /, target: Path, lang: str, **given: Any) -> None:
    """Judge a stored plan by each rule in use, or check a pack's or a scenario's file.

    Of a run: what each rule says, its limit, the plan's value and slack by year, the verdict, and
    the text or attestation that it rests on. Ends with 5 if a gate fails or can't be determined;
    with --strict also if one isn't met by a primary or attested text, a file of the run's inputs
    was changed since, or the plan isn't what its inputs give (decarb verify).
    Checklists are decided by the documents in the evidence file (docs/annotated_evidence.yaml).

    Of a file: which packs stack, what binds, what nobody knows. With --strict a gate must rest on
    a primary or attested text, leave nothing open, and be a row in the model or a checklist.
    """
    if target.is_dir():
        good = _judged(target, lang, **given)
    elif given["evidence"] is not None:
        raise click.UsageError("--evidence is for a run: a file has no plan to judge")
    else:
        good = _checked(target, lang, as_json=given["as_json"]) or not given["strict"]
    if not good:
        ctx.exit(CHECK_FAILED)


def _judged(run: Path, lang: str, *, strict: bool, evidence: Path | None, as_json: bool) -> bool:
    """Print the verdicts on a run; whether all gates are kept, or, strictly, surely kept."""
    from optimizer.plan.judge import judge

    judgement = judge(run, evidence)
    broken = _broken_rows(run) if strict else None
    if as_json:
        rows = {} if broken is None else {"broken_rows": broken}
        click.echo(options.json_text({"run": str(run), **judgement.as_dict(), **rows}))
    else:
        from optimizer.cli.policy_text import print_judgement
        from optimizer.plan.store import read_summary

        print_judgement(judgement, read_summary(run), lang, broken)
    if not strict:
        return judgement.verdict not in ("cannot_determine", "fails")
    return judgement.sure and not broken


def _broken_rows(run: Path) -> list[str]:
    """Rows of the verifier that don't hold: the plan isn't what its inputs give."""
    from optimizer.plan.verify import verify

    return [row.name for row in verify(run).failed]


def _checked(file: Path, lang: str, *, as_json: bool) -> bool:
    """Print what is known of a file; whether every gate is sure and checkable."""
    from optimizer.cli.policy_text import print_check
    from optimizer.inputs.policy_check import checked

    found = checked(file)
    if as_json:
        click.echo(options.json_text(found))
    else:
        print_check(found, lang)
    return not found["unsure_gates"]


@command.command(
    "attest",
    epilog='Example:  decarb policy attest N-02 --document call.pdf --clause "annex 1" --by "A Wu"',
)
@click.argument("rule", metavar="RULE")
@click.option("--document", type=click.Path(path_type=Path), required=True, help="The text read.")
@click.option("--clause", required=True, help="Where in it the rule stands.")
@click.option("--by", required=True, help="Who compared the rule with it.")
@options.workspace
@options.lang
def attest_command(
    rule: str, document: Path, clause: str, by: str, workspace: Path, lang: str
) -> None:
    """Say that RULE (or PACK/RULE) stands so in a document: a dated file beside the packs.

    The file holds the document's SHA-256 and the rule's; the pack itself is never edited.
    """
    from datetime import date

    from optimizer.errors import InputErrors, Problem
    from optimizer.inputs.attestations import attest
    from optimizer.words import text

    root = _own_workspace(workspace)
    packs, _ = _read(root)
    pack, name = _one_rule(rule, packs)
    blank = [key for key, said in (("--clause", clause), ("--by", by)) if not said.strip()]
    if blank:
        raise InputErrors([Problem(key, 0, 0, "", "", "text that isn't empty") for key in blank])
    if not document.is_file():
        raise InputErrors([Problem("--document", 0, 0, "", str(document), "a file that is there")])
    file = attest(root, pack, name, document, clause=clause, by=by, on=date.today())
    shown = file.relative_to(root).as_posix()
    click.echo(text("cli.policy.written", lang, pack=pack.pack.id, rule=name, file=shown))


def _read(workspace: Path) -> tuple[dict[str, AnyLoaded], tuple[Attested, ...]]:
    """The packs and attestations of the workspace around a folder; InputErrors if any is wrong."""
    from optimizer.inputs import loan_files
    from optimizer.inputs.attestations import read_attestations
    from optimizer.inputs.policy_listing import read_all
    from optimizer.workspace import workspace_of

    root = workspace_of(workspace)
    packs: dict[str, AnyLoaded] = {**read_all(root), **loan_files.read_all(root)}
    return packs, read_attestations(root, packs)


def _own_workspace(folder: Path) -> Path:
    """The workspace around a folder; the program's own data are nobody's to write in."""
    from optimizer.workspace import workspace_of

    root = workspace_of(folder)
    if not folder.resolve().is_relative_to(root):
        hint = "There is no workspace here. See: decarb init, or name one with --workspace."
        raise click.BadParameter(hint, param_hint="--workspace")
    return root


def _one_rule(named: str, packs: dict[str, AnyLoaded]) -> tuple[AnyLoaded, str]:
    """The pack and id of RULE or PACK/RULE; BadParameter if there is none, or more than one."""
    pack, _, rule = named.rpartition("/")
    if pack and pack not in packs:
        raise _unknown("pack", pack, list(packs), "RULE")
    within = {pack: packs[pack]} if pack else packs
    rules = [(each, known.id) for each in within.values() for known in each.pack.rules]
    found = [(each, known) for each, known in rules if known == rule]
    if not found:
        raise _unknown("rule", rule, [known for _, known in rules], "RULE")
    if len(found) > 1:
        names = ", ".join(f"{each.pack.id}/{known}" for each, known in found)
        raise click.BadParameter(f"{rule!r} stands in several packs: {names}.", param_hint="RULE")
    return found[0]


def _unknown(kind: str, named: str, known: list[str], parameter: str) -> click.BadParameter:
    from optimizer.errors import nearest

    guess = nearest(named, known)
    hint = f"Did you mean {guess!r}?" if guess else "See: decarb policy list"
    return click.BadParameter(f"No {kind} {named!r}. {hint}", param_hint=parameter)
