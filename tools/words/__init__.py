"""The words of the window: gathered from the code, kept in catalogues, looked through for gaps."""
