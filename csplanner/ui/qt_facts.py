"""What this installation's Qt can do, for the self-test."""

import os

from PySide6.QtCore import qVersion
from PySide6.QtGui import QImageReader
from PySide6.QtWidgets import QApplication, QLabel

from csplanner.paint.fonts import load_fonts


def qt_facts() -> str:
    """Qt's version, platform, fonts and picture formats; RuntimeError when something is missing."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication(["csplanner"])
    if not isinstance(app, QApplication):
        raise RuntimeError("Qt was started without widgets")
    formats = {bytes(f.data()).decode() for f in QImageReader.supportedImageFormats()}
    missing = {"png", "svg"} - formats
    if missing:
        raise RuntimeError(f"Qt cannot read {', '.join(sorted(missing))}")
    if "Inter" not in load_fonts():
        raise RuntimeError("the font Inter could not be loaded")
    if QLabel("Tidewater").grab().isNull():
        raise RuntimeError("a widget could not be drawn")
    return f"Qt {qVersion()} on {app.platformName()}, fonts and pictures found"
