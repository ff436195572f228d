"""Indicators (показатели): what a cell of an order asks for, as targets (docs/indicators.md)."""

from docgen.language.indicators.reading import Indicator, Target, parse_indicator

__all__ = ["Indicator", "Target", "parse_indicator"]
