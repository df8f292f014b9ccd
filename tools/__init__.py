"""Programs that make files of this project; none of them ships."""
