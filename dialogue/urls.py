"""URL patterns by audience, collected from the subjects."""

from dialogue.activities import urls as activities
from dialogue.calendars import urls as calendars
from dialogue.decisions import urls as decisions
from dialogue.external import urls as external
from dialogue.followers import urls as followers
from dialogue.groups import urls as groups
from dialogue.history import urls as history
from dialogue.issues import urls as issues
from dialogue.leaving import urls as leaving
from dialogue.lists import urls as lists
from dialogue.meetings import urls as meetings
from dialogue.process import urls as process
from dialogue.public_texts import urls as public_texts
from dialogue.pulse import urls as pulse
from dialogue.staircase import urls as staircase
from dialogue.worklists import urls as worklists
from ostberga.lib.web.url_patterns import UrlPatterns

everyone: UrlPatterns = [  # residents, in every language
    *history.everyone,
    *followers.everyone,
    *meetings.everyone,
]
public: UrlPatterns = [  # below /<samverkan>/, in every language
    *history.public,
    *followers.public,
    *calendars.public,
    *activities.public,
    *groups.public,
    *meetings.public,
    *pulse.public,
]
staff: UrlPatterns = [  # people who sign in, Swedish only
    *activities.staff,
    *groups.staff,
    *meetings.staff,
    *pulse.staff,
    *worklists.staff,
    *calendars.staff,
    *decisions.staff,
    *lists.staff,
    *external.staff,
    *leaving.staff,
]
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    *history.coordinator,
    *activities.coordinator,
    *groups.coordinator,
    *meetings.coordinator,
    *pulse.coordinator,
    *worklists.coordinator,
    *decisions.coordinator,
    *process.coordinator,
    *public_texts.coordinator,
    *staircase.coordinator,
    *issues.coordinator,
    *external.coordinator,
    *leaving.coordinator,
    *lists.coordinator,
]
