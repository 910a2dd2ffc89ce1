"""Interviews: one list of rules for the hand that places them, for the page that shows them, for every checker."""
