"""Translating many pages, page by page, behind the pages of the admin.

* ``queue``     a job is made, stopped, taken up again; no two into one language at one page
* ``working``   the work: page after page, each in its own transaction
* ``pages``     what is done with one page
* ``problems``  what could not be done, in words
* ``views``     the list of jobs, one job with its progress, the form for machine drafts
"""
