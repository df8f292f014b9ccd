"""The frame around the pages: sidebar, header, inspector slot, status bar, palette."""
