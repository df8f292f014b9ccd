"""Filters and views of the Book: sentences such as `tier is not digital`, sorts, groups."""

from csplanner.domain.filters_condition import Condition, Sort, View
from csplanner.domain.filters_text import filter_text, parse_condition, parse_filter

__all__ = ["Condition", "Sort", "View", "filter_text", "parse_condition", "parse_filter"]
