"""Positions no longer name their seat, account and time: old ones are settled, those on drafts are sealed."""

import datetime as dt
import json
import random
import uuid
from collections import defaultdict
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

import ostberga.lib.privacy.encrypted
from ostberga.lib.privacy import sealing

LENGTH, SLOTS, MIN_SEATS = 2600, 8, 3
STANCES = ["consent", "reserved", "objection"]

TRIGGERS = """
SET CONSTRAINTS ALL IMMEDIATE;
CREATE TRIGGER only_on_drafts BEFORE INSERT ON dialogue_settledposition
  FOR EACH ROW EXECUTE FUNCTION dialogue_refuse_position_when_treated();
CREATE TRIGGER never_edited BEFORE UPDATE ON dialogue_settledposition
  FOR EACH ROW EXECUTE FUNCTION dialogue_refuse_edit('{}');
CREATE TRIGGER never_deleted BEFORE DELETE ON dialogue_settledposition
  FOR EACH ROW EXECUTE FUNCTION dialogue_refuse_delete();
CREATE TRIGGER never_edited BEFORE UPDATE ON dialogue_meetingreasons
  FOR EACH ROW EXECUTE FUNCTION dialogue_refuse_edit('{}');
CREATE TRIGGER locked BEFORE INSERT OR UPDATE OR DELETE ON dialogue_meetingreasons
  FOR EACH ROW EXECUTE FUNCTION dialogue_refuse_when_locked();
-- Rewritten by every batch: no samples of it, and no VACUUM that a batch would wait for.
ALTER TABLE dialogue_positionkey ALTER COLUMN proposal_id SET STATISTICS 0;
ALTER TABLE dialogue_positionkey ALTER COLUMN key SET STATISTICS 0;
ALTER TABLE dialogue_positionkey SET (autovacuum_enabled = false);
"""


def move(apps: Any, _schema: Any) -> None:
    """Settle the positions on treated proposals, seal those on drafts, and write the minutes' reasons."""
    given: dict[Any, list[Any]] = defaultdict(list)
    related = ("proposal", "seat", "meeting")
    for position in apps.get_model("dialogue", "Position").objects.select_related(*related).order_by("given_at", "pk"):
        given[position.proposal].append(position)
    for proposal, positions in given.items():
        is_draft = proposal.stands_since is None and proposal.withdrawn_at is None
        _keep_reasons(apps, proposal, positions, is_draft=is_draft)
        _seal(apps, proposal, positions) if is_draft else _settle(apps, proposal, positions)
    apps.get_model("dialogue", "GroupEvent").objects.filter(kind="took_stand").delete()


def _keep_reasons(apps: Any, proposal: Any, positions: list[Any], *, is_draft: bool) -> None:
    """Write the reasons given at each meeting, in time for its minutes; not yet while both can still change."""
    said: dict[Any, dict[int, Any]] = defaultdict(dict)
    for position in positions:
        meeting = position.meeting
        if meeting and (meeting.approved_on is None or _day(position) <= meeting.approved_on):
            said[meeting][position.seat_id] = position
    for meeting, latest in said.items():
        if len(latest) >= MIN_SEATS and (meeting.approved_on or not is_draft):
            reasons = [[position.stance, position.reason] for position in latest.values() if position.reason]
            reasons.sort(key=lambda row: (-STANCES.index(row[0]), row[1]))
            kept = {"meeting_id": meeting.pk, "proposal_id": proposal.pk, "reasons": reasons}
            apps.get_model("dialogue", "MeetingReasons").objects.create(**kept)


def _settle(apps: Any, proposal: Any, positions: list[Any]) -> None:
    settled = apps.get_model("dialogue", "SettledPosition")
    latest = {position.seat_id: position for position in positions}.values()
    rows = [
        settled(proposal_id=proposal.pk, role=given.seat.role, stance=given.stance, reason=given.reason)
        for given in latest
    ]
    random.SystemRandom().shuffle(rows)
    settled.objects.bulk_create(rows)


