"""Set-up on a fresh machine: ``bootstrap.py`` is the door, the modules beside it are its parts.

Standard library only: nothing is installed yet when this code runs.
"""
