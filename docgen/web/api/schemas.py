"""What the schemas of the interface share."""

from __future__ import annotations

from marshmallow import RAISE, Schema


class Body(Schema):
    """A request's body: keys it does not know are refused, so that a slip of the pen is seen."""

    class Meta:
        """Strictness, and the order of keys as written."""

        unknown = RAISE
