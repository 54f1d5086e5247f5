from .artwork import OfficialArtwork
from .goal_page import GoalIndexPage
from .mark import Mark, MarkLabel
from .marked_page import MarkedPage, PageMark
from .plan import Measure, Plan
from .programme import Programme, ProgrammePage

__all__ = [
    "GoalIndexPage",
    "Mark",
    "MarkLabel",
    "MarkedPage",
    "Measure",
    "OfficialArtwork",
    "PageMark",
    "Plan",
    "Programme",
    "ProgrammePage",
]
