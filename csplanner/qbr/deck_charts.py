"""Draws the charts of a deck: native, editable, labelled directly, one axis from its own zero."""

from typing import TYPE_CHECKING

from csplanner.qbr.chart_book import chart_workbook
from csplanner.qbr.slides import Chart, ChartKind, Series

if TYPE_CHECKING:
    from pptx.chart.chart import Chart as NativeChart
    from pptx.chart.data import ChartData
    from pptx.chart.point import Point
    from pptx.chart.series import BarSeries
    from pptx.dml.color import ColorFormat
    from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
    from pptx.shapes.graphfrm import GraphicFrame
    from pptx.shapes.shapetree import SlideShapes
    from pptx.text.text import Font
    from pptx.util import Length

    from csplanner.qbr.place import Box

_BAR_GAP = 50
_BAR_HEIGHT = 0.36
"""Inches a bar is high at most."""
_CLOSE, _NUDGE = 0.12, 0.04
"""Line ends nearer than this share of the axis would cover each other's words."""
_LABEL_SIZE = 12
_AXIS_SIZE = 11


def draw_chart(shapes: "SlideShapes", chart: Chart, box: "Box") -> "GraphicFrame":
    """The graphic frame of a native chart in `box`, with its words as alternative text."""
    from pptx.util import Inches

    native = _chart_data(chart)
    frame = shapes.add_chart(
        _native_type(chart.kind),
        Inches(box.left),
        Inches(box.top),
        Inches(box.width),
        Inches(box.height),
        native,
    )
    properties = frame.element.nvGraphicFramePr.cNvPr
    properties.set("name", chart.title)
    properties.set("descr", f"{chart.title}. {chart.alt}")
    drawn = frame.chart  # type: ignore[attr-defined] # add_chart returns the frame
    drawn.has_legend = False
    drawn.has_title = False
    drawn.font.size = _points(_AXIS_SIZE)
    _colour_font(drawn.font, "TEXT_2")
    if chart.kind is ChartKind.LINE:
        _finish_lines(drawn, chart)
    else:
        _finish_bars(drawn, chart, box.height)
    return frame  # type: ignore[return-value]


def _chart_data(chart: Chart) -> "ChartData":
    from pptx.chart.data import ChartData

    class TextChartData(ChartData):
        """Chart data whose embedded workbook holds text as text."""

        @property
        def xlsx_blob(self) -> bytes:
            """The workbook python-pptx puts behind the chart."""
            return chart_workbook(chart.categories, [(s.name, s.values) for s in chart.series])

    data = TextChartData()  # type: ignore[no-untyped-call]
    data.categories = chart.categories
    for series in chart.series:
        data.add_series(series.name, series.values)  # type: ignore[no-untyped-call]
    return data


def _native_type(kind: ChartKind) -> "XL_CHART_TYPE":
    from pptx.enum.chart import XL_CHART_TYPE

    return {
        ChartKind.BAR: XL_CHART_TYPE.BAR_CLUSTERED,
        ChartKind.PROGRESS: XL_CHART_TYPE.BAR_STACKED,
        ChartKind.LINE: XL_CHART_TYPE.LINE,
    }[kind]


def _finish_bars(drawn: "NativeChart", chart: Chart, height: float) -> None:
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK

    plot = drawn.plots[0]
    pitch = height * 0.9 / max(1, len(chart.categories))
    plot.gap_width = max(_BAR_GAP, min(500, round(100 * (pitch / _BAR_HEIGHT - 1))))
    if chart.kind is ChartKind.PROGRESS:
        plot.overlap = 100
    category, value = drawn.category_axis, drawn.value_axis
    category.reverse_order = True
    if chart.low is not None and chart.low < 0:
        _theme(category.format.line.color, "BACKGROUND_1", -0.25)
    else:
        category.format.line.fill.background()
    category.major_tick_mark = XL_TICK_MARK.NONE
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    category.tick_labels.font.size = _points(_LABEL_SIZE)
    _colour_font(category.tick_labels.font, "TEXT_1")
    value.visible = False
    value.has_major_gridlines = False
    if chart.low is not None:
        value.minimum_scale = chart.low
    value.maximum_scale = chart.high if chart.high is not None else _head_room(chart)
    for number, series in enumerate(chart.series):
        _finish_bar_series(plot.series[number], series, is_rest=number > 0)


def _head_room(chart: Chart) -> float:
    most = max((v for s in chart.series for v in s.values if v is not None), default=1.0)
    return most * 1.15 or 1.0


def _finish_bar_series(drawn: "BarSeries", series: Series, *, is_rest: bool) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION

    drawn.invert_if_negative = False
    fill = drawn.format.fill
    fill.solid()
    _theme(fill.fore_color, "BACKGROUND_1" if is_rest else "ACCENT_1", -0.1 if is_rest else 0)
    inside = bool(series.stale) or is_rest
    position = XL_LABEL_POSITION.INSIDE_END if inside else XL_LABEL_POSITION.OUTSIDE_END
    for number, label in enumerate(series.labels):
        if series.values[number] is None or not label:
            continue
        is_stale = bool(series.stale) and series.stale[number]
        is_dark = bool(series.stale) and not is_stale
        _label(drawn.points[number], label, "BACKGROUND_1" if is_dark else "TEXT_1", position)
        if is_stale:
            _hollow(drawn.points[number])


