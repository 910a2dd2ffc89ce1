"""Codes of this app to translated sentences: one place for page, command and API. One module per subject."""
