"""Numbers coming in: the feed record, recordings, the simulated audience, typing."""
