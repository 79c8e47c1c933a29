"""`python -m benchmarks`: runs the parts asked for and writes RESULTS.md."""

from __future__ import annotations

import argparse
from importlib import import_module

import benchmarks
from benchmarks.results import printed, write

PARTS = {
    "scores": "accuracy on public test sets",
    "words": "words a second of each stage, beside spaCy alone",
    "scale": "time and memory of whole builds",
    "identity": "linking people, groups and places across articles",
    "life": "building again with nothing new, and adding one article",
    "stores": "loading and asking: Oxigraph beside rdflib",
    "graph": "building, writing and asking a large made-up graph",
    "view": "time and size of graph.html",
    "serve": "a served graph under load and faults",
}

SIZES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "graph": (("--claims", "20000"), ("--claims", "100000")),
    "view": ((), ()),
    "serve": (
        ("--claims", "20000", "--seconds", "30"),
        ("--claims", "60000", "--seconds", "60"),
    ),
}
"""Arguments of the parts that print their results themselves: small, and with --full."""


def main() -> None:
    """Runs each part in turn; one that fails stops the run, those before it are written."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=benchmarks.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("part", nargs="*", choices=[*PARTS, []], help=", ".join(PARTS))
    parser.add_argument("--full", action="store_true", help="the large sizes, too")
    arguments = parser.parse_args()
    for name in arguments.part or PARTS:
        print(f"== {name}: {PARTS[name]}", flush=True)
        module = import_module(f"benchmarks.{name}")
        if hasattr(module, "run"):
            lines = module.run(full=arguments.full)
        else:
            lines = printed(f"benchmarks.{name}", *SIZES[name][arguments.full])
        write(name, PARTS[name], lines, full=arguments.full)


if __name__ == "__main__":
    main()
