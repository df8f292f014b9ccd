"""The Book page: every account in one table over pages read from SQL."""
