"""Fusion, redrawn where the look differs: fields, buttons, check boxes, menus, scroll bars."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QProxyStyle,
    QPushButton,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionSlider,
    QWidget,
)

from csplanner.ui import style_drawing as drawing
from csplanner.ui import style_menus as menus

type_of = QStyle.ContentsType
_Draw = Callable[[QStyleOption, QPainter, QWidget | None], None]

_PRIMITIVES: dict[QStyle.PrimitiveElement, _Draw] = {
    QStyle.PrimitiveElement.PE_FrameFocusRect: drawing.item_focus,
    QStyle.PrimitiveElement.PE_IndicatorCheckBox: drawing.check_box,
    QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck: drawing.check_box,
    QStyle.PrimitiveElement.PE_IndicatorRadioButton: drawing.radio_button,
    QStyle.PrimitiveElement.PE_PanelLineEdit: drawing.field,
    QStyle.PrimitiveElement.PE_FrameLineEdit: drawing.nothing,
    QStyle.PrimitiveElement.PE_PanelButtonCommand: drawing.button,
    QStyle.PrimitiveElement.PE_PanelButtonTool: drawing.tool_button,
    QStyle.PrimitiveElement.PE_FrameDefaultButton: drawing.nothing,
    QStyle.PrimitiveElement.PE_PanelMenu: menus.menu_panel,
    QStyle.PrimitiveElement.PE_PanelTipLabel: drawing.tooltip,
    QStyle.PrimitiveElement.PE_FrameMenu: drawing.nothing,
    QStyle.PrimitiveElement.PE_Frame: drawing.frame,
    QStyle.PrimitiveElement.PE_FrameTabBarBase: drawing.tab_base,
    QStyle.PrimitiveElement.PE_IndicatorHeaderArrow: drawing.header_arrow,
}
_CONTROLS: dict[QStyle.ControlElement, _Draw] = {
    QStyle.ControlElement.CE_PushButtonLabel: drawing.button_label,
    QStyle.ControlElement.CE_FocusFrame: drawing.focus_ring,
    QStyle.ControlElement.CE_Splitter: drawing.splitter,
    QStyle.ControlElement.CE_MenuItem: menus.menu_item,
    QStyle.ControlElement.CE_MenuBarItem: menus.menu_bar_item,
    QStyle.ControlElement.CE_MenuBarEmptyArea: menus.menu_bar_ground,
    QStyle.ControlElement.CE_MenuEmptyArea: drawing.nothing,
    QStyle.ControlElement.CE_HeaderSection: drawing.header_section,
    QStyle.ControlElement.CE_HeaderEmptyArea: drawing.header_section,
    QStyle.ControlElement.CE_TabBarTabShape: drawing.tab,
    QStyle.ControlElement.CE_TabBarTabLabel: drawing.tab_label,
    QStyle.ControlElement.CE_ProgressBarGroove: drawing.progress_groove,
    QStyle.ControlElement.CE_ProgressBarContents: drawing.progress_contents,
}
_COMPLEX: dict[QStyle.ComplexControl, _Draw] = {
    QStyle.ComplexControl.CC_ScrollBar: menus.scroll_bar,
    QStyle.ComplexControl.CC_ComboBox: drawing.combo_box,
    QStyle.ComplexControl.CC_SpinBox: drawing.spin_box,
}
_METRICS: dict[QStyle.PixelMetric, int] = {
    QStyle.PixelMetric.PM_ScrollBarExtent: 10,
    QStyle.PixelMetric.PM_ToolTipLabelFrameWidth: 5,
    QStyle.PixelMetric.PM_ScrollBarSliderMin: 28,
    QStyle.PixelMetric.PM_SplitterWidth: 1,
    QStyle.PixelMetric.PM_IndicatorWidth: 14,
    QStyle.PixelMetric.PM_IndicatorHeight: 14,
    QStyle.PixelMetric.PM_ExclusiveIndicatorWidth: 14,
    QStyle.PixelMetric.PM_ExclusiveIndicatorHeight: 14,
    QStyle.PixelMetric.PM_CheckBoxLabelSpacing: 8,
    QStyle.PixelMetric.PM_RadioButtonLabelSpacing: 8,
    QStyle.PixelMetric.PM_SmallIconSize: 16,
    QStyle.PixelMetric.PM_ButtonIconSize: 16,
    QStyle.PixelMetric.PM_MenuPanelWidth: 1,
    QStyle.PixelMetric.PM_MenuHMargin: 4,
    QStyle.PixelMetric.PM_MenuVMargin: 4,
    QStyle.PixelMetric.PM_ButtonShiftHorizontal: 0,
    QStyle.PixelMetric.PM_ButtonShiftVertical: 0,
    QStyle.PixelMetric.PM_ButtonDefaultIndicator: 0,
    QStyle.PixelMetric.PM_TabBarTabHSpace: 16,
    QStyle.PixelMetric.PM_TabBarTabShiftVertical: 0,
    QStyle.PixelMetric.PM_HeaderMarkSize: 12,
    QStyle.PixelMetric.PM_HeaderMargin: 8,
}
_HINTS: dict[QStyle.StyleHint, int] = {
    QStyle.StyleHint.SH_UnderlineShortcut: 0,
    QStyle.StyleHint.SH_EtchDisabledText: 0,
    QStyle.StyleHint.SH_DitherDisabledText: 0,
    QStyle.StyleHint.SH_ScrollView_FrameOnlyAroundContents: 0,
    QStyle.StyleHint.SH_Table_GridLineColor: -1,
    QStyle.StyleHint.SH_ItemView_ShowDecorationSelected: 1,
    QStyle.StyleHint.SH_ComboBox_Popup: 0,
    QStyle.StyleHint.SH_Menu_SubMenuPopupDelay: 120,
}
_HEIGHTS = {
    type_of.CT_LineEdit: 28,
    type_of.CT_ComboBox: 28,
    type_of.CT_SpinBox: 28,
    type_of.CT_HeaderSection: 28,
    type_of.CT_TabBarTab: 36,
    type_of.CT_ItemViewItem: 30,
}
_FIELD_INDENT = 6
_EDIT_FIELDS = (QStyle.SubControl.SC_ComboBoxEditField, QStyle.SubControl.SC_SpinBoxEditField)


class Style(QProxyStyle):
    """The application's style; colours come from the theme each widget's palette wears."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        draw = _PRIMITIVES.get(element)
        if draw is None:
            super().drawPrimitive(element, option, painter, widget)
        else:
            draw(option, painter, widget)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        draw = _CONTROLS.get(element)
        if draw is None:
            super().drawControl(element, option, painter, widget)
        else:
            draw(option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        draw = _COMPLEX.get(control)
        if draw is None:
            super().drawComplexControl(control, option, painter, widget)
        else:
            draw(option, painter, widget)

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        known = _METRICS.get(metric)
        return super().pixelMetric(metric, option, widget) if known is None else known

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        if hint == QStyle.StyleHint.SH_Table_GridLineColor and option is not None:
            # Qt reads the colour as a signed int, and opaque colours have the highest bit set.
            return drawing.look(option).colour("hair").rgb() - (1 << 32)
        known = _HINTS.get(hint)
        return super().styleHint(hint, option, widget, returned) if known is None else known

    def sizeFromContents(
        self,
        kind: QStyle.ContentsType,
        option: QStyleOption,
        size: QSize,
        widget: QWidget | None = None,
    ) -> QSize:
        if kind == type_of.CT_PushButton and isinstance(widget, QPushButton):
            return drawing.button_size(widget)
        wanted = super().sizeFromContents(kind, option, size, cast(QWidget, widget))
        if kind == type_of.CT_MenuItem:
            return menus.menu_item_size(option, wanted)
        height = _HEIGHTS.get(kind)
        if height is None:
            return wanted
        room = 10 if kind != type_of.CT_TabBarTab else 18
        return QSize(wanted.width(), max(height, option.fontMetrics.height() + room))

    def subElementRect(
        self, part: QStyle.SubElement, option: QStyleOption, widget: QWidget | None = None
    ) -> QRect:
        rect = super().subElementRect(part, option, cast(QWidget, widget))
        if part == QStyle.SubElement.SE_LineEditContents and drawing.is_framed(widget):
            return rect.adjusted(_FIELD_INDENT, 0, -_FIELD_INDENT, 0)
        return rect

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        if control == QStyle.ComplexControl.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            return menus.scroll_bar_part(option, part)
        rect = super().subControlRect(control, option, part, cast(QWidget, widget))
        if part in _EDIT_FIELDS:
            rect.setLeft(option.rect.left() + 2 + _FIELD_INDENT)
        return rect
