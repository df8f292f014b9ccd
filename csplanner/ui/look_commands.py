"""The commands of how the window looks: contrast, rows, what is hidden, messages, charts."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from csplanner.settings import ROWS
from csplanner.ui.commands import Command
from csplanner.ui.shell.watching import reach_toast
from csplanner.ui.veil import veil
from csplanner.ui.widgets.chart_menu import ChartMenu, shown_chart

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow


def look_commands(window: "BookWindow") -> list[Command]:
    """Return what can be done to how the window looks, whatever is open."""
    return [*_looks(window), *_charts(window)]


def _looks(window: "BookWindow") -> list[Command]:
    tr = window.tr
    words = {
        "compact": tr("Compact rows"), "normal": tr("Normal rows"), "roomy": tr("Roomy rows")
    }  # fmt: skip
    rows = [
        Command(
            f"view.rows.{each}", words[each], partial(_change, window, rows=each), menu="View",
            submenu=tr("Rows of tables"), icon="rows-3", keywords="density height lines",
            enabled=partial(_has_other_rows, window, each),
        )
        for each in ROWS
    ]  # fmt: skip
    return [
        Command(
            "view.veil", tr("Hide money, sentiment and notes"), _turn_veil, menu="View",
            shortcut="Ctrl+Shift+H", icon="eye-off",
            keywords="screen share blur privacy present veil show again",
        ),
        Command(
            "view.contrast", tr("Change to high contrast or back"), partial(_contrast, window),
            menu="View", icon="sun-moon", keywords="theme accessibility",
        ),
        *rows,
        Command(
            "view.messages", tr("Go to the message, or to those before"),
            partial(reach_toast, window), menu="View", shortcut="F8", icon="message-square",
            keywords="toast notice said",
        ),
    ]  # fmt: skip


def _charts(window: "BookWindow") -> list[Command]:
    tr = window.tr

    def has_chart() -> bool:
        return shown_chart(window.current_page()) is not None

    def run(verb: str) -> None:
        chart = shown_chart(window.current_page())
        if chart is not None:
            getattr(chart, verb)()

    texts = (
        ("image", tr("Copy the chart as image"), "copy_image", "copy"),
        ("data", tr("Copy the data of the chart"), "copy_data", "copy"),
        ("table", tr("Show the chart as table"), "show_table", "rows-3"),
    )
    assert all(hasattr(ChartMenu, verb) for _, _, verb, _ in texts)
    return [
        Command(
            f"chart.{name}", text, partial(run, verb), menu="View", submenu=tr("Chart"), icon=sign,
            keywords="picture graph export clipboard", enabled=has_chart,
            needs=tr("There is no chart on this page."),
        )
        for name, text, verb, sign in texts
    ]  # fmt: skip


def _has_other_rows(window: "BookWindow", rows: str) -> bool:
    return window.settings.rows != rows


def _turn_veil() -> None:
    veil().turn(on=not veil().on)


def _contrast(window: "BookWindow") -> None:
    _change(window, contrast="normal" if window.themes.theme.outlined else "high")


def _change(window: "BookWindow", **changes: str) -> None:
    settings = replace(window.settings, **changes)  # type: ignore[arg-type]
    window.change_settings(settings)
    window.themes.follow(settings)
    window.refresh_commands()
