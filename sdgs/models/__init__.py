from .artwork import OfficialArtwork
from .goal_page import GoalIndexPage
from .mark import Mark, MarkLabel
from .marked_page import MarkedPage, PageMark

__all__ = ["GoalIndexPage", "Mark", "MarkLabel", "MarkedPage", "OfficialArtwork", "PageMark"]
