"""Paths that stay inside, folders that are whole or absent, and fingerprints of files."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from optimizer.files.atomic import whole_folder
from optimizer.files.hashes import sha256_of
from optimizer.files.paths import resolve_inside


def test_a_name_inside_is_resolved(tmp_path: Path) -> None:
    """Proves plain names, also of files that aren't there yet, and links that stay inside."""
    (tmp_path / "real.csv").write_text("x")
    (tmp_path / "link.csv").symlink_to("real.csv")
    home = tmp_path.resolve()
    assert resolve_inside(tmp_path, "profiles/new.csv") == home / "profiles" / "new.csv"
    assert resolve_inside(tmp_path, "link.csv") == home / "real.csv"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a/../x",
        "C:\\x",
        "C:x",
        "\\x",
        "a\\b",
        "x\0y",
        "x\n",
    ],
)
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    """Proves that both systems' absolute forms and every ".." are refused before any access."""
    with pytest.raises(ValueError, match=r"file|absolute|backslash|upwards"):
        resolve_inside(tmp_path, name)


def test_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    """Proves that the target of a link counts, also of a linked folder on the way; no loops."""
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "secret.csv").write_text("x")
    (root / "link.csv").symlink_to(tmp_path / "secret.csv")
    (root / "out").symlink_to(tmp_path)
    (root / "loop").symlink_to("loop")
    for name in ("link.csv", "out/secret.csv", "loop"):
        with pytest.raises(ValueError, match="link"):
            resolve_inside(root, name)


def names_in(folder: Path) -> list[str]:
    """All that stands in `folder`, hidden or not."""
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_appears_only_when_whole(tmp_path: Path) -> None:
    """Proves that the target isn't there while it is written, and that nothing else remains."""
    target = tmp_path / "results" / "run"
    with whole_folder(target, False) as fresh:
        (fresh / "plan.nc").write_text("new")
        assert not target.exists()
        assert fresh.parent == target.parent
    assert (target / "plan.nc").read_text() == "new"
    assert names_in(target.parent) == ["run"]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_failed_write_leaves_the_old_folder(tmp_path: Path, error: type[BaseException]) -> None:
    """Proves that a crash or Ctrl-C half-way costs neither the old run nor a stray folder."""
    target = tmp_path / "run"
    target.mkdir()
    (target / "plan.nc").write_text("old")

    def write_half() -> None:
        with whole_folder(target, True) as fresh:
            (fresh / "plan.nc").write_text("new")
            raise error

    with pytest.raises(error):
        write_half()
    assert (target / "plan.nc").read_text() == "old"
    assert names_in(tmp_path) == ["run"]


def test_force_replaces_the_whole_folder(tmp_path: Path) -> None:
    """Proves that no file of the old run survives in the new one."""
    target = tmp_path / "run"
    target.mkdir()
    (target / "stale.csv").write_text("old")
    with whole_folder(target, True) as fresh:
        (fresh / "plan.nc").write_text("new")
    assert names_in(target) == ["plan.nc"]
    assert names_in(tmp_path) == ["run"]


def test_an_existing_target_is_kept_without_force(tmp_path: Path) -> None:
    """Proves refusal at the start, and at the end if another run took the name meanwhile."""
    target = tmp_path / "run"
    with pytest.raises(FileExistsError, match="unless forced"), whole_folder(target, False):
        target.mkdir()
    with pytest.raises(FileExistsError, match="unless forced"), whole_folder(target, False):
        pytest.fail("the block must not run")
    assert names_in(tmp_path) == ["run"]


def test_a_file_or_link_is_never_replaced(tmp_path: Path) -> None:
    """Proves that force is about folders: a file or a link under that name stays."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link"):
        with (
            pytest.raises(FileExistsError, match="not a folder"),
            whole_folder(tmp_path / name, True),
        ):
            pytest.fail("the block must not run")


def test_the_old_folder_comes_back_if_the_rename_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves the last step: the second of two renames fails, and the old run stands again."""
    target = tmp_path / "run"
    target.mkdir()
    (target / "plan.nc").write_text("old")
    rename = Path.rename

    def failing(self: Path, goal: Path) -> Path:
        if self.name.endswith(".part"):
            raise OSError("disk gone")
        return rename(self, goal)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="disk gone"), whole_folder(target, True):
        pass
    assert (target / "plan.nc").read_text() == "old"
    assert names_in(tmp_path) == ["run"]


def test_sha256_is_of_the_bytes(tmp_path: Path) -> None:
    """Proves the published value for "abc" (FIPS 180-4 examples) and independence of line ends."""
    path = tmp_path / "x"
    path.write_bytes(b"abc")
    assert sha256_of(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    path.write_bytes(b"a\r\n")
    assert sha256_of(path) == hashlib.sha256(b"a\r\n").hexdigest()
