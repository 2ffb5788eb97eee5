"""What people choose in the stories: figures of groups, never of one person, and of no group that is too small."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from elearn.agencies import queries as agencies
from elearn.agencies.models import Agency, Employee, Placement
from elearn.agencies.rules import EVERYTHING, Visible
from elearn.content import queries as content
from elearn.content.modules import Module
from elearn.content.stories.scenes import Choice, Scenario, Scene, Verdict
from elearn.core.permissions import Actor, Permission
from elearn.scenarios import queries as scenarios
from elearn.scenarios.rules import Footfall

SMALLEST_GROUP = 5
"""Of fewer people no figures are shown, so that nobody can be guessed."""

NOBODY = Footfall(0, {})


@dataclass(frozen=True, slots=True)
class Line:
    """One choice of a scene, how many made it and what part of those who decided there; None where too few did."""

    scene: Scene
    choice: Choice
    people: int | None
    share: float | None


@dataclass(frozen=True)
class Figures:
    """What a group chose in a story when its people first played it."""

    scenario: Scenario
    footfall: Footfall

    @property
    def is_small(self) -> bool:
        """Whether the group is too small to be shown."""
        return self.footfall.people < SMALLEST_GROUP

    @property
    def lines(self) -> list[Line]:
        """Every choice of the story, scene by scene."""
        return [line for scene in self.scenario.scenes for line in self._lines(scene)]

    @property
    def shares(self) -> dict[tuple[str, str], float]:
        """The shares that may be shown, by (scene, choice)."""
        return {(line.scene.id, line.choice.id): line.share for line in self.lines if line.share is not None}

    @property
    def safe_share(self) -> float | None:
        """What part of all choices that count were safe; None for a small group, or before anybody has decided."""
        counted = [line for line in self.lines if line.people and line.choice.verdict is not Verdict.DISPUTED]
        total = sum(line.people or 0 for line in counted)
        safe = sum(line.people or 0 for line in counted if line.choice.verdict is Verdict.SAFE)
        return safe / total if total else None

    def _lines(self, scene: Scene) -> list[Line]:
        came = self.footfall.came_to(scene)
        if self.is_small or came < SMALLEST_GROUP:
            return [Line(scene, choice, None, None) for choice in scene.choices]
        made = [(choice, self.footfall.choices.get((scene.id, choice.id), 0)) for choice in scene.choices]
        return [Line(scene, choice, people, people / came) for choice, people in made]


def sight(actor: Actor) -> Visible:
    """Whose choices an actor may see summed up: everybody's for authors and auditors, else those within the scope."""
    if actor.has(Permission.CONTENT_ANY_READ):
        return EVERYTHING
    return agencies.visible_to(actor, Permission.REPORT_ANY_READ)


def people_of(day: date, *, visible: Visible, agency: Agency | None) -> Select[UUID] | None:
    """The accounts of who serves on a day within sight (and below an agency), as a statement; None for everybody."""
    if visible.all and agency is None:
        return None
    inside = [agencies.within(Agency.id, visible), *([] if agency is None else [agencies.below(agency)])]
    query = select(Employee.account_id).join(Placement, Placement.employee_id == Employee.id)
    return query.join(Agency, Agency.id == Placement.agency_id).where(agencies.covers(day), *inside)


def list_figures(accounts: Select[UUID] | None) -> list[tuple[Module, list[Figures]]]:
    """The figures of every story of the current modules."""
    modules = [module for _, module in content.list_current_modules() if module.scenarios]
    found = {module.slug: scenarios.list_footfalls(module.slug, accounts=accounts) for module in modules}
    return [
        (module, [Figures(each, found[module.slug].get(each.id, NOBODY)) for each in module.scenarios])
        for module in modules
    ]


def figures_of(
    slug: str, scenario: Scenario, accounts: Select[UUID] | None, publication_id: UUID | None = None
) -> Figures:
    """The figures of one story, over all versions of its module or of one."""
    found = scenarios.list_footfalls(slug, scenario_id=scenario.id, publication_id=publication_id, accounts=accounts)
    return Figures(scenario, found.get(scenario.id, NOBODY))
