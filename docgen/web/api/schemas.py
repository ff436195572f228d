"""What the schemas of the interface share."""

from __future__ import annotations

from typing import Any

from marshmallow import RAISE, Schema

from docgen.services.kinds import MEDIA_TYPES

__all__ = ["MEDIA_TYPES", "Body", "file_answer"]


def file_answer(*media_types: str) -> dict[str, Any]:
    """How an operation describes that it answers with a file of one of these types."""
    content: dict[str, Any] = {media_type: {} for media_type in media_types}
    return {"200": {"description": "The file", "content": content}}


class Body(Schema):
    """A request's body: keys it does not know are refused, so that a slip of the pen is seen."""

    class Meta:
        """Strictness, and the order of keys as written."""

        unknown = RAISE
