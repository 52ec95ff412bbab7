"""Click's own words in the language in use: its texts go through gettext's global domain, ours do not.

The list is there so that the words land in our catalogues; a word that is missing stays English.
"""

from __future__ import annotations

from click import core, decorators, exceptions, formatting, parser, types

from liveshop_desk.i18n import _, mark, ngettext

WORDS = (
    mark("Usage:"),
    mark("Options"),
    mark("Commands"),
    mark("Show this message and exit."),
    mark("Show the version and exit."),
    mark("Error: {message}"),
    mark("Try '{command} {option}' for help."),
    mark("No such command {name!r}."),
    mark("No such option {name!r}."),
    mark("Invalid value: {message}"),
    mark("Invalid value for {param_hint}: {message}"),
    mark("Missing argument"),
    mark("Missing option"),
    mark("Missing command."),
    mark("Option {name!r} does not take a value."),
    mark("{value!r} is not a valid {number_type}."),
    mark("{value} is not in the range {range}."),
    mark("default: {default}"),
    mark("required"),
)


def counted(n: int) -> tuple[str, ...]:
    """Return the words that depend on a count; here for the catalogues, click asks for them one by one."""
    return (
        ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", n),
        ngettext("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", n),
        ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", n),
        ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", n),
    )


def adopt() -> None:
    """Let click speak through our catalogue, whatever language the environment names."""
    for module in (core, decorators, exceptions, formatting, parser, types):
        vars(module).update(_=_, ngettext=ngettext)
