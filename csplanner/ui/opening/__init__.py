"""Opening books in the window: what may take long, what is found, and what can be done about it."""
