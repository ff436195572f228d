"""Orders, roadmaps and stage reports of Russian regional education authorities."""

__version__ = "0.1.0"
