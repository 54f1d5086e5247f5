"""Japanese as it is written: dates, eras, fiscal years, scripts.

* ``script``      which script a text is written in
* ``names``       names of people and organisations, kept whole and found again
* ``contacts``    telephone numbers, postal codes and mail addresses
* ``numbers``     ７５％, 1,000, ▲28.6
* ``dates``       days and fiscal years as they are shown
* ``times``       times of day
* ``periods``     a fiscal year, a year, a month or a day, as typed and as kept
* ``fuzzy_dates`` 2022年3月中旬から下旬
* ``phrases``     where a heading may break
* ``sudachi``     the analyser of Japanese that furigana and easy Japanese share
* ``furigana``    how words are read, and ruby over their kanji
* ``easy``        the rules of easy Japanese
* ``models``, ``viewsets``  the city's dictionary of readings, and its pages in the admin
"""
