"""The prompter on the screen: surface and windows."""
