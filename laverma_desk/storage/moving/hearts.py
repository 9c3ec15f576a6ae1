"""When each desk was last known to be alive: one heart in a file, one for each supporter on a server.

What runs over a move is asked about afterwards, as after any interruption; a machine keeps its uptime.
"""

from __future__ import annotations

from typing import Any

_RUNNING = "state = 'running'"


def beats_of_file(connection: Any) -> list[tuple[int, str]]:
    """Return for each supporter whose time runs the instant of the file's last beat (UTC)."""
    found = connection.execute(
        f"SELECT DISTINCT supporter_id, at FROM session, heartbeat WHERE {_RUNNING} ORDER BY supporter_id"  # nosec B608 # noqa: S608 (our own words)
    )
    return [(int(who), at.decode() if isinstance(at, bytes) else at) for who, at in found]


def beat_of_server(driver: Any) -> str | None:
    """Return the instant since which nothing is known of somebody whose time runs; None: nobody's."""
    theirs = f"(SELECT supporter_id FROM session WHERE {_RUNNING})"  # nosec B608 # noqa: S608 (our own words)
    since = f"coalesce(min(at) FILTER (WHERE id IN {theirs}), max(at))"
    found = driver.execute(
        f"SELECT to_char({since} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') FROM heartbeat"  # nosec B608 # noqa: S608 (our own words)
    ).fetchone()
    return None if found is None else found[0]


def write_to_server(driver: Any, beats: list[tuple[int, str]]) -> None:
    """Write the beats of a file."""
    for who, at in beats:
        driver.execute("INSERT INTO heartbeat (id, at) VALUES (%s, %s)", [who, at])


def write_to_file(connection: Any, beat: str | None) -> None:
    """Write the beat of a server."""
    if beat is not None:
        connection.execute("INSERT INTO heartbeat (id, at) VALUES (1, ?)", [beat])
