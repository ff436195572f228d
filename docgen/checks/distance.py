"""How many slips of the pen lie between two words."""

from __future__ import annotations


def distance(first: str, second: str, limit: int) -> int:
    """The least number of letters changed, added, dropped or swapped with their neighbour.

    Anything beyond `limit` is `limit + 1`.
    """
    if abs(len(first) - len(second)) > limit:
        return limit + 1
    above: list[int] = []
    row = list(range(len(second) + 1))
    for at, letter in enumerate(first):
        before, above, row = above, row, [at + 1]
        for other, opposite in enumerate(second):
            cost = min(above[other] + (letter != opposite), above[other + 1] + 1, row[other] + 1)
            if at and other and letter == second[other - 1] and first[at - 1] == opposite:
                cost = min(cost, before[other - 1] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)
