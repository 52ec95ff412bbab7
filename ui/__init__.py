"""The window: PySide6 only, no SQL, no Excel, no rules."""
