"""How long the checks of an order take, the first time and when its deadlines are known.

Run `python -m benchmarks.check_orders` from the root of the checkout. Times are of this process.
"""

from __future__ import annotations

import time

from docgen.checks import check_order
from docgen.models import Order
from docgen.regions import Region
from tests.checks.published import PUBLISHED, published

ROUNDS = 50


def seconds(order: Order, region: Region) -> float:
    """Seconds of this process for one check."""
    begun = time.process_time()
    check_order(order, region)
    return time.process_time() - begun


def main() -> None:
    """Print, for each published order, the first time and the best of fifty."""
    for code in PUBLISHED:
        order, region = published(code).order(published(code).values), published(code).region
        rows = sum(1 for annex in order.annexes for _item in annex.items())
        first = seconds(order, region)
        best = min(seconds(order, region) for _round in range(ROUNDS))
        print(f"{code}: {rows} rows, first {first * 1e3:.0f} ms, then {best * 1e3:.1f} ms")


if __name__ == "__main__":
    main()
