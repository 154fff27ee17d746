"""The command: one file per verb; errors become one sentence and an exit code here, and only here.

Exit codes: 0 done; 1 the article or its translation; 2 usage; 3 a voice or the network; 4 the output;
5 a fault of ours; 130 and 143 interrupted. Nothing heavy is imported before a verb needs it.
"""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    import click

    from reader.errors import ReaderError

INTERRUPTED = 130
TERMINATED = 143

_NEW_OBJECTS = 400_000
"""After so many new objects Python looks for circles of them that nobody needs. We make hardly any, and its
own 700 take a tenth of the time in which an article becomes a script."""


class _Stopped(BaseException):
    """Ctrl-C or SIGTERM came. Not an `Exception`, so that nothing swallows it."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def main() -> NoReturn:
    """Run the command line and exit."""
    # First of all, so that a signal at any moment ends us cleanly.
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:  # a shell starts `reader ... &` so
            signal.signal(number, _stop)
    gc.set_threshold(_NEW_OBJECTS)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in workers (`reader.studio.pool.ENVIRONMENT`)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A title in letters that the terminal lacks must not end the run.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        code = _run(sys.argv[1:])
        _ignore_signals()  # all is done: a signal that comes now is too late
    except _Stopped as stopped:
        _ignore_signals()
        code = stopped.code
        _say_stopped()
    _leave(code)


def _run(arguments: list[str]) -> int:
    import click

    from reader.errors import ReaderError

    debug = "--debug" in arguments
    try:
        result = _commands().main(arguments, prog_name="reader", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Abort:
        raise _Stopped(INTERRUPTED) from None
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except ReaderError as error:
        if debug:
            raise
        _say_error(error)
        return error.exit_code
    except SystemExit:
        # Click's answer when whoever read our results has gone (`reader script ... | head`): no fault.
        return 0
    except OSError as error:
        if debug:
            raise
        from reader.errors import OutputError

        _say_error(OutputError(error.strerror or str(error), where=str(error.filename or "")))
        return OutputError.exit_code
    except Exception as error:
        if debug:
            raise
        _say_error(_fault(error))
        return ReaderError.exit_code


def _commands() -> click.Group:
    from reader.cli.commands import reader

    return reader


def _say_error(error: ReaderError) -> None:
    from reader.cli.terminal import say_error

    say_error(error)


def _fault(error: Exception) -> ReaderError:
    from reader.errors import ReaderError
    from reader.messages import _

    return ReaderError(
        _("something went wrong in reader itself: {error}.").format(error=f"{type(error).__name__}: {error}"),
        advice=_("Please report it, with what --debug prints."),
    )


def _stop(number: int, _frame: Any) -> None:
    # A second signal while the first one is being answered must not tear the cleaning up.
    answered = sys.exception()
    while answered is not None:
        if isinstance(answered, _Stopped):
            return
        answered = answered.__context__
    raise _Stopped(INTERRUPTED if number == signal.SIGINT else TERMINATED)


def _ignore_signals() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _say_stopped() -> None:
    import click

    from reader.messages import _

    with suppress(OSError):  # perhaps nobody is there to read it
        click.echo(_("Stopped. What was spoken is kept: the same command goes on from here."), err=True)


def _leave(code: int) -> NoReturn:
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:  # closed by who called us (`>&-`)
                stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    gc.freeze()  # else Python looks through all that is left for circles before it ends: 0.06 s after a book
    sys.exit(code)
