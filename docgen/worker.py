"""The door for work in the background: takes jobs by their id and calls the service."""
