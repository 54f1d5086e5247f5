"""The glossary: how the city's terms are said in each language, and where they are not.

``models.glossary`` holds the terms; here they are found in texts (``matching``), offered beside
the translation editor (``offered``), missed in translations (``ignored``), listed in a report,
told at publication, and brought as a table.
"""

from .matching import Found, Glossary, terms_in

__all__ = ["Found", "Glossary", "terms_in"]
