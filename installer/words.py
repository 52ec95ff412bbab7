"""What set-up says, in both languages: gettext is not there yet, so a table must do."""

from __future__ import annotations

import locale
import os
import sys

USAGE = (
    """\
Set up Liveshop Desk and start it.

  python3 installer/bootstrap.py run [ARGUMENTS]   set up, then main.py with ARGUMENTS (none: the desk)
  python3 installer/bootstrap.py test [ARGUMENTS]  set up, then all checks; ARGUMENTS go to pytest
  python3 installer/bootstrap.py setup             only set up
  python3 installer/bootstrap.py --help            this text

On Windows write: py installer\\bootstrap.py run""",
    """\
安装并启动直播台。

  python3 installer/bootstrap.py run [参数]    安装，然后带着参数运行 main.py（无参数：打开直播台）
  python3 installer/bootstrap.py test [参数]   安装，然后运行全部检查；参数交给 pytest
  python3 installer/bootstrap.py setup         只安装
  python3 installer/bootstrap.py --help        显示本说明

Windows 上请输入：py installer\\bootstrap.py run""",
)
PACKAGES = ("Installing system packages: {packages}", "正在安装系统软件包：{packages}")
PACKAGES_REFUSED = (
    (
        "The desk needs system packages that are not installed, and this user may not install them.\n"
        "Type this line, then start again:\n\n  {line}\n"
    ),
    "直播台需要的系统软件包尚未安装，而当前用户无权安装。\n请输入下面这一行，然后重新启动：\n\n  {line}\n",
)
PACKAGES_FAILED = (
    (
        "apt-get could not install the system packages; its own words are above. Most often the network is the\n"
        "reason. To try it by hand:\n\n  {line}\n"
    ),
    "apt-get 未能安装系统软件包，原因见上面的输出，多半是网络问题。可以手动再试：\n\n  {line}\n",
)
NO_APT = (
    (
        "This system has no apt. If the window does not open, install Qt's libraries for X11 (xcb-cursor and its\n"
        "siblings, xkbcommon, EGL, GL, fontconfig, dbus) and a Chinese font such as Noto Sans CJK."
    ),
    (
        "本系统没有 apt。如果窗口打不开，请自行安装 Qt 的 X11 运行库（xcb-cursor 等、xkbcommon、EGL、GL、\n"
        "fontconfig、dbus）和一种中文字体，例如 Noto Sans CJK。"
    ),
)
ENVIRONMENT = ("Making the environment in {folder}", "正在创建运行环境：{folder}")
ENVIRONMENT_FAILED = (
    (
        "Python could not make the environment in {folder}; its own words are above.\n"
        "Check that the folder can be written and that this Python has venv ({python})."
    ),
    (
        "Python 未能在 {folder} 创建运行环境，原因见上面的输出。\n"
        "请检查文件夹是否可写，以及这个 Python 是否带 venv（{python}）。"
    ),
)
LIBRARIES = (
    "Installing the libraries (the first time some 110 MB to download) …",
    "正在安装依赖库（首次约需下载 110 MB）…",
)
LIBRARIES_FAILED = (
    (
        "pip could not install the libraries; its own words are above.\n"
        "Most often the network is the reason, also where pip speaks of hashes (a file cut short has another one).\n"
        "Check the connection (behind a proxy set HTTPS_PROXY; for a mirror near you PIP_INDEX_URL), then start again."
    ),
    (
        "pip 未能安装依赖库，原因见上面的输出。\n"
        "多半是网络问题（提到哈希不符也多是下载中断、文件不全）：请检查网络（有代理请设 HTTPS_PROXY，\n"
        "用国内镜像请设 PIP_INDEX_URL），然后重新启动。"
    ),
)
CATALOGUE_FAILED = (
    "The translations in {file} could not be compiled: {reason}",
    "翻译文件 {file} 编译失败：{reason}",
)
WAITING = ("Another start is setting up; waiting for it …", "另一个启动正在安装，请稍候……")
NOT_SET_UP = (
    "The libraries are not installed yet ({module} is missing). Set everything up with: {line}",
    "依赖库尚未安装（缺少 {module}）。请先运行：{line}",
)
READY = ("Ready. Start with: {line}", "已就绪。启动请输入：{line}")
NO_DISPLAY = (
    (
        "There is no display here: neither DISPLAY nor WAYLAND_DISPLAY is set, so the desk cannot open its window.\n"
        "Start it from a graphical desktop. The command line works without one: … bootstrap.py run --help"
    ),
    (
        "这里没有显示器：DISPLAY 和 WAYLAND_DISPLAY 都没有设置，直播台无法打开窗口。\n"
        "请在图形桌面里启动。命令行功能不需要显示器：… bootstrap.py run --help"
    ),
)
NO_MAIN = ("{file} is not there: the copy of the project is incomplete.", "缺少 {file}：项目文件不完整。")
SYSTEM_ERROR = ("Set-up was stopped by the system: {reason}", "安装被系统中断：{reason}")
STOPPED = ("Stopped.", "已停止。")
EXTRAS = (
    "Without {packages} some tests are skipped. To have them run too:\n\n  {line}\n",
    "没有 {packages}，部分测试会跳过。要让它们也运行，请输入：\n\n  {line}\n",
)
PASSED = ("{name}: ok", "{name}：通过")
FAILED = ("{name}: FAILED", "{name}：未通过")
ALSO_FAILED = ("FAILED before the tests: {names}", "测试之前未通过：{names}")


def chinese() -> bool:
    """Say whether the system speaks Chinese."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value and value not in ("C", "POSIX", "C.UTF-8"):
            return value.startswith("zh")
    # Windows sets none of these; there the answer is "Chinese (Simplified)_China".
    return sys.platform == "win32" and (locale.getlocale()[0] or "").startswith(("zh", "Chinese"))


def text(words: tuple[str, str], **values: object) -> str:
    """Return the words in the reader's language, with the named places filled."""
    return words[1 if chinese() else 0].format(**values)


def say(words: tuple[str, str], **values: object) -> None:
    """Say something on stderr: stdout belongs to main.py, whose --json must stay clean."""
    print(text(words, **values), file=sys.stderr, flush=True)


def say_in_both(words: tuple[str, str]) -> None:
    """Say something on stderr in both languages, for what nobody must misunderstand."""
    print("\n".join(words), file=sys.stderr, flush=True)
