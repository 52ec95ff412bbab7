"""Where the settings lie."""

import sys
from pathlib import Path

import platformdirs
import pytest

from liveshop_desk.paths import APP, config_file


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs itself is asked")
@pytest.mark.parametrize("chosen", ["", "/somewhere/else"])
def test_the_settings_lie_where_platformdirs_says(monkeypatch, chosen):
    monkeypatch.delenv("LIVESHOP_HOME")
    monkeypatch.setenv("XDG_CONFIG_HOME", chosen)
    assert config_file() == Path(platformdirs.user_config_dir(APP, appauthor=False)) / "settings.json"
