"""The shape of what officers and authors type about concessions, outages, reports and rulings."""

from collections.abc import Mapping
from typing import Any

from wtforms import DateTimeField

from elearn.assessment.rules import Cause, Decision, Outcome, ReportKind
from elearn.core.fields import (
    ChoiceField,
    Form,
    LongTextField,
    ManyChoiceField,
    NumberField,
    RadioChoiceField,
    TextField,
    between,
    length,
    optional,
    required,
)
from elearn.core.speech import say, term
from elearn.quiz.grading import RulingKind

CAUSES = {cause.value: cause.words for cause in Cause}
MOST_ATTEMPTS, MOST_MINUTES = 5, 240
FORMATS = ["%Y-%m-%dT%H:%M", "%d-%m-%Y %H.%M", "%d-%m-%Y %H:%M"]
RULINGS = {
    RulingKind.KEY.value: say("Kuncinya lain: jawaban yang dipilih di bawah ini yang tepat"),
    RulingKind.DROPPED.value: say("Soal gugur: tidak dihitung bagi siapa pun"),
    RulingKind.ALL_RIGHT.value: say("Semua benar: setiap orang yang mendapat soal ini memperoleh nilainya"),
}


class MomentField(DateTimeField):
    """A day and a time of day by the clocks of the regency, from the browser's picker or typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, format=FORMATS, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the moment or complain in Indonesian."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(say("Tulis tanggal dan jam, misalnya 22-11-2026 09.30.")) from None


class SearchForm(Form):
    """Whom to look for."""

    class Meta:
        csrf = False

    cari = TextField(say("Nama atau NIP"), [optional(), length(max=100)])


class ConcessionForm(Form):
    """What is allowed to somebody in which quiz, and why."""

    module = ChoiceField(say("Kuis"), [required()])
    extra_attempts = NumberField(say("Tambahan kesempatan"), [optional(), between(0, MOST_ATTEMPTS)])
    extra_minutes = NumberField(say("Tambahan menit pada setiap percobaan"), [optional(), between(0, MOST_MINUTES)])
    cause = RadioChoiceField(term("cause", "Sebab"), [required(say("Pilih sebabnya."))], choices=CAUSES)
    reason = TextField(say("Alasan"), [required(), length(max=300)])

    def __init__(self, *args: Any, modules: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.module.choices = dict(modules)


class ReopenForm(Form):
    """How long somebody may go on with a closed attempt, and why."""

    minutes = NumberField(say("Waktu dalam menit"), [required(), between(1, MOST_MINUTES)])
    cause = RadioChoiceField(term("cause", "Sebab"), [required(say("Pilih sebabnya."))], choices=CAUSES)
    reason = TextField(say("Alasan"), [required(), length(max=300)])


class OutageForm(Form):
    """From when to when which quiz could not be answered, and why."""

    since = MomentField(term("time", "Mulai"), [required()])
    until = MomentField(term("time", "Selesai"), [required()])
    module = ChoiceField(say("Kuis"), [optional()])
    reason = TextField(say("Sebab gangguan"), [required(), length(max=300)])

    def __init__(self, *args: Any, modules: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.module.choices = {"": say("Semua kuis"), **modules}


class ReportForm(Form):
    """What is wrong with a question."""

    kind = RadioChoiceField(
        say("Apa yang Anda temukan?"),
        [required(say("Pilih salah satu."))],
        choices={kind.value: kind.words for kind in ReportKind},
    )
    sentence = LongTextField(say("Jelaskan dengan kata-kata Anda"), [required(), length(max=1000)])


class AnswerForm(Form):
    """What is answered to those who reported a question."""

    outcome = RadioChoiceField(
        say("Keputusan"),
        [required(say("Pilih keputusannya."))],
        choices={each.value: each.words for each in (Outcome.MENDED, Outcome.EXPLAINED)},
    )
    answer = LongTextField(say("Jawaban untuk pelapor"), [required(), length(max=1000)])


class RulingForm(Form):
    """What is decided about a question; the key itself is drawn as on the quiz page."""

    kind = RadioChoiceField(say("Putusan"), [required(say("Pilih putusannya."))], choices=RULINGS)
    reason = LongTextField(say("Alasan"), [required(), length(max=500)])


class DecisionForm(Form):
    """Whether a result stays passed, and why."""

    decision = RadioChoiceField(
        say("Keputusan"),
        [required(say("Pilih keputusannya."))],
        choices={each.value: each.words for each in Decision},
    )
    reason = LongTextField(say("Alasan"), [required(), length(max=300)])


class DecisionsForm(DecisionForm):
    """Which results are decided alike; none is chosen beforehand."""

    results = ManyChoiceField(say("Hasil yang diputuskan"), [required(say("Pilih hasil yang diputuskan."))])

    def __init__(self, *args: Any, cases: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.results.choices = dict(cases)
