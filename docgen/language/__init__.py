"""Russian as orders use it: deadlines, indicators, declension. Pure."""
