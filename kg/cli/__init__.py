"""The commands. Each checks its options, calls one function of the package, and prints."""

from __future__ import annotations

import click

from kg.cli import asking, building, checking, correcting, drawing, explaining, serving


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="newsgraph", prog_name="kg")
def kg() -> None:
    """Reads news articles into a knowledge graph in which every statement leads to its sentence.

    Start with:  kg build ARTICLES --out out
    """


for _command in (
    building.build,
    building.remove,
    building.load,
    correcting.correct,
    asking.documents,
    asking.info,
    asking.diff,
    asking.query,
    asking.queries,
    asking.show,
    explaining.why,
    asking.timeline,
    drawing.view,
    drawing.report,
    drawing.export,
    checking.extract,
    checking.validate,
    checking.evaluate,
    serving.serve,
):
    kg.add_command(_command)
