"""The page of settings, backups and the check of the book."""
