"""Khanty-Mansi Autonomous Okrug – Yugra. Source: приказ от 28.02.2022 № 10-П-227."""

from docgen.default_region import edition
from docgen.hookspecs import hookimpl
from docgen.models import Order, Profile

MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)


@hookimpl
def annex_stamp(order: Order, index: int, profile: Profile) -> tuple[str, ...]:
    """The stamp gives the day in quotes and the month in words: «28» февраля 2022 г. № …."""
    numbered = f"Приложение {index + 1}" if len(order.annexes) > 1 else "Приложение"
    issued = _issued(order, profile)
    return (f"{numbered} к приказу", *profile.issuer.genitive, issued, *edition(order))


def _issued(order: Order, profile: Profile) -> str:
    if order.date is None:
        return f"« ____ » _____ {profile.project.years[0]} г. № {order.printed_number}"
    day = order.date
    return f"«{day:%d}» {MONTHS[day.month - 1]} {day.year} г. № {order.printed_number}"
