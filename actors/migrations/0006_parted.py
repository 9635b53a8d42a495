"""That somebody left a body is told among what was done."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0005_letters_carry_more"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="collaborationevent",
            name="collaboration_event_kind_is_known",
        ),
        migrations.AlterField(
            model_name="collaborationevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("joined", "tog med parten"),
                    ("left", "noterade att parten lämnar"),
                    ("turned_to", "visade som utanför samverkan"),
                    ("turned_from", "slutade visa som utanför samverkan"),
                    ("presented", "ändrade beskrivningen av"),
                    ("answers_for", "skrev in ett ansvarsområde"),
                    ("answers_no_more", "tog bort ett ansvarsområde"),
                    ("sent_again", "skickade en ny inbjudan till"),
                    ("withdrew", "återkallade inbjudan till"),
                    ("appointed", "lämnade över ett uppdrag till"),
                    ("stepped_down", "avslutade uppdraget som ersättare för"),
                    ("parted", "noterade att någon lämnar organisationen"),
                    ("drafted", "började på planen"),
                    ("copied", "gjorde ett utkast till ny version av planen"),
                    ("retitled", "ändrade titel, inledning eller tid för planen"),
                    ("wrote", "skrev i planen"),
                    ("moved", "ändrade ordningen i planen"),
                    ("took_away", "tog bort ur planen"),
                    ("adopted", "noterade att planen är antagen"),
                    ("threw_away", "kastade utkastet till planen"),
                ],
                help_text="Vad som gjordes.",
                max_length=16,
                verbose_name="vad",
            ),
        ),
        migrations.AddConstraint(
            model_name="collaborationevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "joined",
                            "left",
                            "turned_to",
                            "turned_from",
                            "presented",
                            "answers_for",
                            "answers_no_more",
                            "sent_again",
                            "withdrew",
                            "appointed",
                            "stepped_down",
                            "parted",
                            "drafted",
                            "copied",
                            "retitled",
                            "wrote",
                            "moved",
                            "took_away",
                            "adopted",
                            "threw_away",
                        ],
                    )
                ),
                name="collaboration_event_kind_is_known",
            ),
        ),
    ]
