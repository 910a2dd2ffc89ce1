"""The demo edition: the real shape of NTT 2024, built by the same services and the same Excel import that people use.

Facts are in ``fixtures/demo``; marks follow from its seed. Regions are real, people, businesses and scores invented.
"""
