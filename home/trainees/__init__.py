"""The trainees' door: the stay, its events, the city on one screen, help, the handout."""
