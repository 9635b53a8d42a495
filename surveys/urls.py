"""URL patterns by audience, collected from each subject."""

from ostberga.lib.web.url_patterns import UrlPatterns
from surveys.codebook import urls as codebook
from surveys.coding import urls as coding
from surveys.collecting import urls as collecting
from surveys.fielding import urls as fielding
from surveys.importing import urls as importing
from surveys.lists import urls as lists
from surveys.piles import urls as piles
from surveys.questionnaire import urls as questionnaire

everyone: UrlPatterns = [  # residents, in every language
    *collecting.everyone,
]
public: UrlPatterns = [  # below /<samverkan>/, in every language
]
staff: UrlPatterns = [  # people who sign in, Swedish only
]
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    *collecting.coordinator,
    *questionnaire.coordinator,
    *fielding.coordinator,
    *importing.coordinator,
    *coding.coordinator,
    *piles.coordinator,
    *codebook.coordinator,
    *lists.coordinator,
]
