"""A compiled catalogue that is not whole: the desk starts all the same, in the language chosen."""

import pytest

from liveshop_desk import i18n

PO = """msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Queue"
msgstr "流程单"
"""


@pytest.mark.parametrize("left", [0, 3, 20, 40, -4])
def test_a_catalogue_cut_short_is_compiled_anew(tmp_path, monkeypatch, left):
    (tmp_path / "zh_CN.po").write_text(PO, "utf-8")
    monkeypatch.setattr(i18n, "resource", lambda *parts: tmp_path / parts[-1])
    i18n.set_language("zh_CN")
    compiled = tmp_path / "zh_CN.mo"
    whole = compiled.read_bytes()
    compiled.write_bytes(whole[:left])
    i18n.set_language("zh_CN")
    assert i18n._("Queue") == "流程单"
    assert compiled.read_bytes() == whole
    assert sorted(path.name for path in tmp_path.iterdir()) == ["zh_CN.mo", "zh_CN.po"]
