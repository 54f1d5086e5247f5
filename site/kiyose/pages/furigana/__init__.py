"""Furigana on the public pages: the reader's choice, the pages with ruby, and what keeps them."""
