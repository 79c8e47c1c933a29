"""The command that puts a graph on the web: serve."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.option import directory


@click.command()
@directory
@click.option("--host", default="127.0.0.1", show_default=True, metavar="HOST",
              help="Address to listen on; beyond loopback, also give a token.")  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True,
              metavar="PORT", help="Port to listen on; 0 takes a free one.")  # fmt: skip
@click.option("--timeout", type=click.FloatRange(min=0.1), default=20.0, show_default=True,
              metavar="SECONDS", help="Time after which a query is stopped.")  # fmt: skip
@click.option("--auth-token", envvar="KG_AUTH_TOKEN", default="", metavar="TOKEN",
              help="Ask everyone for this token; also read from KG_AUTH_TOKEN.")  # fmt: skip
@click.option("--cors", default="", metavar="ORIGIN",
              help="Let web pages of this origin (or *) ask too. [default: none]")  # fmt: skip
@click.option("--jobs", type=click.IntRange(min=1), default=None, metavar="N",
              help="Processes that answer. [default: one a core, two at least]")  # fmt: skip
def serve(
    directory: Path,
    host: str,
    port: int,
    timeout: float,
    auth_token: str,
    cors: str,
    jobs: int | None,
) -> None:
    """Serve the graph in DIR: explorer, SPARQL endpoint, JSON API, linked data.

    /  the explorer    /sparql  SPARQL 1.1 queries    /api/v1  JSON, documented    /id/...  things

    Queries only read; the folder may be built again meanwhile, the new graph is then served.
    Stop with Ctrl-C.
    """
    from kg.server.listening import run
    from kg.server.options import Options, default_jobs

    run(
        directory,
        Options(
            host=host,
            port=port,
            timeout=timeout,
            auth_token=auth_token,
            cors=cors,
            jobs=jobs or default_jobs(),
        ),
    )
