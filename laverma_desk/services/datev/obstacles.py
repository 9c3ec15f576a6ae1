"""What stands in the way of an export, all of it at once, each with what is to be done."""

from __future__ import annotations

from dataclasses import dataclass, replace

from laverma_desk.domain.errors import Rule, RuleBroken


@dataclass(frozen=True)
class Obstacle:
    """Why nothing can be exported: `explain` has the sentence for `error`.

    `customer_id` is whose record is to be mended, None where it is the settings or a document. `rows` are
    those of the files that it stands in.
    """

    error: RuleBroken
    customer_id: int | None = None
    rows: int = 1

    @property
    def kind(self) -> Rule:
        """Return the rule, by which a window groups and mends."""
        return self.error.code


class DatevRefused(RuleBroken):
    """Nothing was written: DATEV_OBSTACLES with their `count`; they are in `obstacles`."""

    def __init__(self, obstacles: tuple[Obstacle, ...]) -> None:
        """Keep what stands in the way."""
        super().__init__(Rule.DATEV_OBSTACLES, count=len(obstacles))
        self.obstacles = obstacles


class Obstacles:
    """Obstacles as they turn up; what one mending takes away stands there once, with the first row it met."""

    def __init__(self) -> None:
        """Begin with none."""
        self._found: dict[object, Obstacle] = {}

    def add(self, cause: object, error: RuleBroken, customer_id: int | None = None) -> None:
        """Take one; `cause` is the same for what is mended in one go."""
        known = self._found.get((error.code, cause))
        self._found[error.code, cause] = (
            replace(known, rows=known.rows + 1) if known else Obstacle(error, customer_id)
        )

    def all(self) -> tuple[Obstacle, ...]:
        """Return them in the order in which they turned up."""
        return tuple(self._found.values())
