"""A client of Lacewing and of BugSpark-compatible servers. It imports nothing else of ours."""
