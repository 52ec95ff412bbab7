"""The panels of the rooms; they do not know each other."""
