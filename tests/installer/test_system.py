"""Packages, displays and command lines, on each system."""

import ast
import os
import subprocess
import sys
from pathlib import PurePath

import pytest

from installer import catalogues, checks, debian, prepare
from installer.display import has_display, opens_window
from installer.layout import Layout
from tests.installer.conftest import PROJECT

ROOT = PurePath("/srv/desk")


def layout(system: str) -> Layout:
    return Layout(ROOT, system)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("system", "python"),
    [
        ("linux", "/srv/desk/.venv/bin/python"),
        ("darwin", "/srv/desk/.venv/bin/python"),
        ("win32", "/srv/desk/.venv/Scripts/python.exe"),
    ],
)
def test_the_interpreter_of_each_system(system, python):
    assert layout(system).python.as_posix() == python


@pytest.mark.parametrize("kind", ["run", "test"])
def test_pip_installs_by_hash_and_builds_nothing(kind):
    command = prepare.pip_command(layout("linux"), kind)
    assert command[:4] == [str(layout("linux").python), "-m", "pip", "install"]
    assert "--require-hashes" in command
    assert command[command.index("--only-binary") + 1] == ":all:"
    assert command[-2:] == ["-r", str(layout("linux").lock(kind))]


def test_only_missing_packages_are_asked_for_and_renamed_ones_count():
    needs = ["libgl1", "libglib2.0-0|libglib2.0-0t64", "fonts-noto-cjk"]
    assert debian.missing(needs, set()) == ["libgl1", "libglib2.0-0", "fonts-noto-cjk"]
    assert debian.missing(needs, {"libglib2.0-0t64", "libgl1"}) == ["fonts-noto-cjk"]
    assert debian.missing(needs, {"libglib2.0-0", "libgl1", "fonts-noto-cjk"}) == []


def test_the_line_to_type_fits_who_types_it():
    packages = ["libgl1", "fonts-noto-cjk"]
    install = "apt-get install -y --no-install-recommends libgl1 fonts-noto-cjk"
    assert debian.line_to_type(packages, sudo=True) == f"sudo apt-get update && sudo {install}"
    assert debian.line_to_type(packages, sudo=False) == f'su - -c "apt-get update && {install}"'
    assert debian.line_to_type(packages, sudo=True, root=True) == f"apt-get update && {install}"


def test_apt_asks_nothing_and_waits_for_another_apt():
    update, install = debian.install_commands(["libgl1"], ["sudo", "-n"])
    assert update[:2] == install[:2] == ["sudo", "-n"]
    assert "DEBIAN_FRONTEND=noninteractive" in install
    assert "DPkg::Lock::Timeout=300" in install
    assert update[-1] == "update"
    assert install[-4:] == ["install", "-y", "--no-install-recommends", "libgl1"]


def test_a_dpkg_that_was_killed_is_tidied_up_first_or_apt_installs_nothing(tmp_path):
    assert not debian.was_interrupted(tmp_path / "not there")
    (tmp_path / "tmp.i").touch()
    assert not debian.was_interrupted(tmp_path)
    (tmp_path / "0003").touch()
    assert debian.was_interrupted(tmp_path)
    tidy, update, install = debian.install_commands(["libgl1"], [], interrupted=True)
    assert " ".join(tidy).endswith("dpkg --configure -a --force-confdef --force-confold")
    assert [update, install] == debian.install_commands(["libgl1"], [])
    line = debian.line_to_type(["libgl1"], sudo=True, interrupted=True)
    assert line.startswith("sudo dpkg --configure -a && sudo apt-get update && sudo apt-get install ")
    assert debian.line_to_type(["libgl1"], sudo=False, interrupted=True).startswith('su - -c "dpkg --configure -a && ')


def test_qt_the_font_and_venv_are_asked_of_debian():
    assert {"libegl1", "libxcb-cursor0", "libxkbcommon-x11-0", "fonts-noto-cjk"} <= set(debian.WINDOW)
    assert debian.venv_package() == f"python3.{sys.version_info[1]}-venv"


def test_windows_and_macos_need_no_packages():
    assert [debian.state("win32"), debian.state("darwin")] == ["win32", "darwin"]


@pytest.mark.skipif(not debian.is_debian(), reason="asks dpkg")
def test_dpkg_tells_what_is_installed():
    assert debian.installed(["dpkg", "no-such-package-at-all|libc6"]) == {"dpkg", "libc6"}


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["--shop", "sessions"], True),
        (["--shop=a.liveshop"], True),
        (["demo"], True),
        (["--shop", "a.liveshop", "demo"], True),
        (["demo", "--help"], False),
        (["sessions"], False),
        (["--shop", "a.liveshop", "export", "session", "last"], False),
        (["--help"], False),
        (["--version"], False),
    ],
)
def test_only_the_desk_itself_wants_a_window(arguments, window):
    assert opens_window(arguments) is window


