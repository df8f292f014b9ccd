"""The window: everything that shows and is clicked."""
