"""What each paper is given: the frozen data of ``judging.documents``, read from what the plenary decided.

Papers are Indonesian whatever language a page is shown in, so their words stand here as they are printed.
"""
