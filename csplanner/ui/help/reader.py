"""Shows pages of the handbook: Markdown without HTML, and nothing from anywhere but csplanner."""

import re

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from csplanner.paint.fonts import SEMIBOLD, font
from csplanner.resources import resource
from csplanner.ui.help.handbook import HelpPage
from csplanner.ui.look import colour_of

_SIZES = {1: 20, 2: 15, 3: 13}
_LINE = 140.0
_SIDE = 32
_ABOVE = 12
_PICTURE = re.compile(r"\.\./pictures/([a-z]{1,20})\.png")
_PICTURE_WIDTH = 600


class Reader(QTextBrowser):
    """A page to read; `asked` names the page a link leads to."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Page of the handbook"))
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.anchorClicked.connect(self._follow)
        self._page: HelpPage | None = None

    def show_page(self, page: HelpPage) -> None:
        """Show a page from its beginning."""
        self._page = page
        self._write()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def go_to(self, heading: str) -> bool:
        """Put the part that begins with `heading` at the top; says whether there is one."""
        block = self.document().begin()
        while block.isValid():
            if block.text().startswith(heading):
                self.setTextCursor(QTextCursor(block))
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(int(top) - _ABOVE)
                return True
            block = block.next()
        return False

    def loadResource(self, _kind: int, name: QUrl | str) -> object:
        """A picture that ships with the handbook; whatever else a page names is not fetched."""
        found = _PICTURE.fullmatch(name.toString() if isinstance(name, QUrl) else name)
        if found is None:
            return None
        image = QImage(str(resource(f"docs/pictures/{found[1]}.png")))
        ratio = self.devicePixelRatioF()
        shown = image.scaledToWidth(
            round(_PICTURE_WIDTH * ratio), Qt.TransformationMode.SmoothTransformation
        )
        shown.setDevicePixelRatio(ratio)
        return shown

    def mark(self, wanted: str) -> int:
        """Mark every place of the words wanted and go to the first; returns how many there are."""
        marks = []
        for word in wanted.split():
            cursor = QTextCursor(self.document())
            while not (cursor := self.document().find(word, cursor)).isNull():
                marks.append(self._marked(cursor))
        self.setExtraSelections(marks)
        if marks:
            # What PySide hands out as `cursor` is a copy; the selection's own place is what counts.
            first = min(marks, key=lambda each: each.cursor.position())
            place = QTextCursor(self.document())
            place.setPosition(first.cursor.selectionStart())
            self.setTextCursor(place)
            self.ensureCursorVisible()
        return len(marks)

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._page is not None:
            place = self.verticalScrollBar().value()
            self._write()
            self.verticalScrollBar().setValue(place)

    def _write(self) -> None:
        assert self._page is not None
        document = self.document()
        document.setDefaultFont(font(13))
        features = QTextDocument.MarkdownFeature
        document.setMarkdown(
            self._page.text,
            features.MarkdownNoHTML | features.MarkdownDialectGitHub,
        )
        document.setDocumentMargin(0)
        frame = document.rootFrame().frameFormat()
        frame.setMargin(_SIDE)
        document.rootFrame().setFrameFormat(frame)
        self._set_blocks()
        self._set_tables()

    def _set_blocks(self) -> None:
        block = self.document().begin()
        while block.isValid():
            cursor = QTextCursor(block)
            level = block.blockFormat().headingLevel()
            shape = QTextBlockFormat()
            heights = QTextBlockFormat.LineHeightTypes
            if "\ufffc" not in block.text():  # what stands for a picture
                shape.setLineHeight(_LINE, heights.ProportionalHeight.value)
            shape.setTopMargin(18 if level > 1 else 0)
            in_list = block.textList() is not None
            shape.setBottomMargin(4 if in_list or cursor.currentTable() is not None else 10)
            cursor.mergeBlockFormat(shape)
            if level:
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                ink = QTextCharFormat()
                ink.setFont(font(_SIZES.get(level, 13), SEMIBOLD))
                cursor.mergeCharFormat(ink)
            self._set_code(block)
            block = block.next()

    def _set_code(self, block: QTextBlock) -> None:
        """Give keys and commands the ground they have in the window."""
        found = block.begin()
        spans = []
        while not found.atEnd():
            piece = found.fragment()
            if piece.charFormat().fontFixedPitch():
                spans.append((piece.position(), piece.length()))
            found += 1
        for place, size in spans:
            cursor = QTextCursor(self.document())
            cursor.setPosition(place)
            cursor.setPosition(place + size, QTextCursor.MoveMode.KeepAnchor)
            shape = QTextCharFormat()
            shape.setFont(font(12))
            shape.setBackground(colour_of(self, "subtle"))
            cursor.mergeCharFormat(shape)

    def _set_tables(self) -> None:
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                shape = frame.format()
                shape.setBorder(1)
                shape.setBorderCollapse(True)
                shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                shape.setBorderBrush(colour_of(self, "hair"))
                shape.setCellPadding(6)
                shape.setTopMargin(4)
                shape.setBottomMargin(14)
                frame.setFormat(shape)

    def _marked(self, cursor: QTextCursor) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        mark.cursor = cursor
        shape = QTextCharFormat()
        shape.setBackground(QColor(colour_of(self, "watch-tint")))
        shape.setProperty(QTextFormat.Property.FullWidthSelection, False)
        mark.format = shape
        return mark

    def _follow(self, link: QUrl) -> None:
        """Go where a link between pages leads; any other leads nowhere."""
        name = link.path().rpartition("/")[2]
        if not link.scheme() and name.endswith(".md"):
            self.asked.emit(name.removesuffix(".md"))
            self.go_to(link.fragment())
