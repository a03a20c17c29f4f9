"""YAML documents: what is read, where it stands, what is refused, and values set from outside."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optimizer.errors import InputErrors, Problem
from optimizer.files.yaml_document import LARGEST_FILE, Document, UnknownPath, read_yaml

SCENARIO = """\
id: plant          # line 1
site:
  area: 5 m2
measures:
  - id: pv
    life: NO
    cap: 1e6
  - {id: pump, cap: 3}
budget:
  2030: 5
empty:
quoted: "012"
"""


def read(folder: Path, text: str | bytes) -> Document:
    """The document that `text` gives when it stands in a file shown as x.yaml."""
    path = folder / "x.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_yaml(path, "x.yaml")


def problems(folder: Path, text: str | bytes) -> tuple[Problem, ...]:
    """The problems for which `text` is refused."""
    with pytest.raises(InputErrors) as caught:
        read(folder, text)
    return caught.value.problems


def test_words_and_numbers_follow_yaml_1_2(tmp_path: Path) -> None:
    """Proves plain types: NO stays a word (1.1 says False), 1e6 a number (1.1 says text)."""
    data = read(tmp_path, SCENARIO).data
    assert data == {
        "id": "plant",
        "site": {"area": "5 m2"},
        "measures": [{"id": "pv", "life": "NO", "cap": 1e6}, {"id": "pump", "cap": 3}],
        "budget": {2030: 5},
        "empty": None,
        "quoted": "012",
    }
    assert type(data["measures"][1]) is dict
    assert type(data["measures"][0]["cap"]) is float
    assert type(data["measures"][1]["cap"]) is int


@pytest.mark.parametrize(
    ("loc", "place"),
    [
        (("site", "area"), (3, 9)),
        (("measures", 0, "life"), (6, 11)),
        (("measures", 1, "cap"), (8, 21)),
        (("measures", "pump", "cap"), (8, 21)),
        (("measures", 0, "converter", "life"), (6, 11)),  # a union's tag in between
        (("budget", "2030"), (10, 9)),
        (("site", "roof"), (2, 1)),  # missing: the key of what should hold it
        (("measures", 0, "kind"), (5, 5)),
        (("empty",), (11, 1)),
        ((), (1, 1)),
        (("nowhere", 7, "x"), (1, 1)),
    ],
)
def test_each_value_knows_its_line_and_column(
    tmp_path: Path, loc: tuple[str | int, ...], place: tuple[int, int]
) -> None:
    """Proves 1-based places of values; a 0-based count would give (2, 8) for the first."""
    assert read(tmp_path, SCENARIO).locate(loc) == place


def test_an_unknown_key_is_shown_at_the_key(tmp_path: Path) -> None:
    """Proves that `locate_key` points at `life` (column 5), `locate` at its value (11)."""
    document = read(tmp_path, SCENARIO)
    problem = document.problem(("measures", 0, "life"), "life", "a known key", key=True)
    assert str(problem).startswith("x.yaml:6:5  measures[0].life: ")


@pytest.mark.parametrize(
    ("text", "line", "column", "found"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, 1, "a"),
        ("a: {x: 1, x: 2}\n", 1, 11, "x"),
        ("2030: 1\n'2030': 2\n", 2, 1, "2030"),
        ("a: &x 1\n", 1, 4, "&x"),
        ("a: *x\n", 1, 4, "*x"),
        ("a: !!python/object:os.system x\n", 1, 4, "tag:yaml.org,2002:python/object:os.system"),
        ("a: !!str 3\n", 1, 4, "tag:yaml.org,2002:str"),
        ("a: 012\n", 1, 4, "012"),
        ("a: 0x1F\n", 1, 4, "0x1F"),
        ("a: 0o17\n", 1, 4, "0o17"),
        ("a: 1_000\n", 1, 4, "1_000"),
        ("a: 2028-01-01\n", 1, 4, "2028-01-01"),
        ("a: .nan\n", 1, 4, ".nan"),
        ("a: -.inf\n", 1, 4, "-.inf"),
        ("a: 1e999\n", 1, 4, "1e999"),
        ("a: " + "9" * 50 + "\n", 1, 4, "9" * 50),
        ("3: x\n", 1, 1, "3"),
        ("true: x\n", 1, 1, "true"),
        ("1.5: x\n", 1, 1, "1.5"),
        ("? [1, 2]\n: x\n", 1, 3, "a key that is no plain word"),
        ("%YAML 1.1\n---\na: NO\n", 2, 1, "a % directive"),
        ("a: 1\n---\nb: 2\n", 2, 1, "a second document"),
        ("a: b: c\n", 1, 5, "mapping values are not allowed here"),
        ("a:\n\t- 1\n", 2, 1, "found character '\\t' that cannot start any token"),
        ('a: "\\e]0;x\\a"\n', 1, 4, "U+001B"),
        ('"\\e[2J": x\n', 1, 1, "U+001B"),
        ('a: [x, "\\ud800"]\n', 1, 8, "U+D800"),
        ('a: "\\u202Egnp.exe"\n', 1, 4, "U+202E"),
        ("a: 价\u2066x\n", 1, 5, "U+2066"),
        (b"a: 1\nb: \xff\n", 2, 4, "byte 0xff"),
        (b"\xef\xbb\xbfa: \xff\n", 1, 4, "byte 0xff"),
        ("a: 1\nb: x\x07\n", 2, 5, "U+0007"),
        ("", 0, 0, "an empty file"),
        ("# nothing\n", 0, 0, "an empty file"),
    ],
)
def test_what_readers_disagree_on_is_refused_in_its_place(
    tmp_path: Path, text: str | bytes, line: int, column: int, found: str
) -> None:
    """Proves one Problem with line and column for each trap; none is read as something else."""
    (problem,) = problems(tmp_path, text)
    assert (problem.line, problem.column, problem.found) == (line, column, found)


def test_all_problems_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    """Proves that reading goes on behind a bad value: three traps, three problems."""
    assert [p.line for p in problems(tmp_path, "a: 012\nb:\n  - 1_0\na: 1\n")] == [1, 3, 4]


def test_deep_nesting_is_refused_without_recursing(tmp_path: Path) -> None:
    """Proves that 20 levels pass and 21 don't; 100,000 brackets stop at the 21st, in column 21."""
    assert read(tmp_path, "[" * 20 + "]" * 20).data
    (problem,) = problems(tmp_path, "[" * 100_000)
    assert (problem.line, problem.column) == (1, 21)


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    """Proves that size is checked before parsing: the text would not even be valid."""
    (problem,) = problems(tmp_path, b"[" * (LARGEST_FILE + 1))
    assert "5 MB" in problem.allowed


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    """Proves an input error instead of a traceback, with the name as given."""
    with pytest.raises(InputErrors, match=r"gone\.yaml: got \"No such file"):
        read_yaml(tmp_path / "gone.yaml", "gone.yaml")


