"""What the schemas of the interface share."""

from __future__ import annotations

from typing import Any

from marshmallow import RAISE, Schema, fields

from docgen.services.kinds import MEDIA_TYPES

__all__ = ["ETAG", "LOCATION", "MEDIA_TYPES", "Body", "UploadedFile", "file_answer"]

ETAG = {
    "ETag": {
        "description": "The version that was read or made; goes back as If-Match",
        "schema": {"type": "string"},
        "example": '"17-3"',
    }
}
LOCATION = {
    "Location": {
        "description": "Where to look for it from now on",
        "schema": {"type": "string", "format": "uri-reference"},
    }
}
"""Headers of answers, as operations describe them."""


def file_answer(*media_types: str) -> dict[str, Any]:
    """How an operation describes that it answers with a file of one of these types."""
    content: dict[str, Any] = {media_type: {} for media_type in media_types}
    return {"200": {"description": "The file", "content": content}}


class Body(Schema):
    """A request's body: keys it does not know are refused, so that a slip of the pen is seen."""

    class Meta:
        """Strictness, and the order of keys as written."""

        unknown = RAISE


class UploadedFile(Schema):
    """A file, as multipart/form-data."""

    file: Any = fields.Raw(required=True, metadata={"type": "string", "format": "binary"})
