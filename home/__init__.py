"""The front page, articles and standing pages. The only room that may know all the others."""
