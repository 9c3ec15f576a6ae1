"""Logs as the tools write them, made for the tests: names and numbers belong to nobody."""

from __future__ import annotations

from laverma_desk.domain.connection import LogKind

GUID = "{{0f3b{0:04x}-7dc5-4bb9-8d54-ca80953f65f8}}"


def outgoing_line(
    number="1660360496",
    begin="20-02-2024 13:10:33",
    end="20-02-2024 13:11:52",
    user="Klaus Klassen",
    purpose="RemoteControl",
    guid="{B35110B2-7DC5-4BB9-8D54-CA80953F65F8}",
):
    """Return a line of Connections.txt: columns of 32 characters."""
    return "".join(f"{one:<32}" for one in (number, begin, end, user, purpose)) + guid


def outgoing(count=3):
    """Return a Connections.txt of some lines: a blank first line, no heading."""
    return "\n" + "".join(
        outgoing_line(
            number=str(1_200_000_000 + place),
            begin=f"{1 + place % 28:02d}-02-2024 {place % 24:02d}:10:33",
            end=f"{1 + place % 28:02d}-02-2024 {place % 24:02d}:41:52",
            guid=GUID.format(place),
        )
        + "\n"
        for place in range(count)
    )


INCOMING = (
    "\n1660360496\tPraxis am Markt\t16-02-2024 14:16:32\t16-02-2024 14:18:36\tIEUser\tRemoteControl\t"
    "{b3a4df33-d027-44d5-b50f-4e61115494d4}\t\n"
    "1556208431\tServer\t17-02-2024 14:16:32\t17-02-2024 14:18:36\tIEUser\tFileTransfer\t"
    "{b3a4df33-d027-44d5-b50f-4e61115494d5}\n"
)

TRACE = (
    "Incoming    2024-01-10, 09:40    Ada Arias    988319357    988319357\r\n"
    "Incoming    2024-02-16, 20:29    User                              221436813    221436813\r\n"
    "Incoming    2024-05-16, 09:41    REJECTED                          praxis@ad    1108841617\r\n"
)


def program_line(clock, said, process=4668):
    """Return a line of ad.trace."""
    return f"   info 2024-02-16 {clock}.298      front   {process}   6440                    {said}\n"


PROGRAM = (
    program_line("20:20:00", "anynet.any_socket - Client-ID: 442226597 (FPR: 8e28a2a25b30).")
    + program_line("20:29:04", 'app.session - 1: Connecting to "221 436 813".')
    + program_line("20:29:09", "app.session - 1: Connection established.")
    + program_line("20:40:00", 'app.session - 2: Connecting to "praxis@ad".')
    + program_line("20:40:05", "app.session - 2: Session stopped.")
    + program_line("20:51:12", "app.session - 1: Session stopped.")
)

TEAMVIEWER_JSON = """{
  "records": [
    {"id": "0755A8DD-df19-4ea7-af47-cabb6b2a97e4", "username": "Klaus", "deviceid": "d111",
     "devicename": "PC Rezeption", "start_date": "2024-02-03T14:10:50Z", "end_date": "2024-02-03T14:11:01Z"},
    {"id": "1755a8dd-df19-4ea7-af47-cabb6b2a97e4", "session_code": "s123-456-789", "notes": "Drucker",
     "start_date": "2024-02-04T14:10:50+01:00"},
    {"id": "2755a8dd-df19-4ea7-af47-cabb6b2a97e4", "start_date": "2024-02-04T14:10:50Z"}
  ],
  "next_offset": "0755a8dd"
}"""

ANYDESK_JSON = """{"list": [
 {"sid": "4711", "from": {"cid": 111222333, "alias": "klaus@ad"}, "to": {"cid": 221436813, "alias": null},
  "active": false, "start-time": 1708115344, "end-time": 1708116672, "duration": 1328, "comment": null},
 {"sid": "4712", "from": {"cid": 111222333, "alias": null}, "to": {"cid": 988319357, "alias": "praxis@ad"},
  "active": true, "start-time": 1708202000, "end-time": 0, "duration": 0, "comment": "läuft"}
]}"""

RUSTDESK_JSON = """{"data": [
 {"guid": "A1", "remote": "365 112 998", "conn_type": 0, "created_at": 1708115344, "end_time": 1708116672,
  "note": "Update"},
 {"guid": "A2", "remote": "365112998", "conn_type": "File Transfer", "created_at": "2024-02-16 21:29:04",
  "end_time": null}
], "total": 2}"""

CONSOLE = (
    "TeamViewer Verbindungsbericht\r\n"
    "\r\n"
    "Benutzer;Gerät;TeamViewer ID;Start;Ende;Dauer;Notizen\r\n"
    'Klaus Klassen;PC Rezeption;1 234 567 890;20.02.2024 13:10;20.02.2024 13:41;0:31;"Drucker, ""HP"""\r\n'
    'Klaus Klassen;Server;1 556 208 431;21.02.2024 09:00:10;21.02.2024 09:31:00;0:31;"Zwei\r\nZeilen"\r\n'
    "Klaus Klassen;Server;1 556 208 431;21.02.2024 10:00:10;21.02.2024 09:31:00;;\r\n"
)

ANYDESK_CSV = (
    "Session ID,From ID,From Alias,To ID,To Alias,Start time,End time,Days,Hours,Minutes,Seconds,"
    "Total duration in Seconds,Comment\n"
    "4711,111222333,klaus@ad,221436813,,2024-02-16 20:29:04,2024-02-16 20:51:12,0,0,22,8,1328,\n"
)

SAMPLES: dict[LogKind, str] = {
    LogKind.TEAMVIEWER_OUTGOING: outgoing(),
    LogKind.TEAMVIEWER_INCOMING: INCOMING,
    LogKind.TEAMVIEWER_CONSOLE: CONSOLE,
    LogKind.TEAMVIEWER_API: TEAMVIEWER_JSON,
    LogKind.ANYDESK_INCOMING: TRACE,
    LogKind.ANYDESK_PROGRAM: PROGRAM,
    LogKind.ANYDESK_CONSOLE: ANYDESK_CSV,
    LogKind.ANYDESK_API: ANYDESK_JSON,
    LogKind.RUSTDESK_AUDIT: RUSTDESK_JSON,
}

TEAMVIEWER_LOGFILE = (
    "2024/02/16 06:05:19.349  2136       3688  0   Logger started.\n"
    "Start:              2024/02/16 06:05:19.548 (UTC-8:00)\n"
)
RUSTDESK_LOG = (
    '[2024-08-09 10:42:58.920092 -04:00] INFO [src/core_main.rs:164] main start args:["--server"]\n'
)
