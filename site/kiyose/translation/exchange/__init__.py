"""Translations that leave the site as a file and come back: PO for those who know it, a
spreadsheet of two columns for everybody else.

* ``sentences``  the strings of translations and what they say today, read in bulk
* ``markup``     what a string may be made of, and what its translation must keep
* ``marks``      markup that volunteers can keep: ``[1]…[/1]``
* ``limits``     what the field that a string goes into takes
* ``checks``     what is wrong with a translation, in sentences
* ``keys``       which sentence a row of a spreadsheet is
* ``workbooks``  the spreadsheet that goes out
* ``rows``       the spreadsheet that comes back: what it would do, and then does
* ``po``         PO files, both ways
* ``saving``     words that are accepted, written all or not at all
* ``batches``    which translations go into one file
* ``views``, ``hooks``  where all this is in the admin

Whoever may edit the translated page may do this; the file itself is never believed about it.
Nothing here publishes anything.
"""
