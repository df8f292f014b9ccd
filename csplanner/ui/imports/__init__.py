"""Bringing a CRM snapshot in: file, columns, review, apply."""
