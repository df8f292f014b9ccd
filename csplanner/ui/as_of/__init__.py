"""Looking at a past date: the form that asks which, and the window that shows the book of it."""
