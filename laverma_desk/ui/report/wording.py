"""Keeps what was typed over the template's words, per session; a report taken back still has it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from laverma_desk.domain.errors import DeskError, Rule, RuleBroken
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.explain import explain
from laverma_desk.services import checks
from laverma_desk.services.calls import call_sheet
from laverma_desk.services.mails.letters import ReportWords
from laverma_desk.services.mails.reporting import ReportMail
from laverma_desk.ui.report.mail_form import MailForm
from laverma_desk.ui.report.words import Typed
from laverma_desk.ui.surroundings import Surroundings


class Wording(QObject):
    """Stands between the form and the session: shows the words that count, checks the address."""

    def __init__(self, surroundings: Surroundings, form: MailForm, parent: QObject) -> None:
        """Take over a form."""
        super().__init__(parent)
        self._surroundings, self._form = surroundings, form
        self._session: SupportSession | None = None
        self._typed: dict[int, Typed] = {}
        form.recipient_edited.connect(self._on_recipient_edited)
        form.recipient_left.connect(self._on_recipient_left)
        form.subject_edited.connect(self._on_subject_edited)
        form.body_edited.connect(self._on_body_edited)

    def begin(self, session: SupportSession) -> None:
        """Show the address of a session; subject and text follow with its mail."""
        another = self._session is None or self._session.id != session.id
        self._session = session
        if another:
            self._form.show_subject("")
            self._form.show_body("")
        self._form.show_recipient_error("")
        self._form.show_subject_error("")
        typed = self._typed.get(session.id, Typed()).recipient
        known = [session.recipient] if session.recipient else []
        self._form.show_recipients(known, session.recipient if typed is None else typed)

    def follow(self, session: SupportSession) -> None:
        """Know the session as it is now."""
        self._session = session

    def show_mail(self, mail: ReportMail) -> None:
        """Show the template's words where nobody typed others."""
        words = self._here().over(mail)
        self._form.show_recipients(mail.recipients, words.recipient)
        self._form.show_subject(words.subject)
        self._form.show_body(words.body)

    def words(self) -> ReportWords:
        """Return what is shown."""
        form = self._form
        return ReportWords(form.recipient.currentText(), form.subject.text(), form.body.text())

    def holds(self, session_id: int) -> bool:
        """Return whether somebody wrote a subject or text of their own, which is kept in memory alone."""
        typed = self._typed.get(session_id, Typed())
        return typed.subject is not None or typed.body is not None

    def forget(self, session_id: int) -> None:
        """Drop what was typed: the draft in the mail program has it now."""
        self._typed.pop(session_id, None)

    def show_problem(self, error: DeskError) -> bool:
        """Say at its field what is wrong; return whether that field is one of these."""
        if error.field == "recipient":
            self._form.show_recipient_error(explain(error))
        elif error.field == "subject":
            self._form.show_subject_error(explain(error))
        else:
            return False
        return True

    def _here(self) -> Typed:
        return self._typed.setdefault(self._session.id if self._session else 0, Typed())

    def _on_recipient_edited(self, typed: str) -> None:
        self._here().recipient = typed

    def _on_subject_edited(self, typed: str) -> None:
        self._here().subject = typed

    def _on_body_edited(self, typed: str) -> None:
        self._here().body = typed

    def _on_recipient_left(self) -> None:
        session, typed = self._session, self._form.recipient.currentText()
        if session is None or (typed and typed == session.recipient):
            return
        try:
            if not typed.strip():
                raise RuleBroken(Rule.RECIPIENT_MISSING, field="recipient")
            address = checks.email(typed, "recipient")
            done = call_sheet.save_recipient(self._surroundings.desk, session.id, address)
        except DeskError as error:
            self._form.show_recipient_error(explain(error))
            return
        self._form.show_recipient_error("")
        self._form.recipient.setEditText(address)
        self._here().recipient = address
        self._surroundings.bus.publish(done)
