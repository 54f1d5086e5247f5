"""Easy Japanese while it is written: the checks of ``kiyose.japanese.easy`` beside the text.

* ``strings``  the words of a page, each with what was found in it
* ``views``    the page of checks (works without a script), and the answer for a text being typed
* ``hooks``    puts both into the admin

Both editors (wagtail-localize's, and the page editor for words written by hand) have the panel
of checks; it is told about each sentence as it is typed.
"""
