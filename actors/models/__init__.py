"""Models: people, organisations, the collaboration, its plan and its letters."""

from actors.models.account_change import AccountChange, FormerAddress
from actors.models.appointment import AppointmentProposal, CoordinatorAppointment
from actors.models.collaboration import Collaboration, FoundingCode
from actors.models.disposal import Disposal
from actors.models.former.addresses import FormerCollaborationAddress
from actors.models.former.names import FormerCollaborationName, FormerOrganisationName, FormerPersonName
from actors.models.former.successions import BodySuccession, SuccessionAnswer
from actors.models.helper_roles import HelperRole
from actors.models.history import CollaborationEvent
from actors.models.letters import DeadAddress, Letter
from actors.models.mandates import Mandate
from actors.models.organisations import BodyDescription, Organisation, Responsibility
from actors.models.partnership import Contact, ExternalAddressee, Partnership
from actors.models.people import Affiliation, Invitation, User
from actors.models.plan import FocusArea, Goal, Indicator, JointPlan
from actors.models.registries.addresses import RegistryAddressChange, RegistryEntry
from actors.models.registries.removals import RegistryRemoval, RegistryRemovalLink
from actors.models.security_event import SecurityEvent, SecurityLogTerm, SecuritySeal
from actors.models.sent_forms import KeptWords, SentForm

__all__ = [
    "AccountChange",
    "Affiliation",
    "AppointmentProposal",
    "BodyDescription",
    "BodySuccession",
    "Collaboration",
    "CollaborationEvent",
    "Contact",
    "CoordinatorAppointment",
    "DeadAddress",
    "Disposal",
    "ExternalAddressee",
    "FocusArea",
    "FormerAddress",
    "FormerCollaborationAddress",
    "FormerCollaborationName",
    "FormerOrganisationName",
    "FormerPersonName",
    "FoundingCode",
    "Goal",
    "HelperRole",
    "Indicator",
    "Invitation",
    "JointPlan",
    "KeptWords",
    "Letter",
    "Mandate",
    "Organisation",
    "Partnership",
    "RegistryAddressChange",
    "RegistryEntry",
    "RegistryRemoval",
    "RegistryRemovalLink",
    "Responsibility",
    "SecurityEvent",
    "SecurityLogTerm",
    "SecuritySeal",
    "SentForm",
    "SuccessionAnswer",
    "User",
]
