"""What whoever sits here may do, asked of the server once; a desk of one's own lets everybody do all."""

from __future__ import annotations

from laverma_desk.domain.rights import ALL_RIGHTS, Rights
from laverma_desk.services.alone import is_alone
from laverma_desk.services.desk import Desk


def rights_at(desk: Desk) -> Rights:
    """Return the rights of the login. Raises OutsideTrouble for a server that goes away in this moment.

    While it is away nothing but the running call goes on; what else is wanted later it refuses by itself.
    """
    if not desk.database.shared or is_alone(desk):
        return ALL_RIGHTS
    from laverma_desk.storage.postgresql.rights import rights_of  # noqa: PLC0415 (only whoever has a server)

    with desk.database.read() as connection:
        return rights_of(connection)
