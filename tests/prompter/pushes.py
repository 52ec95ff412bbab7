"""A hand that pushes the text on, as a wheel does."""


def nudge(reader, units):
    """Have the reader glide ``units`` on (negative: back); pushes add up."""
    reader.glide_to(reader.goal + units)
