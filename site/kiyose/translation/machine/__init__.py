"""Drafts by a machine: which strings it gets, which of its answers are taken.

* ``people``    what is left to people, whatever the machine could do with it
* ``answers``   whether an answer is a translation at all
* ``guarded``   wagtail-localize's translator behind a time limit and those two rules
* ``drafting``  one translation's missing strings, drafted and marked as a machine's
"""
