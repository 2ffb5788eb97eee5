"""Properties of a whole database, each drawn example in an emptied one: few of them, as each takes a second."""

from hypothesis import HealthCheck, Phase, settings


def a_few(examples: int) -> settings:
    """So many examples, with nothing made smaller afterwards; the fixture `url` names the database to be emptied."""
    return settings(
        max_examples=examples,
        deadline=None,
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    )
