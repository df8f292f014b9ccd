"""The History page: every change, what it did to each field, and taking it back."""
