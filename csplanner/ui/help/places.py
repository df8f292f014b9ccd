"""Which page of the handbook, and which part of it, is about the place the keyboard is in."""

from PySide6.QtWidgets import QWidget

from csplanner.ui.help.handbook import FIRST, key_for
from csplanner.ui.main_window import MainWindow

_HERE = "csplanner.ui."
_BACK = "snapshots#Taking it back"
_CARE = "account#Who looks after what"
_FILTERS = "book#Filters are sentences"
_JUDGE = "relationship-map#Judging"
_MAP = "relationship-map"
_READ = "matching#How it is read"
_STEP_1 = "snapshots#Step 1: the file"
_OF_MODULE = {
    "account": "account",
    "account.again_form": "account#Would they choose you again?",
    "account.care": _CARE,
    "account.figure_form": "account#Objectives",
    "account.promise": "account#Promises",
    "account.rating_form": "account#The journey",
    "account.timeline": "account#The timeline",
    "account.map_part": _MAP,
    "actions.account_form": "account",
    "actions.answers_form": "pyramid",
    "actions.archived": "book#Archived accounts",
    "actions.deleting": "your-file#Undo",
    "actions.doubles": "who-is-who#Doubled names",
    "actions.erase_dialogs": "a-person",
    "actions.objective_form": "account#Objectives",
    "actions.parting": "who-is-who",
    "actions.person_data": "a-person",
    "actions.person_form": "account#People",
    "actions.pulse_form": "account#Say how you feel first",
    "actions.renewal_form": "account#Objectives",
    "actions.seat_form": _CARE,
    "actions.step_form": "tasks#The next step",
    "actions.tier_form": "pyramid",
    "actions.touch": "touches",
    "as_of": "past",
    "book": "book",
    "book.bulk": "book#Several at once",
    "book.cell": "book#Choosing and typing",
    "book.change_form": "book#Fill, clear, copy, paste",
    "book.column_chooser": "book#Columns",
    "book.filter": _FILTERS,
    "book.offer_list": _FILTERS,
    "book.planned_touches": "touches#Planning",
    "book.view": "book#Views",
    "fault_dialog": "trouble",
    "history": "history",
    "imports": "snapshots",
    "imports.answers": "who-is-who",
    "imports.column_panel": _READ,
    "imports.drop_area": _STEP_1,
    "imports.file_bar": "matching",
    "imports.file_step": _STEP_1,
    "imports.files_panel": _STEP_1,
    "imports.found_files": _STEP_1,
    "imports.history": _BACK,
    "imports.mapping": "matching",
    "imports.matching": "who-is-who",
    "imports.preview": "matching",
    "imports.problems": "reviewing#Problems",
    "imports.question_panel": _READ,
    "imports.remember": "matching#Remembered",
    "imports.review": "reviewing",
    "imports.set_aside": "reviewing#Problems",
    "imports.snapshot_fields": _STEP_1,
    "imports.undoing": _BACK,
    "imports.word_panel": "matching#Words of a list",
    "map": _MAP,
    "map.export_form": "relationship-map#Exporting",
    "map.guide_box": _JUDGE,
    "map.judge_form": _JUDGE,
    "map.merge_form": "relationship-map#Divisions",
    "map.name_form": "relationship-map#Divisions",
    "map.parking": "relationship-map#People",
    "map.paste_form": "relationship-map#Beginning",
    "map.proposals_bar": "relationship-map#Proposals",
    "map.side": "relationship-map#Panel",
    "map.tie_form": "relationship-map#Lines",
    "map.time_row": "relationship-map#Time",
    "news": "what-changed",
    "notes": "notes",
    "opening": "trouble",
    "opening.passphrase": "encrypted",
    "pyramid": "pyramid",
    "qbr": "reviews",
    "settings": "settings",
    "settings.appearance": "accessibility",
    "settings.backups": "your-file#Backups",
    "settings.checking": "your-file#Check",
    "settings.currencies": "settings#Currencies",
    "settings.passphrase": "encrypted",
    "settings.rate_rows": "settings#Currencies",
    "settings.remembered": "matching#Remembered",
    "settings.restoring": "your-file#Backups",
    "settings.shortcuts": "keyboard#Changing them",
    "shell.finder": "finding#In the screen shown",
    "shell.messages": "accessibility#What the window said",
    "shell.palette": "finding",
    "shell.shortcut_sheet": "keyboard",
    "start": "first-hour",
    "start.backups": "your-file#Backups",
    "today": "today",
    "todo": "tasks",
    "todo.calendar": "tasks#Meetings of a calendar",
    "widgets.chart_menu": "accessibility#Charts",
}
"""By the beginning of the name of the module a part of the window is made in; the longest counts.
What stands after `#` is the heading the page opens at."""


def page_of(widget: QWidget | None) -> str:
    """The key of the page about a part of the window, `book#Columns`; of the contents for none.

    What a part is made of is asked first, then what it stands in, at last the page shown.
    """
    while widget is not None:
        if isinstance(widget, MainWindow):
            page = widget.current_page()
            return key_for(page.key if page is not None else "start")
        found = _of_class(type(widget))
        if found:
            return found
        widget = widget.parentWidget()
    return FIRST


def _of_class(kind: type) -> str:
    """The page about the module of a class or of one it is made from; empty for none."""
    for each in kind.__mro__:
        name = each.__module__
        if not name.startswith(_HERE):
            continue
        name = name.removeprefix(_HERE)
        fits = [start for start in _OF_MODULE if name == start or _begins(name, start)]
        if fits:
            return _OF_MODULE[max(fits, key=len)]
    return ""


def _begins(name: str, start: str) -> bool:
    """Whether a module's name begins so, at the end of a word: `book.bulk_forms`, `book.bulk`."""
    return name.startswith((f"{start}.", f"{start}_"))


def pages_named() -> frozenset[str]:
    """Every page, with its heading where one is named, that some part of the window opens."""
    return frozenset(_OF_MODULE.values())
