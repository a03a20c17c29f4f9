"""Names beside marks: no name covers another, a mark, or runs out of the picture."""

from __future__ import annotations

from optimizer.reports.beside_marks import sides

FAR = {"corner": (100.0, 10.0), "origin": (0.0, 0.0)}


def test_a_name_stands_above_and_right_if_nothing_is_there() -> None:
    """Proves the first choice, and that a mark at the right end has its name on the left: 760 px
    is the end, and "corner" takes 34."""
    assert sides(FAR, {"origin": "origin", "corner": "corner"}) == {
        "origin": "top right",
        "corner": "top left",
    }


def test_neighbours_take_turns_and_the_last_goes_without() -> None:
    """Proves that of five marks 8 px apart on one height the first is named above, the next below,
    two to the left, and one that has no side left is named by hover and table alone: its name would
    lie over others."""
    marks = {f"m{at}": (40.0 + at, 5.0) for at in range(5)} | FAR
    found = sides(marks, {id: "a name of its own" for id in marks if id.startswith("m")})
    chosen = [found[f"m{at}"] for at in range(5)]
    assert chosen[:2] == ["top right", "bottom right"]
    assert None in chosen
    named = [side for side in chosen if side is not None]
    assert len(named) == len(set(named))


def test_a_name_avoids_a_mark() -> None:
    """Proves that a mark 38 px to the right and 20 px higher keeps a name from standing above."""
    marks = {"a": (45.0, 5.0), "b": (50.0, 5.5)} | FAR
    assert sides(marks, {"a": "a longer name"})["a"] == "bottom right"


def test_chinese_letters_are_twice_as_wide() -> None:
    """Proves that ten Chinese letters, 112 px, don't fit right of a mark 100 px from the end, where
    ten Latin ones, 56 px, do."""
    marks = {"a": (100.0 * 660 / 760, 5.0)} | FAR
    assert sides(marks, {"a": "ten letter"})["a"] == "top right"
    assert sides(marks, {"a": "余热热泵余热热泵余热"})["a"] == "top left"


def test_without_marks_there_is_nothing_to_name() -> None:
    """Proves that a study without a measure alone has no picture to break."""
    assert sides({}, {}) == {}
