"""Japanese as it is written: dates, eras and fiscal years (search, furigana and line breaks join here)."""
