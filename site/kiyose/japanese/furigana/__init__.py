"""Furigana: how Japanese words are read, and ruby over their kanji.

`reading.read` says for any text which word is read how, and why. It asks, in this order, the
readings of one page, the city's dictionary (`lexicon`), the table of dates and counters
(`counters`), and Sudachi (`sudachi`). What none of them knows for sure is left without
furigana: no reading is better than a wrong one. `alignment` puts a reading over the kanji and
not over the okurigana, `markup` puts it into HTML.
"""
