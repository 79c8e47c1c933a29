"""Everything that can go wrong in a way a user can mend.

A message says what happened, where, and what to do. The command line prints it as one sentence
and exits with the error's code; nothing else in the package catches these.
"""

from __future__ import annotations


class KGError(Exception):
    """Base of all errors a user can act on.

    `exit_code` is what the command line returns: 1 the input or the graph is at fault,
    2 the command was used wrongly.
    """

    exit_code = 1


class UsageError(KGError):
    """The command or the call was used wrongly (unknown name, contradicting options)."""

    exit_code = 2


class InputError(KGError):
    """An article, a file or a folder cannot be read."""


class ExtractorError(KGError):
    """An extractor is unknown, or its model is missing or broken."""


class GraphError(KGError):
    """A graph folder is missing, broken, locked, or of another version."""


class QueryError(KGError):
    """A query is malformed, forbidden, or lacks a parameter."""


class UnknownNameError(QueryError):
    """Nothing in the graph is called so."""
