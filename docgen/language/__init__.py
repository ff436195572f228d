"""What Russian office texts say: deadlines, indicators, declension; pure, no clock and no files."""
