"""Qt's own texts (file windows, context menus, standard buttons) in the language of the desk."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from liveshop_desk.i18n import current_language


class QtTexts:
    """Loads Qt's catalogue for the language in use; English needs none."""

    def __init__(self) -> None:
        self._translator: QTranslator | None = None

    def follow(self) -> None:
        """Use the language in use now."""
        self.forget()
        if current_language() == "en":
            return
        translator = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(f"qtbase_{current_language()}", folder):
            QCoreApplication.installTranslator(translator)
            self._translator = translator

    def forget(self) -> None:
        """Let Qt speak English again."""
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None
