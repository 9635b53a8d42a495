"""Each model's rows can be taken out in some table, or there is a reason why not."""

from django.apps import apps

from reports.downloads.catalogue import TABLES
from tests.house.files import OUR_APPS

SECRET = "waits sealed for the next batch, or opens something"
FOLLOWERS = "who follows is told nobody (docs/privacy.md)"
ELSEWHERE = "a report goes out as PDF, Word and open data on its own pages"
OLD_NAMES = "decisions and minutes keep the name of their day"
# Models whose rows are in no table as rows of their own, each with why.
NOT_TAKEN_OUT = {
    "actors.AccountChange": SECRET,
    "actors.AppointmentProposal": "what became of it is in the table of coordinators and in the log",
    "actors.BodyDescription": "shown in one collaboration until the body writes its own; on the public page",
    "actors.BodySuccession": "the log tells of it",
    "actors.SuccessionAnswer": "the log tells of it",
    "actors.Collaboration": "its name stands in every file",
    "actors.DeadAddress": "addresses of followers are among them",
    "actors.Disposal": "the log tells of it",
    "actors.ExternalAddressee": "in the table of letters outside the collaboration",
    "actors.FormerAddress": "a keyed hash",
    "actors.FormerCollaborationAddress": "an address that leads on",
    **dict.fromkeys(
        ("actors.FormerCollaborationName", "actors.FormerPersonName", "dialogue.FormerIssueTitle"), OLD_NAMES
    ),
    "actors.FoundingCode": SECRET,
    "actors.SecurityLogTerm": "how long the security log is kept; the data-protection officer's",
    "dialogue.MeetingCall": "whom a call went to; in a group people have seats, not names",
    "actors.FormerOrganisationName": "decisions and minutes keep the name of their day",
    "actors.Invitation": "whoever accepted is in the table of people",
    "actors.KeptWords": SECRET,
    "actors.RegistryAddressChange": "the log tells of it",
    "actors.RegistryEntry": "the installation's, not a collaboration's",
    "actors.RegistryRemoval": "the installation's, not a collaboration's",
    "actors.RegistryRemovalLink": SECRET,
    "actors.SecurityEvent": "the data-protection officer's own file",
    "actors.SecuritySeal": "its last one stands in the data-protection officer's file",
    "actors.SentForm": SECRET,
    "dialogue.AgendaPoint": "in the table of meetings, as its agenda",
    "dialogue.Addition": "in the table of meetings",
    "dialogue.Approval": "in the table of meetings",
    "dialogue.CalendarFeed": SECRET,
    "dialogue.BetterAnswer": "published as spans with its activity (ADR 34)",
    "dialogue.BetterInvite": SECRET,
    "dialogue.BetterQuestion": "published with its activity",
    "dialogue.ConcernedBody": "in the table of issues",
    "dialogue.DecidedIssue": "in the table of decisions",
    "dialogue.Decider": "in the table of proposals",
    "dialogue.FollowedIssue": FOLLOWERS,
    "dialogue.Follower": FOLLOWERS,
    "dialogue.FormerGroupName": "minutes keep the name of their day",
    "dialogue.FormerIssueAddress": "an address that leads on",
    "dialogue.IssuePerspective": "in the table of issues",
    "dialogue.ItemWording": "earlier wordings of the minutes are the group's",
    "dialogue.MeetingReasons": "published with the minutes by a rule of its own (ADR 40)",
    "dialogue.News": "keys of what the other tables tell",
    "dialogue.OpenPositions": SECRET,
    "dialogue.PositionKey": SECRET,
    "dialogue.Prioritisation": "in the table of orders",
    "dialogue.ProcessStage": "the plan of a dialogue, on its public page; its names stand in the table of issues",
    "dialogue.ProcessStep": "the plan of a dialogue, on its public page",
    "dialogue.PromiseHandover": "which seat has a promise now; the minutes keep whose it was",
    "dialogue.PromiseOutcome": "in the table of minutes",
    "dialogue.Pulse": "published by a rule of its own (ADR 34)",
    "dialogue.PulseAnswer": "published by a rule of its own (ADR 34)",
    "dialogue.PulseInvite": SECRET,
    "dialogue.SettledPosition": "published with the proposal by a rule of its own (ADR 40)",
    "reports.Export": "what has been taken out; the security log tells of it",
    "reports.Reading": "a private link; its comments are in a table",
    "reports.Report": ELSEWHERE,
    "reports.ReportConnection": ELSEWHERE,
    "reports.ReportPerspective": ELSEWHERE,
    "reports.ReportQuote": ELSEWHERE,
    "reports.ReportTheme": ELSEWHERE,
    "reports.ReportVersion": ELSEWHERE,
    "surveys.AnswerImport": "would tell which answers came at once (docs/anonymity.md)",
    "surveys.BlankCount": "counts of small places (docs/anonymity.md)",
    "surveys.Burst": "weeks when very many answers came at once",
    "surveys.GuidingQuestion": "in the table of dialogues",
    "surveys.Heard": "how many of each role were in one conversation are few",
    "surveys.LargeImport": "a file that waits for a worker, a day or two",
    "surveys.ListImport": "what became of its rows is in their own tables",
    "surveys.Pile": "which coder has which texts; who coded is in the log of coding",
    "surveys.PiledText": "which coder has which texts; who coded is in the log of coding",
    "surveys.RememberedChoice": "how the columns of a file were read last time",
    "surveys.SecondChoice": "what a second coder thought; shown beside the first coding on the pile's page",
    "surveys.WaitingItem": SECRET,
    "surveys.WaitingKey": SECRET,
}


def all_models():
    return {model._meta.label for app in OUR_APPS[1:] for model in apps.get_app_config(app).get_models()}


def test_every_model_is_in_a_table_or_has_a_reason():
    told = {model._meta.label for table in TABLES.values() for model in table.models}

    assert all_models() - told - NOT_TAKEN_OUT.keys() == set()
    assert told & NOT_TAKEN_OUT.keys() == set()
    assert NOT_TAKEN_OUT.keys() - all_models() == set()


def test_an_address_names_one_table():
    assert len(TABLES) == len({table.title for table in TABLES.values()})
