"""The relationship map of an account: the canvas, the panel beside it, and its forms."""