@pytest.mark.parametrize(
    ("system", "environ", "display"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_where_a_window_has_somewhere_to_go(system, environ, display):
    assert has_display(system, environ) is display


def test_the_desks_own_modules_are_compiled_for_the_first_start(copy):
    copy.pretend_ready()
    for name in prepare.MODULES:
        (copy.layout.root / name).mkdir()
        (copy.layout.root / name / "part.py").write_text("x = 1\n")
    (copy.layout.root / "ui" / "broken.py").write_text("def\n")
    prepare.compile_modules(copy.layout)
    for name in prepare.MODULES:
        assert list((copy.layout.root / name / "__pycache__").glob("part.*.pyc"))


def test_the_modules_that_are_compiled_are_those_there_are():
    assert all((PROJECT / name / "__init__.py").exists() for name in prepare.MODULES)


def test_a_catalogue_is_compiled_when_its_text_is_newer(tmp_path):
    folder = tmp_path / "resources" / "i18n"
    folder.mkdir(parents=True)
    source = folder / "zh_CN.po"
    source.write_text("", "utf-8")
    here = Layout(tmp_path)
    assert catalogues.stale(here) == [source]
    source.with_suffix(".mo").write_bytes(b"")
    os.utime(source.with_suffix(".mo"), (2_000, 2_000))
    os.utime(source, (1_000, 1_000))
    assert catalogues.stale(here) == []
    os.utime(source, (3_000, 3_000))
    assert catalogues.stale(here) == [source]
    assert catalogues.compile_command(here, source)[-6:-4] == ["-l", "zh_CN"]


@pytest.mark.skipif(sys.platform == "win32", reason="apt is Debian's")
def test_a_font_for_emoji_that_cannot_be_had_stops_nobody(tmp_path, monkeypatch, capfd):
    apt = tmp_path / "apt-get"
    apt.write_text('#!/bin/sh\necho "$*" | grep -v "emoji\\|unheard-of" >&2\n', "utf-8")  # fails if asked for these
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(debian, "authority", list)
    assert prepare.install_packages(["libgl1"], debian.NICE) is None
    assert "libgl1" in capfd.readouterr().err.splitlines()[-1]
    assert prepare.install_packages([], debian.NICE) is None
    assert "unheard-of" in (prepare.install_packages(["unheard-of"], debian.NICE) or "")
    monkeypatch.setattr(debian, "authority", lambda: None)
    assert prepare.install_packages([], debian.NICE) is None
    assert "libgl1 fonts-noto-color-emoji" in (prepare.install_packages(["libgl1"], debian.NICE) or "")


def test_all_checks_run_and_one_failure_is_enough(tmp_path, capfd):
    here = Layout(tmp_path)
    here.python.parent.mkdir(parents=True)
    for tool, status in (("ruff", 0), ("basedpyright", 3), ("lint-imports", 0), ("python", 0)):
        program = here.script(tool)
        program.write_text(f'#!/bin/sh\necho "{tool} $*"\nexit {status}\n', "utf-8")
        program.chmod(0o755)
    assert checks.run_checks(here, ["-q"]) == 1
    out, err = capfd.readouterr()
    assert [line for line in out.splitlines() if not line.startswith("==")] == [
        "ruff check .",
        "ruff format --check .",
        "basedpyright ",
        "lint-imports ",
        "python -m pytest -q",
    ]
    assert "basedpyright: FAILED" in out
    assert "basedpyright" in err.splitlines()[-1]


def test_ci_installs_the_extras_and_calls_the_test_command():
    script = (PROJECT / ".ci" / "run").read_text("utf-8")
    assert all(package in script for package in debian.TEST_EXTRAS)
    assert script.splitlines()[-1] == "python3 installer/bootstrap.py test"
    if sys.platform != "win32":
        assert os.access(PROJECT / ".ci" / "run", os.X_OK)
        subprocess.run(["bash", "-n", str(PROJECT / ".ci" / "run")], check=True)


def test_set_up_needs_the_standard_library_only():
    for file in sorted((PROJECT / "installer").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                assert name.split(".")[0] in {*sys.stdlib_module_names, "installer"}, f"{file.name} imports {name}"
