from .project_page import ProjectFigure, ProjectIndexPage, ProjectPage
from .snippets import FigureLabel, Pillar, Source

__all__ = ["FigureLabel", "Pillar", "ProjectFigure", "ProjectIndexPage", "ProjectPage", "Source"]
