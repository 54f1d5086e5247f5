"""What the city does: projects, their figures, and the list that finds them."""
