"""Reading uploaded artwork: 17 square pictures, one for each goal, taken as they are.

The rules are those of the United Nations' guidelines of May 2020 (facts/sdgs.yml,
``un_rules``): not stretched, cropped, recoloured or redrawn; square; without the emblem.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import vocabulary

FORMATS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}
# Large enough for the head of a goal page on a fine screen; small enough for a phone's line.
SMALLEST_SIDE = 150
LARGEST_FILE = 500 * 1024
NUMBER = re.compile(r"\d+")


def goal_in(name: str) -> int | None:
    """The number of the goal in a file's name: the first number from 1 to 17, so that
    ``E-WEB-Goal-08.png`` and ``sdg_icon_08_ja_2.png`` are both goal 8."""
    numbers = (int(found) for found in NUMBER.findall(PurePath(name).stem))
    return next((number for number in numbers if number in vocabulary.goal_numbers()), None)


class ArtworkInput(forms.FileInput):
    allow_multiple_selected = True


class ArtworkField(forms.ImageField):
    """Cleans to the files by the number of their goal. Says of each file what is wrong."""

    widget = ArtworkInput

    def clean(self, data, initial=None) -> dict:
        files = [file for file in data or [] if file]
        errors: list[str] = []
        by_goal: dict = {}
        for file in files:
            name = file.name
            try:
                number, picture = self.clean_one(file)
            except ValidationError as error:
                errors += [f"{name}: {message}" for message in error.messages]
                continue
            if number in by_goal:
                errors.append(
                    f"{name}: " + _("goal %(number)d is here twice.") % {"number": number}
                )
            by_goal[number] = picture
        missing = set(vocabulary.goal_numbers()) - by_goal.keys()
        if files and not errors and missing:
            errors.append(
                _("No file for these goals: %(numbers)s.")
                % {"numbers": ", ".join(map(str, sorted(missing)))}
            )
        if errors:
            raise ValidationError(errors)
        return by_goal

    def clean_one(self, file):
        """The goal's number and the file, renamed to what it is; else ValidationError."""
        if file.size > LARGEST_FILE:
            raise ValidationError(_("larger than 500 KB."))
        picture = super().clean(file)
        ending = FORMATS.get(picture.image.format)
        if ending is None:
            raise ValidationError(_("neither PNG nor JPEG nor WebP."))
        width, height = picture.image.size
        if width != height:
            raise ValidationError(
                _("not square (%(width)d × %(height)d).") % {"width": width, "height": height}
            )
        if width < SMALLEST_SIDE:
            raise ValidationError(_("smaller than %(side)d pixels.") % {"side": SMALLEST_SIDE})
        number = goal_in(file.name)
        if number is None:
            raise ValidationError(_("no number of a goal from 1 to 17 in its name."))
        picture.name = f"goal-{number:02d}.{ending}"
        return number, picture


def labels_of_goals(language: str) -> dict:
    """The labels of the goals in a language, by the number of the goal."""
    from .models import MarkLabel

    labels = MarkLabel.objects.filter(language=language, mark__position=0)
    return {label.mark.goal_number: label for label in labels.select_related("mark")}
