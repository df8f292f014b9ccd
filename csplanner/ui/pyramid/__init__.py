"""The touch pyramid: who gets how much touch, and whether the hours allow it."""
