"""What you can do: one method for each verb, and the small forms behind them."""

from csplanner.ui.actions.actions import Actions

__all__ = ["Actions"]
