"""RESULTS.md: one section for each part, with the machine it ran on."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")
HEAD = """# Speed

Written by `python -m benchmarks` (`make bench`). Times are of one run each, in processor seconds
where a table says so, on the machine named in the section; compare numbers within a section, not
across machines.
"""
PACKAGES = ("newsgraph", "spacy", "pyoxigraph", "rdflib", "networkx")


def write(part: str, title: str, lines: Iterable[str], *, full: bool) -> None:
    """Put the lines of a part into RESULTS.md, in place of what the part had there."""
    command = f"python -m benchmarks {'--full ' if full else ''}{part}"
    head = [f"## {part}: {title}", "", f"`{command}`, {conditions()}", ""]
    section = "\n".join([*head, *lines]).rstrip() + "\n"
    sections = _sections()
    sections[part] = section
    RESULTS.write_text("\n".join([HEAD, *sections.values()]), encoding="utf-8")
    print(section, flush=True)


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A Markdown table; floats get three significant digits."""
    lines = [
        headings,
        ["---"] + ["---:"] * (len(headings) - 1),
        *([_shown(c) for c in r] for r in rows),
    ]
    return ["| " + " | ".join(line) + " |" for line in lines]


def printed(module: str, *arguments: str) -> list[str]:
    """What `python -m module` prints, as a block of text."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return ["```", *done.stdout.rstrip().splitlines(), "```"]


def conditions() -> str:
    """Date, machine, versions, and how busy the machine was."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {_processor()}, {os.cpu_count()} cores, "
        f"{_memory_gb():.0f} GB, load {os.getloadavg()[0]:.1f}, "
        f"{platform.system()}, Python {platform.python_version()}, {versions}"
    )


def _sections() -> dict[str, str]:
    if not RESULTS.exists():
        return {}
    text = RESULTS.read_text(encoding="utf-8")
    found = re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]
    return {re.match(r"## (\w+)", part)[1]: part.rstrip("\n") + "\n" for part in found}  # type: ignore[index]


def _shown(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:,.0f}" if cell >= 100 else f"{cell:.3g}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    found = re.search(r"model name\s*: (.+)", text)
    return found[1] if found else platform.machine()


def _memory_gb() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
