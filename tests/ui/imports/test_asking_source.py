"""Of files of several CRMs it is asked in the window which to read now."""


def test_files_of_several_crms_are_asked_about_and_read_as_chosen(page, read, tmp_path, qtbot):
    account = tmp_path / "Account.csv"
    account.write_text("Id,Name,SystemModstamp\n001Nq00000J1Mpf,Tern,2026-03-01T00:00:00.000Z\n")
    deals = tmp_path / "all-deals.csv"
    deals.write_text(
        "Record ID,Deal Name,Deal Stage,Close Date,Amount,Associated Company\n"
        "9001,More seats,Proposal,2026-06-30,1000,Corvane\n"
    )
    read(account, deals)
    question = page.file.question
    assert [button.text() for button in question.choices] == ["HubSpot", "Salesforce"]
    question.choices[1].setChecked(True)
    question.go_on.click()
    qtbot.waitUntil(lambda: not page.reading.is_busy, timeout=20_000)
    assert page.reading.snapshot is not None
    assert page.reading.snapshot.source == "Salesforce"
    assert [o.file for o in page.reading.snapshot.left_out] == ["all-deals.csv"]
