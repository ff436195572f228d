"""The boundary: files and forms become models here, or are refused with every problem named."""

from docgen.ondemand import patterns_on_demand

with patterns_on_demand("marshmallow", "yaml"):  # those of mail addresses alone take 50 ms
    import marshmallow as _marshmallow  # noqa: F401
    import yaml as _yaml  # noqa: F401
