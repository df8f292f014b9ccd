"""The page on which books are opened, made and imported."""
