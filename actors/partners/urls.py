"""URL patterns by audience."""

from django.urls import path

from actors.partners.views import bodies, contacts, officials, own_words, partners, public_pages
from actors.permissions.asking_again import ask_again
from ostberga.lib.web.url_patterns import UrlPatterns

public: UrlPatterns = [  # below /<samverkan>/, in every language
    path("parter/", public_pages.partners, name="partners"),
]
staff: UrlPatterns = [  # people who sign in, Swedish only
    path("mitt/organisation/", officials.my_parts, name="my-parts"),
    path("mitt/organisation/<int:pk>/", officials.part, name="part"),
    path("mitt/organisation/<int:pk>/andra/", officials.part_edit, name="part-edit"),
    path("mitt/organisation/<int:pk>/bekrafta/", officials.part_confirm, name="part-confirm"),
    path("mitt/organisation/<int:pk>/ord/", own_words.own_words, name="part-words"),
    path("mitt/organisation/<int:pk>/dela/", own_words.share, name="part-share"),
    path("mitt/organisation/<int:pk>/ansvar/", own_words.area_new, name="part-area-new"),
    path("mitt/organisation/<int:pk>/ansvar/<int:area>/", own_words.area, name="part-area"),
    path("mitt/organisation/<int:pk>/ansvar/<int:area>/ta-bort/", own_words.area_end, name="part-area-end"),
]
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("parter/", partners.partners, name="partners"),
    path("parter/ny/", partners.join, name="partner-join"),
    path("parter/<int:pk>/", partners.partner, name="partner"),
    path("parter/om-samverkan/", partners.description, name="description"),
    path("parter/utanfor/", partners.addressee, name="addressee"),
    path("parter/utanfor/<int:pk>/ta-bort/", ask_again(partners.addressee_end), name="addressee-end"),
    path("parter/kontakter/", contacts.contacts, name="contacts"),
    path("parter/kontakter/<int:pk>/ta-bort/", contacts.contact_remove, name="contact-remove"),
    path("organisationer/ny/", bodies.organisation_new, name="organisation-new"),
    path("organisationer/<int:pk>/", bodies.organisation, name="organisation"),
    path("organisationer/<int:pk>/namn/", bodies.organisation_name, name="organisation-name"),
    path("organisationer/<int:pk>/ansvar/", bodies.responsibility_new, name="responsibility-new"),
    path("ansvar/<int:pk>/", bodies.responsibility, name="responsibility"),
    path("ansvar/<int:pk>/ta-bort/", bodies.responsibility_end, name="responsibility-end"),
]
