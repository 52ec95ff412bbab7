"""Everything on the network, in one background thread: relays, listeners, the local endpoint, OBS."""
