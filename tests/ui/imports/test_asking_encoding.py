"""Letters that could be of several scripts are asked about in the window, and read as said."""


def test_letters_of_another_script_are_asked_about_in_the_window(page, read, tmp_path, qtbot):
    path = tmp_path / "accounts-2026-03-10.csv"
    path.write_bytes("Account ID,Account Name\n1,Московский завод\n".encode("cp1251"))
    read(path)
    question = page.file.question
    cyrillic = next(b for b in question.choices if b.text() == "Cyrillic (Windows)")
    cyrillic.setChecked(True)
    question.go_on.click()
    qtbot.waitUntil(lambda: page.reading.snapshot is not None, timeout=10_000)
    (mapping,) = page.reading.snapshot.mappings
    assert mapping.encoding == "cp1251"
    assert mapping.columns[1].samples == ("Московский завод",)
