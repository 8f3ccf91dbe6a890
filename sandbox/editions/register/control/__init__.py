"""The acts of the control API as Register has them. Each module answers operations of one tag."""
