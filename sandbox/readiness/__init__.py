"""What a client has done, and whether it is enough: judged from the requests that a world was sent, and nothing else.

Pure: requests go in one by one, a value comes out. `tally.py` adds them up, `points/` has what is looked for,
`report.py` what comes of it, `page.py` how it is printed. `changes.py` says which Register would answer otherwise.
"""
