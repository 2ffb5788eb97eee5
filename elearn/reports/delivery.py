"""What an address under /laporan leads to as a file: its table, its name, and the paper it is printed on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from elearn.agencies import queries as agencies
from elearn.agencies.models import Agency
from elearn.core.errors import NotFound
from elearn.core.permissions import Actor, Permission
from elearn.core.tables import Table
from elearn.reports import asking, catalogue, completion, papers
from elearn.reports.asking import Asked
from elearn.reports.catalogue import Chart, Report
from elearn.reports.papers import Paper
from elearn.reports.progress import FEW
from elearn.reports.queries import Listed
from elearn.reports.roll import Line

ROOT = "/laporan/"
COMPLETION = "ketuntasan"
OF_OPD = f"{COMPLETION}/opd/"
REGENCY = frozenset({"arahan", "jenis", "jabatan"})
AGENCY = REGENCY | {"tahap", "cari"}


@dataclass(frozen=True)
class Delivery:
    """A report as a file."""

    asked: Asked
    table: Table
    name: str
    brief: Table | None = None
    chart: Chart | None = None

    def paper(self) -> Paper:
        """The same on paper."""
        return papers.paper(self.table, self.asked, brief=self.brief, chart=self.chart)


def of(path: str, args: Mapping[str, str], reader: Actor) -> Delivery:
    """The report at an address, without the ending of its file; NotFound for none and for one that is not his."""
    slug = path.removeprefix(ROOT).rsplit(".", 1)[0]
    if slug == COMPLETION:
        return of_regency(args, reader)
    if slug.startswith(OF_OPD):
        return of_opd(slug.removeprefix(OF_OPD), args, reader)
    report = catalogue.BY_SLUG.get(slug)
    if report is None or not any(reader.has(each) for each in report.access):
        raise NotFound
    return of_report(report, args, reader)


def of_regency(args: Mapping[str, str], reader: Actor) -> Delivery:
    """Completion of all OPD."""
    _refuse(reader)
    asked = asking.asked(args, reader, known=REGENCY)
    table = completion.by_opd(asked)
    return Delivery(asked, table, f"{COMPLETION}-{asked.day}", chart=catalogue.lowest_first(table))


def of_opd(code: str, args: Mapping[str, str], reader: Actor) -> Delivery:
    """Completion of one agency, person by person."""
    _refuse(reader)
    asked = of_agency(asking.asked(args, reader, known=AGENCY), code)
    table = completion.by_person(lines(asked, chosen(asked)), asked)
    return Delivery(asked, table, f"{COMPLETION}-{code}-{asked.day}", brief=completion.in_short(table))


def of_report(report: Report, args: Mapping[str, str], reader: Actor) -> Delivery:
    """Any other report, whole."""
    asked = asking.asked(args, reader, known=report.known, permission=report.scope)
    table = report.whole(asked)
    chart = report.chart(table)
    return Delivery(asked, table, f"{report.slug}-{asked.day}", brief=report.brief(table), chart=chart)


def summary(opd: Agency | None, reader: Actor) -> Delivery:
    """Completion of the regency by OPD, or of an OPD by unit: figures without names."""
    asked = asking.asked({}, reader, known=frozenset())
    if opd is None:
        table = completion.by_opd(asked)
        return Delivery(asked, table, f"{COMPLETION}-{asked.day}", chart=catalogue.lowest_first(table))
    asked = replace(asked, agency=opd)
    table = completion.by_unit(asked, opd.id, asked.picture)
    return Delivery(asked, table, f"{COMPLETION}-{opd.code}-{asked.day}", chart=catalogue.lowest_first(table))


def of_agency(asked: Asked, code: str) -> Asked:
    """What was asked, of the agency with a code; NotFound."""
    return replace(asked, agency=agencies.get_agency(code, visible=asked.visible))


def chosen(asked: Asked) -> list[Listed] | None:
    """Who passes the filters of a list; None where there are none."""
    if not asked.stage and not asked.words:
        return None
    return completion.narrowed(asked.by_name.people, only=asked.stage, words=asked.words)


def lines(asked: Asked, people: Sequence[Listed] | None) -> list[Line]:
    """The people of a list in full, in its order; None for everybody."""
    if people is None:
        return asked.lines()
    ids = [each.who.employee_id for each in people]
    found = {line.person.employee_id: line for line in asked.lines(set(ids) if len(ids) <= FEW else None)}
    return [found[each] for each in ids]


def _refuse(reader: Actor) -> None:
    if not reader.has(Permission.REPORT_ANY_READ):
        raise NotFound
