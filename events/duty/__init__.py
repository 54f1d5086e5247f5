"""The duty desk: where it is decided on the day whether something takes place."""
