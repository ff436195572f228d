"""Smolensk Oblast. Source: приказ ГАУ ДПО СОИРО от 30.12.2021 № 245-ссл/г."""

from docgen.hookspecs import hookimpl
from docgen.language.declension import acquainted_word
from docgen.models import Order


@hookimpl
def acquaintance(order: Order) -> tuple[str, ...]:
    """Each person has a line of their own: «С приказом ознакомлен: Захаров С.П.»."""
    return tuple(f"С приказом {acquainted_word(name)}: {name}" for name in order.acquainted)
