"""What this copy of csplanner is: its version, what it is made of, and under which licences."""

import platform
from importlib.metadata import PackageNotFoundError, metadata

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from csplanner import __version__
from csplanner.language import tr
from csplanner.resources import resource
from csplanner.ui.widgets.dialogs import Dialog

_LIBRARIES = (
    "PySide6-Essentials", "shiboken6", "pyqtgraph", "numpy", "pandas", "python-pptx", "lxml",
    "openpyxl", "XlsxWriter", "python-calamine", "defusedxml", "sqlite-utils", "platformdirs",
    "icalendar", "sqlcipher3",
)  # fmt: skip


def about_dialog(parent: QWidget) -> Dialog:
    """Return the unopened dialog with versions and licences, to be read and copied."""
    dialog = Dialog(
        tr("About csplanner"),
        tr("Version {0}. One book of accounts, on this computer alone.").format(__version__),
        parent,
    )
    box = QPlainTextEdit(about_text(), dialog)
    box.setReadOnly(True)
    box.setAccessibleName(tr("Versions and licences"))
    box.setMinimumSize(520, 320)
    box.setTabChangesFocus(True)
    dialog.body.addWidget(box)
    dialog.add_verb(tr("Close"), key="close").setDefault(True)
    return dialog


def about_text() -> str:
    """Versions and licences, a line each, then the licences of the letters and icons."""
    lines = [
        f"csplanner {__version__} · MIT",
        f"Python {platform.python_version()} · PSF-2.0",
        f"Qt {qVersion()} · LGPL-3.0",
        *_libraries(),
        tr("Letters: Inter · OFL-1.1"),
        tr("Icons: Lucide · ISC"),
    ]
    for name in ("icons/LICENSE", "fonts/OFL.txt"):
        lines += ["", resource(name).read_text(encoding="utf-8").strip()]
    return "\n".join(lines)


def _libraries() -> list[str]:
    lines = []
    for name in _LIBRARIES:
        try:
            told = metadata(name)
        except PackageNotFoundError:
            continue
        lines.append(f"{name} {told['Version']} · {_licence(name)}")
    return lines


def _licence(name: str) -> str:
    """What a library says of its licence: newer ones in one field, older ones in two others."""
    told = metadata(name).json
    if written := told.get("license_expression"):
        return str(written)
    groups = [c for c in told.get("classifier", ()) if c.startswith("License")]
    names = [group.rpartition(" :: ")[2] for group in groups]
    return str(told.get("license", "")).partition("\n")[0] or ", ".join(names) or "zlib"
