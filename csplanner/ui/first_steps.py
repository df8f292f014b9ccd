"""The ways on that pages of an empty book offer, in the same words everywhere."""

from PySide6.QtCore import QCoreApplication

from csplanner.ui.actions.actions import Actions
from csplanner.ui.widgets.empty import Way


def import_way(actions: Actions) -> Way:
    """To the import; names only what it recognises."""
    return Way(
        _tr("Import a snapshot"),
        _tr("CSV or Excel from Salesforce, Dynamics, subscription tables or your own sheet."),
        actions.import_snapshot,
        "file-input",
        "Ctrl Shift I",
    )


def add_way(actions: Actions) -> Way:
    """To the form of one account."""
    return Way(
        _tr("Add one account"),
        _tr("Type a name, say how equipped they are, and place it in the pyramid."),
        actions.add_account,
        "plus",
        "Ctrl N",
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("FirstSteps", text)
