"""What wagtail-localize lacks: translations that follow, that one can trust, and their desk.

* ``sources``     which page a page was translated from
* ``facts``       facts travel when a page is published, both ways
* ``lifecycle``   unpublishing, restrictions, moves, addresses and deletion travel too
* ``words``       nothing goes live with words still in the source's language
* ``publishing``  how a translation becomes a revision, without touching the live row
* ``currency``    whether the public words are those of today's source, and which differ
* ``state``       where a translation stands, from missing to up to date
* ``reviews``     ready for review, and reviewed: by whom, when, and of which words
* ``permissions`` who may translate, and who may publish a translation
* ``notices``     what a reader is told about all this
* ``desk``        the translators' desk in the admin, and what changed, side by side
* ``exchange``    translations as PO and as spreadsheets, both ways
* ``jobs``        many pages at once, as a task with progress
* ``machine``     drafts by a machine, off by default, marked until a person confirms
* ``glossary``    one translation for each term, offered and checked
* ``easy``        the checks of easy Japanese, beside its text
* ``views``       wagtail-localize's own views, guarded per page
"""
