"""Asking for the password or a passkey again before a right is changed."""

from allauth.account.decorators import reauthentication_required

# Decorates a view that gives, changes or ends somebody's right. Its form is shown at once; sending it leads to «Är det
# du?» unless the person has answered that within settings.ACCOUNT_REAUTHENTICATION_TIMEOUT seconds, and what was sent
# is then carried out.
ask_again = reauthentication_required(allow_get=True)
