"""What wagtail-localize lacks: facts that follow, lives that follow, words that are ready.

* ``sources``    which page a page was translated from
* ``facts``      facts travel when a page is published, both ways
* ``lifecycle``  unpublishing, restrictions, moves, addresses and deletion travel too
* ``words``      nothing goes live with words still in the source's language
* ``publishing`` how a translation becomes a revision, without touching the live row
* ``exchange``   translations as PO and as spreadsheets, both ways
* ``views``      wagtail-localize's own views, guarded per page
"""
