"""URL patterns by audience, collected from the subjects."""

from actors.founding import urls as founding
from actors.legal import urls as legal
from actors.letters import urls as letters
from actors.mandates import urls as mandates
from actors.partners import urls as partners
from actors.people import urls as people
from actors.plan import urls as plan
from actors.security_log import urls as security_log
from ostberga.lib.web.url_patterns import UrlPatterns

everyone: UrlPatterns = [  # residents, in every language
    *legal.everyone,
]
public: UrlPatterns = [  # below /<samverkan>/, in every language
    *partners.public,
    *plan.public,
]
staff: UrlPatterns = [  # people who sign in, Swedish only
    *people.staff,
    *founding.staff,
    *mandates.staff,
    *partners.staff,
    *letters.staff,
    *security_log.staff,
]
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    *partners.coordinator,
    *people.coordinator,
    *letters.coordinator,
    *plan.coordinator,
    *founding.coordinator,
]
