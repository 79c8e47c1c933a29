"""The notebooks run from top to bottom and answer what they ask."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": NOTEBOOKS}}
    )
    client.execute()
    answers = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"][1:]
    assert all(answers), "a cell that asks something shows nothing"
    assert not any(output.output_type == "stream" and output.name == "stderr"
                   for outputs in answers for output in outputs)  # fmt: skip
