"""Applying for the certificate, step by step, with nothing but a browser or paper.

``steps`` is the table of the steps, ``forms`` what each asks, ``completeness`` what must not
be missing in the end, ``drafts`` how an application begins, is sent and answered, ``robots``
who is kept out, ``views`` the pages, ``paper_forms`` the forms to print.
"""
