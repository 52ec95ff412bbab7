"""Qt models: they re-read when changes touch them."""
