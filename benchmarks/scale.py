"""Whole builds of 100, 1,000 and 10,000 articles: how time and memory grow with their number."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.articles import write_articles
from benchmarks.results import table

SIZES, SIZES_FULL = (25, 100), (100, 1_000, 10_000)

CHILD = """
import json, resource, sys, time
from pathlib import Path
import kg
start = time.process_time()
kg.build([sys.argv[1]], out=sys.argv[2])
seconds = time.process_time() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with kg.open(sys.argv[2]) as graph:
    statements = len(graph.store)
out = Path(sys.argv[2])
size = sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
print(json.dumps([seconds, peak // 1024, statements, size // 1_000_000]))
"""
"""Runs in a process of its own, so that its peak memory is that of one build."""


def run(*, full: bool = False) -> list[str]:
    """One build of each size, each from nothing."""
    rows = []
    for count in SIZES_FULL if full else SIZES:
        with tempfile.TemporaryDirectory() as name:
            words = write_articles(count, Path(name) / "articles.jsonl")
            done = subprocess.run(
                [sys.executable, "-c", CHILD, f"{name}/articles.jsonl", f"{name}/out"],
                check=True,
                stdout=subprocess.PIPE,
                text=True,
            )
            seconds, memory, statements, size = json.loads(done.stdout.splitlines()[-1])
        rows.append((count, words, seconds, 1000 * seconds / count, memory, statements, size))
        print(rows[-1], flush=True)
    headings = (
        "articles",
        "words",
        "processor seconds",
        "ms an article",
        "peak memory, MB",
        "RDF statements",
        "folder, MB",
    )
    return table(headings, rows)
