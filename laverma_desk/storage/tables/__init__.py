"""The tables of the desk. Money is whole cents, time is UTC, a stored document is never changed.

Which rows an index holds stands here for SQLite alone, and in the migrations for every database: each other
dialect that is named here is loaded at every start.
"""

from laverma_desk.storage.schema import metadata as metadata
from laverma_desk.storage.tables.connections import (
    log_reading as log_reading,
)
from laverma_desk.storage.tables.connections import (
    remote_connection as remote_connection,
)
from laverma_desk.storage.tables.connections import (
    telephone_session as telephone_session,
)
from laverma_desk.storage.tables.connections import (
    unreadable_line as unreadable_line,
)
from laverma_desk.storage.tables.customers import (
    agreement as agreement,
)
from laverma_desk.storage.tables.customers import (
    contact as contact,
)
from laverma_desk.storage.tables.customers import (
    customer as customer,
)
from laverma_desk.storage.tables.customers import (
    customer_change as customer_change,
)
from laverma_desk.storage.tables.customers import (
    customer_tariff as customer_tariff,
)
from laverma_desk.storage.tables.customers import (
    document as document,
)
from laverma_desk.storage.tables.customers import (
    former_partner_id as former_partner_id,
)
from laverma_desk.storage.tables.customers import (
    workstation as workstation,
)
from laverma_desk.storage.tables.house import (
    free_reason as free_reason,
)
from laverma_desk.storage.tables.house import (
    number_range as number_range,
)
from laverma_desk.storage.tables.house import (
    setting as setting,
)
from laverma_desk.storage.tables.house import (
    setting_change as setting_change,
)
from laverma_desk.storage.tables.house import (
    snippet as snippet,
)
from laverma_desk.storage.tables.house import (
    supporter as supporter,
)
from laverma_desk.storage.tables.house import (
    tariff as tariff,
)
from laverma_desk.storage.tables.invoices import (
    draft_item as draft_item,
)
from laverma_desk.storage.tables.invoices import (
    draft_session as draft_session,
)
from laverma_desk.storage.tables.invoices import (
    invoice as invoice,
)
from laverma_desk.storage.tables.invoices import (
    invoice_draft as invoice_draft,
)
from laverma_desk.storage.tables.invoices import (
    invoice_line as invoice_line,
)
from laverma_desk.storage.tables.invoices import (
    payment as payment,
)
from laverma_desk.storage.tables.invoices import (
    reminder as reminder,
)
from laverma_desk.storage.tables.invoices import (
    reminder_invoice as reminder_invoice,
)
from laverma_desk.storage.tables.invoices import (
    vat_rate as vat_rate,
)
from laverma_desk.storage.tables.mail import attempt as attempt
from laverma_desk.storage.tables.mail import message as message
from laverma_desk.storage.tables.mail import message_attachment as message_attachment
from laverma_desk.storage.tables.search import session_text as session_text
from laverma_desk.storage.tables.sessions import (
    gap as gap,
)
from laverma_desk.storage.tables.sessions import (
    heartbeat as heartbeat,
)
from laverma_desk.storage.tables.sessions import (
    segment as segment,
)
from laverma_desk.storage.tables.sessions import (
    session as session,
)
from laverma_desk.storage.tables.sessions import (
    session_change as session_change,
)
