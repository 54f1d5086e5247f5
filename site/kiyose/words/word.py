"""A word of the interface: what the code says, and where."""

from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass
class Word:
    """What one entry of a catalogue translates."""

    text: str
    context: str | None = None
    plural: str | None = None
    places: list[Place] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        """What gettext looks a word up by."""
        return self.context or "", self.text


Words = dict[tuple[str, str], Word]
