"""A program that ends with a window open: what was asked for is done, and nothing crashes."""

import subprocess
import sys
from pathlib import Path

ENDS = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete
from csplanner.ui.tasks import Tasks
from csplanner.ui.theme import ThemeController
from csplanner.ui.widgets.popover import Toast
class Window(QWidget):
    pass
app = QApplication([])
themes = ThemeController(app, "light")
window = Window()
over = QWidget(window)
toast = Toast(window, clear_of=over)
window.show()
toast.say("Done")
# Its parts hide while it is destroyed, and the toast follows them.
delete(window)
tasks, told = Tasks("work"), lambda *_: None
for number in range(300):
    tasks.run(lambda _, n=number: Path(sys.argv[1]).write_text(str(n)), done=told, failed=told)
"""


def test_a_window_may_go_with_a_toast_in_it_and_a_program_that_ends_does_its_work(
    tmp_path: Path,
) -> None:
    out = tmp_path / "out.txt"
    run = [sys.executable, "-X", "faulthandler", "-c", ENDS, str(out)]
    ended = subprocess.run(run, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    assert out.read_text() == "299"