def _hollow(point: "Point") -> None:
    """An old figure: outline only, dashed."""
    from pptx.enum.dml import MSO_LINE

    point.format.fill.background()
    line = point.format.line
    line.width = _points(1.25)
    line.dash_style = MSO_LINE.DASH
    _theme(line.color, "ACCENT_1")


def _label(point: "Point", text: str, colour: str, position: "XL_LABEL_POSITION") -> None:
    label = point.data_label
    label.text_frame.word_wrap = False
    paragraph = label.text_frame.paragraphs[0]
    run = paragraph.add_run()
    run.text = text
    run.font.size = _points(_LABEL_SIZE)
    run.font.bold = True
    _colour_font(run.font, colour)
    label.position = position


def _finish_lines(drawn: "NativeChart", chart: Chart) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_MARK

    category, value = drawn.category_axis, drawn.value_axis
    category.major_tick_mark = XL_TICK_MARK.NONE
    category.has_major_gridlines = False
    category.tick_labels.font.size = _points(_AXIS_SIZE - 1)
    _theme(category.format.line.color, "BACKGROUND_1", -0.25)
    value.minimum_scale = chart.low
    value.major_tick_mark = XL_TICK_MARK.NONE
    value.format.line.fill.background()
    value.has_major_gridlines = True
    _theme(value.major_gridlines.format.line.color, "BACKGROUND_1", -0.1)
    value.tick_labels.number_format = "#,##0"
    value.tick_labels.number_format_is_linked = False
    _leave_room_for_ends(drawn)
    beside = XL_LABEL_POSITION.RIGHT
    for number, series in enumerate(chart.series):
        line = drawn.plots[0].series[number]
        line.smooth = False
        line.marker.style = XL_MARKER_STYLE.NONE
        line.format.line.width = _points(2.5 if number == 0 else 1.5)
        _theme(line.format.line.color, "ACCENT_1" if number == 0 else "ACCENT_6")
        for at, label in enumerate(series.labels):
            if label and series.values[at] is not None:
                _label(line.points[at], label, "ACCENT_1" if number == 0 else "TEXT_2", beside)
                if down := _nudge(chart, number):
                    _move_label(line.points[at], down)


def _nudge(chart: Chart, number: int) -> float:
    """How far the words at a line's end move down (in chart heights) where two ends are close."""
    ends = [_last_value(s) for s in chart.series]
    top = max((v for s in chart.series for v in s.values if v is not None), default=1.0) or 1.0
    others = [end for n, end in enumerate(ends) if n != number]
    if not any(abs(ends[number] - end) / top < _CLOSE for end in others):
        return 0.0
    is_upper = all((ends[number], number) > (end, n) for n, end in enumerate(ends) if n != number)
    return -_NUDGE if is_upper else _NUDGE


def _move_label(point: "Point", down: float) -> None:
    from pptx.oxml import parse_xml

    space = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    number = point.data_label._get_or_add_dLbl().find("{*}idx")  # noqa: SLF001
    number.addnext(
        parse_xml(
            f'<c:layout {space}><c:manualLayout><c:x val="0"/><c:y val="{down}"/>'
            "</c:manualLayout></c:layout>"
        )
    )


def _leave_room_for_ends(drawn: "NativeChart") -> None:
    """Keep the right fifth free for the words at the ends; name every third month."""
    from pptx.oxml import parse_xml

    space = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    plot_area = drawn.element.chart.plotArea
    old = plot_area.find("{*}layout")
    layout = parse_xml(
        f'<c:layout {space}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        '<c:yMode val="edge"/><c:x val="0.1"/><c:y val="0.05"/><c:w val="0.72"/><c:h val="0.82"/>'
        "</c:manualLayout></c:layout>"
    )
    if old is not None:
        plot_area.replace(old, layout)
    else:
        plot_area.insert(0, layout)
    axis = plot_area.find("{*}catAx")
    axis.find(".//{*}txPr/{*}bodyPr").set("rot", "0")
    skips = [parse_xml(f'<c:{name} {space} val="3"/>') for name in ("tickLblSkip", "tickMarkSkip")]
    after = axis.find("{*}noMultiLvlLbl")
    for element in skips:
        if after is not None:
            after.addprevious(element)
        else:
            axis.append(element)


def _last_value(series: Series) -> float:
    return next((v for v in reversed(series.values) if v is not None), 0.0)


def _points(size: float) -> "Length":
    from pptx.util import Pt

    return Pt(size)


def _colour_font(font: "Font", name: str) -> None:
    _theme(font.color, name)


def _theme(colour: "ColorFormat", name: str, brightness: float = 0) -> None:
    from pptx.enum.dml import MSO_THEME_COLOR

    colour.theme_color = getattr(MSO_THEME_COLOR, name)
    if brightness:
        colour.brightness = brightness