def _seal(apps: Any, proposal: Any, positions: list[Any]) -> None:
    """Seal as `dialogue.groups.open_positions` reads it: one of each seat and meeting, the latest last."""
    rows: dict[tuple[int, int | None], list[Any]] = {}
    for given in positions:
        rows.pop((given.seat_id, given.meeting_id), None)
        rows[given.seat_id, given.meeting_id] = [given.seat_id, given.meeting_id, given.stance, given.reason]
    content = json.dumps([*rows.values()], ensure_ascii=False).encode()
    # Room for each, and for more where an old reason is longer than what is accepted now.
    room = max(len(rows), -(-len(content) // LENGTH))
    key, length = sealing.new_key(), LENGTH * (room + -room % SLOTS)
    sealed = sealing.seal(key, content, length=length, purpose=str(proposal.pk))
    apps.get_model("dialogue", "PositionKey").objects.create(proposal_id=proposal.pk, key=key)
    apps.get_model("dialogue", "OpenPositions").objects.create(proposal_id=proposal.pk, sealed=sealed)


def _day(position: Any) -> dt.date:
    return timezone.localdate(position.given_at)


class Migration(migrations.Migration):

    dependencies = [
        ('dialogue', '0009_former_addresses'),
    ]

    operations = [
        migrations.CreateModel(
            name='OpenPositions',
            fields=[
                ('proposal', models.OneToOneField(help_text='Förslaget.', on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='open_positions', serialize=False, to='dialogue.proposal')),
                ('sealed', models.BinaryField(help_text='Vilken plats som sagt vad, krypterat under förslagets nyckel; så långt att längden inget säger.', verbose_name='förseglat')),
            ],
            options={
                'verbose_name': 'öppna ställningstaganden',
                'verbose_name_plural': 'öppna ställningstaganden',
            },
        ),
        migrations.CreateModel(
            name='PositionKey',
            fields=[
                ('proposal', models.OneToOneField(help_text='Förslaget.', on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='position_key', serialize=False, to='dialogue.proposal')),
                ('key', ostberga.lib.privacy.encrypted.EncryptedTextField(help_text='Låser ställningstagandena tills gruppen har behandlat förslaget.', verbose_name='nyckel')),
            ],
            options={
                'verbose_name': 'nyckel till ställningstaganden',
                'verbose_name_plural': 'nycklar till ställningstaganden',
            },
        ),
        migrations.AlterField(
            model_name='groupevent',
            name='kind',
            field=models.CharField(choices=[('formed', 'bildade gruppen'), ('described', 'ändrade gruppens uppdrag eller frågor'), ('ended', 'avslutade gruppen'), ('seated', 'lade till platsen'), ('invited', 'bjöd in till platsen'), ('left', 'avslutade platsen'), ('chaired', 'utsåg ordförande'), ('planned', 'planerade mötet'), ('called', 'skickade kallelsen'), ('cancelled', 'ställde in mötet'), ('opened', 'öppnade protokollet'), ('ready', 'lämnade protokollet för justering'), ('reopened', 'tog tillbaka protokollet'), ('approved', 'justerade protokollet'), ('added', 'skrev ett tillägg'), ('told', 'berättade hur ett åtagande gick'), ('proposed', 'skrev förslaget'), ('stood', 'skrev in att gruppen står bakom'), ('withdrew', 'tog tillbaka förslaget'), ('ordered', 'skrev in en prioritering')], help_text='Vad som gjordes.', max_length=10, verbose_name='vad'),
        ),
        migrations.CreateModel(
            name='MeetingReasons',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, help_text='Slumpat.', primary_key=True, serialize=False)),
                ('reasons', models.JSONField(default=list, help_text='Par av ställningstagande och skäl, i bokstavsordning, utan roll.', verbose_name='skälen')),
                ('meeting', models.ForeignKey(help_text='Mötet.', on_delete=django.db.models.deletion.CASCADE, related_name='reasons', to='dialogue.meeting')),
                ('proposal', models.ForeignKey(help_text='Förslaget.', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='dialogue.proposal')),
            ],
            options={
                'verbose_name': 'skäl vid ett möte',
                'verbose_name_plural': 'skäl vid ett möte',
                'ordering': ['proposal__written_at', 'proposal'],
            },
        ),
        migrations.CreateModel(
            name='SettledPosition',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, help_text='Slumpat.', primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('resident', 'boende'), ('elected', 'förtroendevald'), ('official', 'tjänsteperson')], help_text='Platsens roll.', max_length=10, verbose_name='roll')),
                ('stance', models.CharField(choices=[('consent', 'samtycke'), ('reserved', 'samtycke med förbehåll'), ('objection', 'invändning')], help_text='Ja, ja om, eller nej.', max_length=10, verbose_name='ställningstagande')),
                ('reason', models.TextField(blank=True, help_text='Skälet, som det följer med förslaget. Inga namn.', verbose_name='varför')),
                ('proposal', models.ForeignKey(help_text='Förslaget.', on_delete=django.db.models.deletion.CASCADE, related_name='positions', to='dialogue.proposal')),
            ],
            options={
                'verbose_name': 'ställningstagande',
                'verbose_name_plural': 'ställningstaganden',
                'ordering': ['pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='meetingreasons',
            constraint=models.UniqueConstraint(fields=('meeting', 'proposal'), name='reasons_once_per_meeting'),
        ),
        migrations.AddConstraint(
            model_name='settledposition',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['resident', 'elected', 'official'])), name='settled_position_role_is_known'),
        ),
        migrations.AddConstraint(
            model_name='settledposition',
            constraint=models.CheckConstraint(condition=models.Q(('stance__in', ['consent', 'reserved', 'objection'])), name='settled_position_stance_is_known'),
        ),
        migrations.AddConstraint(
            model_name='settledposition',
            constraint=models.CheckConstraint(condition=models.Q(('stance', 'consent'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='settled_position_with_reason'),
        ),
        migrations.RunPython(move),
        migrations.RunSQL(TRIGGERS),
        migrations.DeleteModel(
            name='Position',
        ),
    ]