def test_set_values_make_a_new_document(tmp_path: Path) -> None:
    """Proves replacement by key, year, index and id, and that the first document keeps its data."""
    before = read(tmp_path, SCENARIO)
    after = before.with_values(
        {"measures.pv.cap": "2.5 MW", "measures.1.cap": "NO", "budget.2030": 7, "site.area": "1e3"}
    )
    assert [m["cap"] for m in after.data["measures"]] == ["2.5 MW", "NO"]
    assert (after.data["budget"], after.data["site"]) == ({2030: 7}, {"area": 1000.0})
    assert before.data == read(tmp_path, SCENARIO).data


def test_a_problem_in_a_set_value_names_the_option(tmp_path: Path) -> None:
    """Proves line 0 and the option's text in place of a line of the file that is not to blame."""
    document = read(tmp_path, SCENARIO).with_values({"site.area": "-5 m2"})
    assert document.locate(("site", "area")) == (0, 0)
    problem = document.problem(("site", "area"), "-5 m2", "above 0")
    assert str(problem) == '--set site.area=-5 m2  site.area: got "-5 m2", must be above 0.'
    assert document.shown_at(("id",)) == "x.yaml"


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("measures.pmup.cap", 'Did you mean "pump"?'),
        ("sit.area", 'Did you mean "site"?'),
        ("site.area.x", "site.area is a single value."),
        ("measures.7.cap", "measures has: pv, pump."),
        ("site.", "site has: area."),
    ],
)
def test_an_unknown_set_path_says_what_is_there(tmp_path: Path, path: str, hint: str) -> None:
    """Proves a KeyError with the nearest entry; nothing is created silently."""
    with pytest.raises(UnknownPath) as caught:
        read(tmp_path, SCENARIO).with_values({path: "1"})
    assert isinstance(caught.value, KeyError)
    assert caught.value.hint == hint


def test_create_makes_missing_keys_but_no_list_items(tmp_path: Path) -> None:
    """Proves that years become int keys, and that an unknown measure is still refused."""
    document = read(tmp_path, SCENARIO)
    made = document.with_values({"policy.gross_cap.2030": "9 t"}, create=True)
    assert made.data["policy"] == {"gross_cap": {2030: "9 t"}}
    assert made.locate(("policy", "gross_cap", 2030)) == (0, 0)
    with pytest.raises(UnknownPath):
        document.with_values({"measures.wind.cap": "1"}, create=True)


@pytest.mark.parametrize("text", ["012", "[1, 2]", "a: 1", "*x", "2028-01-01", "@", ""])
def test_a_set_text_obeys_the_rules_of_the_file(tmp_path: Path, text: str) -> None:
    """Proves that --set is no way round the reader; the problem stands at line 0."""
    with pytest.raises(InputErrors) as caught:
        read(tmp_path, SCENARIO).with_values({"site.area": text})
    assert [p.line for p in caught.value.problems] == [0]


@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=60) | st.text("ab:-[]{},&*!|>'\"%@#? \n\t012._", max_size=60))
def test_no_text_does_worse_than_input_errors(tmp_path: Path, text: str) -> None:
    """Proves that any file is either read, with a place for its root, or refused with a report."""
    try:
        document = read(tmp_path, text.encode("utf-8", "replace"))
    except InputErrors as errors:
        shown = str(errors)
    else:
        shown = str(document.problem((), "x", "y"))
    assert shown.startswith("x.yaml")


def test_a_text_read_again_is_what_it_says(tmp_path: Path) -> None:
    """Proves that whoever changes what was read doesn't change what the next reader gets, and that
    a problem names the file that was read, not one read before with the same text."""
    first = read(tmp_path, SCENARIO)
    first.data["site"]["area"] = "7 m2"
    assert read(tmp_path, SCENARIO).data["site"] == {"area": "5 m2"}
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text("a: *x\n")
        with pytest.raises(InputErrors) as caught:
            read_yaml(tmp_path / name, name)
        assert [p.file for p in caught.value.problems] == [name]
