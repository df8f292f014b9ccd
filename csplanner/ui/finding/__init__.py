"""What the palette finds in an open book."""
