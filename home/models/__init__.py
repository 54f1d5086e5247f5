from .article import ArticleIndexPage, ArticlePage
from .home_page import HomePage
from .standard_page import StandardPage

__all__ = ["ArticleIndexPage", "ArticlePage", "HomePage", "StandardPage"]
