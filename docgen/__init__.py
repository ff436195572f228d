"""Orders, roadmaps and stage reports of Russian regional education authorities."""
