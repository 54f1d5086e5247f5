"""A line of a file, before anybody knows what its columns mean."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Line:
    """number: as the spreadsheet counts; faults: by place, why the cell cannot be taken as
    it is; is_heading: one cell merged across the table, and nothing else."""

    number: int
    cells: list[str]
    faults: dict[int, str] = field(default_factory=dict)
    is_heading: bool = False

    @property
    def is_blank(self) -> bool:
        return not (any(self.cells) or self.faults)
