"""The shop's nouns and rules: frozen dataclasses and pure functions, standard library only."""
