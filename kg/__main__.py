"""The `kg` command: runs it, and turns every error into one plain sentence and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from kg.errors import KGError


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line and exits: 0 done, 1 input or graph at fault, 2 wrong usage.

    `--debug`, anywhere on the line, shows the traceback of whatever went wrong.
    """
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in arguments
    arguments = [argument for argument in arguments if argument != "--debug"]
    try:
        sys.exit(_run(arguments))
    except (KGError, click.ClickException, OSError, MemoryError) as error:
        if debug:
            raise
        message, code = _told(error)
        print(f"kg: {message}", file=sys.stderr)
        sys.exit(code)
    except (KeyboardInterrupt, click.Abort):
        if debug:
            raise
        print("kg: interrupted; run the same command again to go on.", file=sys.stderr)
        sys.exit(1)
    except Exception as error:
        if debug:
            raise
        print(
            f"kg: stopped by an error of its own ({type(error).__name__}: {error}); please report "
            "it with the output of the same command with --debug added.",
            file=sys.stderr,
        )
        sys.exit(1)


def _run(arguments: list[str]) -> int:
    from kg.cli import kg

    try:
        code = kg.main(arguments, prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output (head, less) has seen enough; that is no error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code if isinstance(code, int) else 0


def _told(error: BaseException) -> tuple[str, int]:
    """The one sentence for `error`, and the exit code."""
    if isinstance(error, KGError):
        return str(error), error.exit_code
    if isinstance(error, click.UsageError):
        command = error.ctx.command_path if error.ctx else "kg"
        return f"{error.format_message()} See: {command} --help", 2
    if isinstance(error, click.ClickException):
        return error.format_message(), 2
    if isinstance(error, MemoryError):
        return "not enough memory; build fewer articles at once.", 1
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}.", 1
    return f"{error}.", 1


if __name__ == "__main__":
    main()
