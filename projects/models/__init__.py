from .indicator_page import (
    BaselineKind,
    Better,
    IndicatorGoal,
    IndicatorIndexPage,
    IndicatorPage,
    IndicatorProject,
    PathKind,
)
from .measurement import FormerMeasurement, Measurement
from .plan_page import PlanIndexPage, PlannedCost
from .project_page import ProjectFigure, ProjectIndexPage, ProjectPage, ProjectPlan
from .snippets import FigureLabel, Pillar, Source

__all__ = [
    "BaselineKind",
    "Better",
    "FigureLabel",
    "FormerMeasurement",
    "IndicatorGoal",
    "IndicatorIndexPage",
    "IndicatorPage",
    "IndicatorProject",
    "Measurement",
    "PathKind",
    "Pillar",
    "PlanIndexPage",
    "PlannedCost",
    "ProjectFigure",
    "ProjectIndexPage",
    "ProjectPage",
    "ProjectPlan",
    "Source",
]
