"""A small register of what has happened in a world, and what each version must show of it: written from the rules.

It is pure: it sends nothing and takes nothing from the sandbox, which it is there to be compared with. What it is told
of are ids and times alone; everything else follows from what was done.
"""
