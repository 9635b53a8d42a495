"""Proves that a change shows nobody anything new: keeps every response of one checkout, and holds another's against it.

Run in the checkout that is to answer, with this package's parent folder on PYTHONPATH:

    python -m responses seed SEED              once, in the old checkout: a database, its files, and what to ask for
    python -m responses capture SEED OUT       in any checkout: every response, as every kind of person
    python -m responses compare OLD NEW        what differs; ends with 1 if anything does

Of the checkout only what stays is imported: the settings, `ostberga.local`, the models and the names of tasks. `seed`
imports the tests' world too, and therefore belongs to the checkout that it was written for.
"""
