"""The page of a shared desk: to a server and back, what a login may, and what its window offers no more."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject

from laverma_desk import settings
from laverma_desk.domain.rights import Right
from laverma_desk.services.rights import rights_at
from laverma_desk.services.rights_words import missing, right_name
from laverma_desk.settings import MachineSettings
from laverma_desk.ui.background import Background
from laverma_desk.ui.change_bus import ChangeBus
from laverma_desk.ui.invoices.controller import InvoicesController
from laverma_desk.ui.invoices.toolbar import Action
from laverma_desk.ui.settings.controller import SettingsController
from laverma_desk.ui.surroundings import Surroundings
from tests.support.desks import lay_out
from tests.support.prepared_servers import PreparedServer


@pytest.fixture
def server(tmp_path):
    prepared = PreparedServer(tmp_path / "server", lay_out)
    prepared.add("Anna Arndt", "anna", Right.CALLS)
    prepared.add("Bernd Berg", "bernd", Right.BILLING, Right.HOUSE)
    yield prepared
    prepared.close()


@pytest.fixture
def owner():
    return QObject()


@pytest.fixture
def around(dressed, qtbot, owner):
    """Give what a controller needs for a desk."""
    made = []

    def make(desk) -> Surroundings:
        made.append(Background(owner))
        return Surroundings(desk, made[-1], ChangeBus(owner), rights_at(desk))

    yield make
    for one in made:
        one.close()


@pytest.fixture
def shown(around, owner, tmp_path, qtbot):
    """Open the page of a shared desk."""
    made = []

    def make(desk, database=""):
        file = tmp_path / "machine.ini"
        settings.change(file, database=database)
        made.append(SettingsController(around(desk), MachineSettings(), owner, machine_file=file))
        made[-1].panel.resize(1100, 700)
        qtbot.addWidget(made[-1].panel)
        made[-1].panel.show()
        made[-1].open_page("server")
        return made[-1], made[-1]._shared.form, file

    return make


def test_a_wrong_address_is_said_at_its_field_and_nothing_is_kept(shown, desk):
    _page, form, file = shown(desk)
    form.address.setText("postgresql+psycopg://klaus:geheim@server.example/laverma")
    form.connect_.click()
    assert "geheim" not in form.labeled_field("database").error()
    assert form.labeled_field("database").error()
    assert settings.load(file).database == ""


def test_an_address_that_answers_counts_from_the_next_start(shown, desk, server, qtbot):
    page, form, file = shown(desk)
    form.address.setText(server.address("anna").url)
    form.connect_.click()
    qtbot.waitUntil(lambda: settings.load(file).database == server.address("anna").url)
    assert form.restart.isVisibleTo(form)
    with qtbot.waitSignal(page.restart_wanted):
        form.restart.click()


def test_an_address_that_does_not_answer_is_said_and_not_kept(shown, desk, server, qtbot):
    _page, form, file = shown(desk)
    form.address.setText(server.address("anna").url.replace(server.name, "not_there"))
    form.connect_.click()
    qtbot.waitUntil(lambda: form.sentence() != "")
    assert settings.load(file).database == ""
    assert not form.connect_.is_blocked()


def test_the_page_says_who_is_logged_in_and_what_the_login_may(shown, server, qtbot):
    _page, form, _file = shown(server.desk("anna"), server.address("anna").url)
    qtbot.waitUntil(lambda: len(form.rows()) > 2)
    said = form.rows()
    assert said[0] == server.address().shown
    assert "Anna Arndt" in said[1]
    assert said[3] == right_name(Right.CALLS)
    assert said[4] == f"{right_name(Right.BILLING)}\n{right_name(Right.HOUSE)}"


def test_working_alone_again_counts_from_the_next_start(shown, server, qtbot):
    _page, form, file = shown(server.desk("anna"), server.address("anna").url)
    qtbot.waitUntil(lambda: not form.check.is_blocked())
    form.alone.click()
    assert settings.load(file).database == ""
    assert form.restart.isVisibleTo(form)


def test_a_window_for_an_address_of_the_command_line_says_how_to_leave_it(shown, server, qtbot):
    _page, form, _file = shown(server.desk("anna"))
    qtbot.waitUntil(lambda: not form.check.is_blocked())
    assert "--database" in form.alone.toolTip()


def test_who_may_not_change_the_house_reads_its_settings(shown, server):
    desk = server.desk("anna")
    page, _form, _file = shown(desk, server.address("anna").url)
    page.open_page("company")
    form = page.section("company").form
    assert not form.isEnabled()
    assert form.toolTip() == missing(rights_at(desk), Right.HOUSE)
    page.open_page("mail")
    mail = page.section("mail").form
    assert mail.labeled_field("password").field.isEnabled()
    assert not mail.labeled_field("host").field.isEnabled()


def test_who_may_change_the_house_does(shown, server):
    page, _form, _file = shown(server.desk("bernd"), server.address("bernd").url)
    page.open_page("company")
    assert page.section("company").form.isEnabled()


@pytest.mark.parametrize(("who", "blocked"), [("anna", True), ("bernd", False)])
def test_the_invoices_are_for_looking_at_where_billing_is_not_allowed(
    around, owner, server, qtbot, who, blocked
):
    surroundings = around(server.desk(who))
    page = InvoicesController(surroundings, owner)
    qtbot.addWidget(page.panel)
    toolbar = page.panel.paper.toolbar
    toolbar.show_actions(tuple(Action), {}, tonal=None)
    for action in (Action.ISSUE, Action.CANCEL, Action.PAY, Action.DISCARD):
        button = toolbar.button(action)
        assert button.is_blocked() is blocked
        if blocked:
            assert missing(surroundings.rights, Right.BILLING) in button.toolTip()
    assert not toolbar.button(Action.PRINT).is_blocked()
