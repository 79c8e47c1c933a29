"""Drawing the graph: one HTML file that shows it, and every sentence behind it."""

from kg.view.page import frame, render

__all__ = ["frame", "render"]
