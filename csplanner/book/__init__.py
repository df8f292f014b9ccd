"""The book: one SQLite file. The only place with SQL."""
