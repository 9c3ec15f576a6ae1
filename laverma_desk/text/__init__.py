"""The one place where numbers, money, times and names become words, for window, paper, mail and shell."""

from __future__ import annotations

from laverma_desk.text.attempts import (
    logged_attempt,
    not_possible,
    not_possible_reason,
)
from laverma_desk.text.charges import (
    billed_time,
    charge_formula,
    rounding_name,
    rounding_rule,
)
from laverma_desk.text.connections import (
    line_problem,
    logged_connection,
)
from laverma_desk.text.names import (
    channel,
    country,
    iban,
    list_sentence,
    partner_id,
    partner_id_so_far,
    phone,
    short_name,
    tool,
)
from laverma_desk.text.numbers import (
    NBSP,
    amount,
    file_size,
    money,
    number,
    percent,
    signed_money,
    signed_number,
)
from laverma_desk.text.times import (
    clock_time,
    date,
    date_time,
    day_and_time,
    duration,
    duration_words,
    exact_time,
    long_date,
    minutes,
    month,
    short_date,
    time,
    time_with_seconds,
    weekday_date,
)

__all__ = [
    "NBSP",
    "amount",
    "billed_time",
    "channel",
    "charge_formula",
    "clock_time",
    "country",
    "date",
    "date_time",
    "day_and_time",
    "duration",
    "duration_words",
    "exact_time",
    "file_size",
    "iban",
    "line_problem",
    "list_sentence",
    "logged_attempt",
    "logged_connection",
    "long_date",
    "minutes",
    "money",
    "month",
    "not_possible",
    "not_possible_reason",
    "number",
    "partner_id",
    "partner_id_so_far",
    "percent",
    "phone",
    "rounding_name",
    "rounding_rule",
    "short_date",
    "short_name",
    "signed_money",
    "signed_number",
    "time",
    "time_with_seconds",
    "tool",
    "weekday_date",
]
