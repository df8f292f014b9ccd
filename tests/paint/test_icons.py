"""Icons are tinted and sharp; they and the fonts carry their licences."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontInfo, QImage, QPainter

from csplanner.paint.fonts import font, load_fonts
from csplanner.paint.icons import draw_icon, icon, icon_pixmap
from csplanner.paint.tokens import theme
from csplanner.resources import resource

pytestmark = pytest.mark.usefixtures("qapp")


def test_an_icon_takes_its_colour_and_the_pixels_of_the_screen() -> None:
    picture = icon_pixmap("check", QColor("#ff0000"), px=16, ratio=2.0)
    image = picture.toImage()
    assert (image.width(), picture.deviceIndependentSize().width()) == (32, 16)
    inked = [
        image.pixelColor(x, y)
        for x in range(32)
        for y in range(32)
        if image.pixelColor(x, y).alpha() > 250
    ]
    assert inked
    assert all((each.red(), each.green()) == (255, 0) for each in inked)


def test_a_disabled_icon_is_grey() -> None:
    made = icon("check", theme("light"))
    on, off = made.pixmap(16), made.pixmap(16, made.Mode.Disabled)
    assert on.toImage() != off.toImage()


def test_an_icon_is_drawn_in_the_middle() -> None:
    image = QImage(40, 40, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        draw_icon(painter, QRectF(0, 0, 40, 40), name="minus", colour=QColor("#000000"))
    assert image.pixelColor(20, 20).alpha() + image.pixelColor(20, 19).alpha() > 120
    assert image.pixelColor(4, 20).alpha() == 0


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        icon_pixmap("no-such-icon", QColor("#000000"))


def test_every_icon_can_be_tinted_and_carries_its_licence() -> None:
    folder = resource("icons")
    drawings = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.svg")}
    assert all("currentColor" in drawing and "ISC" in drawing for drawing in drawings.values())
    assert not any("<script" in drawing or "href" in drawing for drawing in drawings.values())
    assert "ISC License" in (folder / "LICENSE").read_text(encoding="utf-8")


def test_inter_ships_with_its_licence_and_is_found() -> None:
    load_fonts()
    assert QFontInfo(font(13)).family() == "Inter"
    assert QFontInfo(font(15, 600)).weight() == 600
    assert "SIL OPEN FONT LICENSE" in resource("fonts/OFL.txt").read_text(encoding="utf-8")


def test_figures_of_one_length_are_equally_wide() -> None:
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(font(13))
    assert metrics.horizontalAdvance("1111") == pytest.approx(metrics.horizontalAdvance("8888"))
