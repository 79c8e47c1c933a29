"""Drawing the graph: one HTML file that shows it, and every sentence behind it."""

from kg.view.focus import focus
from kg.view.page import frame, render
from kg.view.report import report

__all__ = ["focus", "frame", "render", "report"]
