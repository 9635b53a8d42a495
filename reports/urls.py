"""URL patterns by audience, collected from the subjects."""

from ostberga.lib.web.url_patterns import UrlPatterns
from reports.composing import urls as composing
from reports.downloads import urls as downloads
from reports.practice import urls as practice
from reports.printouts import urls as printouts
from reports.publishing import urls as publishing
from reports.readings import urls as readings

everyone: UrlPatterns = [  # residents, in every language
    *readings.everyone,
]
public: UrlPatterns = [  # below /<samverkan>/, in every language
    *publishing.public,
    *printouts.public,
]
staff: UrlPatterns = [  # people who sign in, Swedish only
    *printouts.staff,
]
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    *readings.coordinator,
    *publishing.coordinator,
    *printouts.coordinator,
    *composing.coordinator,
    *downloads.coordinator,
    *practice.coordinator,
]
