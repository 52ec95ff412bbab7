"""The command line: argv becomes a verb, or the window."""
