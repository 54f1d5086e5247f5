"""The translator's desk in the admin: what is to do, the changed sentences, and what people
say about them.

* ``scope``        for whom there is a desk, and of which languages and kinds of things
* ``rows``         what is listed: source pages or snippets, each with its translation's state
* ``progress``     how far a language is
* ``listing``      the desk itself
* ``differences``  what was taken out of a sentence, and what was put in
* ``changed``      the changed sentences of one translation, and the form for them
* ``views``        the page of the changes; ready for review; review
* ``mail``         a mail to those who review
* ``actions``      the links beside a translation, to which other modules add theirs
* ``guards``       what wagtail-localize's editor sends is looked at first
* ``panels``       on the admin's home page
"""
