"""Proves that a change shows nobody anything new: keeps every response of one checkout, and holds another's against it.

Run in the checkout that is to answer, with the folder above this package on PYTHONPATH:

    python -m responses seed SEED              once, in the old checkout: a database, its files, and what to ask for
    python -m responses plan SEED              only decide anew what to ask for
    python -m responses capture SEED OUT       in any checkout: every response, as every kind of person
    python -m responses compare OLD NEW        what differs; ends with 1 if anything does

`compare --ignore-space` passes over white space, for lines of a template that are broken differently.

`capture --only REGEX` and `--sample N` ask a part of it (`--only jobs`: reports and letters), and `compare` then looks
at that part alone.

Of the checkout only what stays is imported: the settings, `ostberga.local`, the models and the names of tasks. `seed`
imports the tests' world too, and therefore belongs to the checkout that it was written for.

The same in every capture: the database and the files (the seed), the clock (it stands still), chance (os.urandom,
`random`, PostgreSQL's random()), counters, keys and passwords. Every question is rolled back, and the room it took
given back, so their order says nothing. Taken out when comparing: see `compare.same` and `pages.written`.
"""
