from .article import ArticleIndexPage, ArticlePage
from .help_line import HelpLine
from .home_page import HomePage
from .standard_page import StandardPage
from .trainees_page import TraineesPage, TraineesParty

__all__ = [
    "ArticleIndexPage",
    "ArticlePage",
    "HelpLine",
    "HomePage",
    "StandardPage",
    "TraineesPage",
    "TraineesParty",
]
