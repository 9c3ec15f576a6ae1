"""The sentences about a desk that lies on a server."""

from __future__ import annotations

from laverma_desk.domain.errors import Rule, Trouble
from laverma_desk.i18n import _


def sentences() -> dict[Rule | Trouble, str]:
    """Return a sentence for each code, with places for the values that the error carries."""
    return {
        Rule.SEAT_TAKEN: _("%(name)s has the login %(role)s already. Change it: laverma-desk server change"),
        Rule.SEAT_UNKNOWN: _("Nobody called “%(name)s” has a login at this desk."),
        Rule.SERVER_NOT_NAMED: _("Say which server: --database postgresql+psycopg://role@server/database"),
        Rule.SERVER_PASSWORD_SHORT: _("A password for the server has at least %(least)s letters."),
        Rule.SERVER_ROLE_GROUP: _("“%(role)s” is a group of the server, no login."),
        Rule.SERVER_ROLE_INVALID: _(
            "“%(role)s” is no name for a login. Small letters, digits, dot, dash and underscore, like klaus."
        ),
        Rule.SERVER_ROLE_TAKEN: _("The login %(role)s belongs to %(name)s."),
        Rule.SERVER_STRANGER: _(
            "The login %(role)s belongs to nobody at the desk %(server)s. "
            "Whoever looks after the server enters it: laverma-desk server add"
        ),
        Rule.SERVER_ADDRESS_INVALID: _(
            "This is no address of a server. It looks like postgresql+psycopg://klaus@server.example/laverma"
        ),
        Rule.SERVER_ADDRESS_PASSWORD: _(
            "A password never stands in an address. Leave it out: it is asked for and kept in the keyring."
        ),
        Trouble.SERVER_AWAY: _("The server %(server)s does not answer. Check the network, then try again."),
        Trouble.SERVER_BUSY: _("Somebody else is writing at %(server)s. Try again in a moment."),
        Trouble.SERVER_CERTIFICATE: _(
            "The server %(server)s does not prove who it is. Check its certificate; nothing was sent."
        ),
        Trouble.SERVER_FULL: _("The server %(server)s has no room left. Nothing was half-written."),
        Trouble.SERVER_LOGIN: _("The server %(server)s does not take this name and password."),
        Trouble.SERVER_NEWER: _("The desk at %(server)s is from a newer version. Update Laverma Desk first."),
        Trouble.SERVER_NOT_PREPARED: _(
            "There is no desk at %(server)s yet. Prepare it: laverma-desk server prepare"
        ),
        Trouble.SERVER_OLDER: _(
            "The desk at %(server)s is older than this program. "
            "Bring it up to date: laverma-desk server prepare"
        ),
        Trouble.SERVER_RIGHT_MISSING: _(
            "Your role at %(server)s may not do this. Whoever looks after the server gives the right."
        ),
        Trouble.SERVER_UNCERTAIN: _(
            "The server %(server)s went away while it was writing; whether it is written is open. "
            "It is looked up as soon as the server is back; until then, do not do it a second time."
        ),
    }
