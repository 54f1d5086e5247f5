"""The interface words: found in the code, filled into catalogues, checked, compiled."""

import gettext
import os
import textwrap
from io import StringIO
from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from kiyose.words import packages
from kiyose.words.catalogues import catalogue_path, compile_catalogues
from kiyose.words.checking import check_catalogue
from kiyose.words.filling import fill_catalogue
from kiyose.words.languages import languages_with_words
from kiyose.words.sources import find_words
from kiyose.words.word import Place, Word


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


def words_of(*words: Word) -> dict:
    for word in words:
        word.places = word.places or [Place("app/views.py", 7)]
    return {word.key: word for word in words}


class TestFinding:
    def test_python(self, tmp_path):
        write(
            tmp_path / "app" / "views.py",
            """
            from django.utils.translation import gettext_lazy as _, ngettext, npgettext, pgettext

            title = _("Projects")
            title = _(
                "Two lines "
                "in one"
            )
            count = ngettext("%(n)d project", "%(n)d projects", 2)
            month = pgettext("calendar", "May")
            days = npgettext("calendar", "%(n)d day", "%(n)d days", 2)
            """,
        )
        found = find_words(tmp_path)
        assert [(w.context, w.text, w.plural) for w in found.values()] == [
            (None, "Projects", None),
            (None, "Two lines in one", None),
            (None, "%(n)d project", "%(n)d projects"),
            ("calendar", "May", None),
            ("calendar", "%(n)d day", "%(n)d days"),
        ]
        assert found["", "Projects"].places == [Place("app/views.py", 4)]

    def test_templates(self, tmp_path):
        write(
            tmp_path / "app" / "templates" / "app" / "page.html",
            """\
            {% load i18n %}
              <h1 title="{% translate "Goal" %}">日本語 ' " (</h1>
            <p>{{ _("Search") }}{% translate "May" context "calendar" %}</p>
                  <hr>
                {% blocktranslate count n=total trimmed %}
                  {{ n }} project
                {% plural %}
                  {{ n }} projects
                {% endblocktranslate %}
            """,
        )
        found = find_words(tmp_path)
        assert {(w.context, w.text, w.plural) for w in found.values()} == {
            (None, "Goal", None),
            (None, "Search", None),
            ("calendar", "May", None),
            (None, "%(n)s project", "%(n)s projects"),
        }
        assert found["", "Goal"].places == [Place("app/templates/app/page.html", 2)]

    def test_one_word_in_two_places(self, tmp_path):
        write(tmp_path / "a.py", '_("Goal")')
        write(tmp_path / "b.py", '\n_("Goal")')
        assert find_words(tmp_path)["", "Goal"].places == [Place("a.py", 1), Place("b.py", 2)]

    @pytest.mark.parametrize(
        "path",
        ["tests/test_app.py", ".venv/lib.py", "app/migrations/0001_initial.py", "app/words.html"],
    )
    def test_not_the_words_of_the_site(self, tmp_path, path):
        write(tmp_path / path, '_("Goal")')
        assert find_words(tmp_path) == {}


class TestFilling:
    def fill(self, path: Path, language: str, *words: Word) -> polib.POFile:
        fill_catalogue(path, language, words_of(*words))
        return polib.pofile(str(path))

    def test_new_words_wait_for_their_translation(self, tmp_path):
        catalogue = self.fill(
            tmp_path / "ja.po", "ja", Word("Goal"), Word("%(n)d", plural="%(n)ds")
        )
        assert [entry.msgid for entry in catalogue.untranslated_entries()] == ["%(n)d", "Goal"]
        assert catalogue.find("%(n)d").msgstr_plural == {0: ""}

    def test_english_says_what_the_code_says(self, tmp_path):
        catalogue = self.fill(
            tmp_path / "en.po", "en", Word("Goal"), Word("%(n)d", plural="%(n)ds")
        )
        assert catalogue.find("Goal").msgstr == "Goal"
        assert catalogue.find("%(n)d").msgstr_plural == {0: "%(n)d", 1: "%(n)ds"}

    def test_keeps_translations_and_drops_what_is_gone(self, tmp_path):
        path = tmp_path / "ja.po"
        catalogue = self.fill(path, "ja", Word("Goal"), Word("Old"))
        catalogue.find("Goal").msgstr = "ゴール"
        catalogue.find("Old").msgstr = "古い"
        catalogue.save(str(path))
        catalogue = self.fill(path, "ja", Word("Goal"), Word("New"))
        assert {e.msgid: e.msgstr for e in catalogue} == {"Goal": "ゴール", "New": ""}

    def test_the_order_of_the_code_does_not_change_the_file(self, tmp_path):
        self.fill(tmp_path / "1.po", "ja", Word("B"), Word("A", places=[Place("x.py", 1)]))
        self.fill(tmp_path / "2.po", "ja", Word("A", places=[Place("x.py", 99)]), Word("B"))
        assert (tmp_path / "1.po").read_bytes() == (tmp_path / "2.po").read_bytes()


GOOD = 'msgid "%(n)d goals"\nmsgstr "ゴール%(n)d件"\n'


class TestChecking:
    def check(self, tmp_path: Path, catalogue: str, *words: Word) -> list[str]:
        path = write(tmp_path / "django.po", 'msgid ""\nmsgstr ""\n\n' + catalogue)
        words = words or (Word("%(n)d goals"),)
        return [
            fault.replace(f"{path}", "ja.po") for fault in check_catalogue(path, words_of(*words))
        ]

    def test_a_good_one(self, tmp_path):
        assert self.check(tmp_path, GOOD) == []

    @pytest.mark.parametrize(
        ("catalogue", "fault"),
        [
            ("", "app/views.py:7: '%(n)d goals' is missing in ja.po"),
            (GOOD.replace("ゴール%(n)d件", ""), "ja.po:4: '%(n)d goals' is not translated"),
            ("#, fuzzy\n" + GOOD, "ja.po:4: '%(n)d goals' is marked as fuzzy"),
            (GOOD.replace("%(n)d件", "%(m)d件"), "has other placeholders in 'ゴール%(m)d件'"),
            (GOOD.replace("%(n)d件", ""), "has other placeholders in 'ゴール'"),
            (GOOD + '\nmsgid "Old"\nmsgstr "古い"\n', "ja.po:7: 'Old' is in no code any more"),
            (GOOD + '\n#~ msgid "Old"\n#~ msgstr "古い"\n', "'Old' is in no code any more"),
        ],
    )
    def test_each_fault_is_named(self, tmp_path, catalogue, fault):
        (line,) = self.check(tmp_path, catalogue)
        assert fault in line

    def test_a_plural_form_may_leave_the_number_out(self, tmp_path):
        plural = 'msgid "%(n)d goal"\nmsgid_plural "%(n)d goals"\nmsgstr[0] "ゴール"\n'
        word = Word("%(n)d goal", plural="%(n)d goals")
        assert self.check(tmp_path, plural, word) == []
        (line,) = self.check(tmp_path, plural.replace("ゴール", "%(m)d"), word)
        assert "has other placeholders" in line

    @pytest.mark.parametrize(("forms", "says"), [(1, "has 1 plural forms"), (2, ""), (3, "has 3")])
    def test_every_plural_form_of_the_language(self, tmp_path, forms, says):
        head = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        plural = 'msgid "%(n)d goal"\nmsgid_plural "%(n)d goals"\n'
        plural += "".join(f'msgstr[{n}] "%(n)d"\n' for n in range(forms))
        path = write(tmp_path / "django.po", head + plural)
        faults = list(check_catalogue(path, words_of(Word("%(n)d goal", plural="%(n)d goals"))))
        assert len(faults) == bool(says)
        assert says in "".join(faults)

    def test_a_plural_on_one_side_only(self, tmp_path):
        (line,) = self.check(tmp_path, GOOD, Word("%(n)d goals", plural="many"))
        assert "has a plural in the code or here, but not in both" in line

    def test_no_catalogue_at_all(self, tmp_path):
        (line,) = check_catalogue(tmp_path / "none.po", words_of(Word("Goal")))
        assert line.startswith("app/views.py:7: 'Goal' is missing")


class TestCompiling:
    def test_only_what_is_newer(self, tmp_path):
        source = catalogue_path(tmp_path, "ja")
        fill_catalogue(source, "ja", words_of(Word("Goal")))
        source.write_text(source.read_text().replace('Goal"\nmsgstr ""', 'Goal"\nmsgstr "ゴール"'))
        os.utime(source, (1_000_000, 1_000_000))
        target = source.with_suffix(".mo")
        assert compile_catalogues(tmp_path) == [target]
        assert compile_catalogues(tmp_path) == []
        os.utime(target, (1, 1))
        assert compile_catalogues(tmp_path) == [target]
        with target.open("rb") as file:
            assert gettext.GNUTranslations(file).gettext("Goal") == "ゴール"
        assert sorted(path.name for path in target.parent.iterdir()) == ["django.mo", "django.po"]


class TestFallback:
    """In a language from right to left that lacks the words."""

    WORDS = "No language has these words."
    KEPT_TOGETHER = f"\u2066{WORDS}\u2069"

    def test_words_keep_their_direction(self):
        with translation.override("ar"):
            assert translation.gettext(self.WORDS) == self.KEPT_TOGETHER
            assert translation.ngettext("one", self.WORDS, 2) == self.KEPT_TOGETHER

    def test_so_do_words_with_a_context(self):
        with translation.override("ar"):
            assert translation.pgettext("button", self.WORDS) == self.KEPT_TOGETHER
            assert translation.npgettext("button", "one", self.WORDS, 2) == self.KEPT_TOGETHER


class TestPackages:
    """What packages leave in English, and what they do not say any more."""

    @pytest.fixture
    def path(self, monkeypatch, settings, tmp_path):
        settings.LOCALE_PATHS = [tmp_path / "locale", tmp_path / "locale" / "packages"]
        words = words_of(Word("Translated there"), Word("Not translated there"))
        monkeypatch.setattr(packages, "package_words", lambda domain: words)
        monkeypatch.setattr(packages, "said_by_packages", lambda *_args: {("", "Translated there")})
        return catalogue_path(settings.LOCALE_PATHS[1], "ja")

    def faults(self, path) -> list[str]:
        return list(check_catalogue(path, packages.words_for_us(path, "ja", "django")))

    def test_what_a_package_leaves_in_english_is_missing(self, path):
        (fault,) = self.faults(path)
        assert "'Not translated there' is missing" in fault

    def test_what_no_package_says_any_more_is_left_over(self, path):
        write(path, 'msgid ""\nmsgstr ""\n\nmsgid "Gone"\nmsgstr "ない"\n')
        assert any("'Gone' is in no code any more" in fault for fault in self.faults(path))

    def test_a_better_word_than_the_package_has_is_ours(self, path):
        write(path, 'msgid ""\nmsgstr ""\n\nmsgid "Translated there"\nmsgstr "訳"\n')
        assert [fault for fault in self.faults(path) if "Translated" in fault] == []

    def test_only_installed_apps_are_read(self):
        places = {str(word.places[0]) for word in packages.package_words("django").values()}
        assert any(place.startswith("wagtail_localize/") for place in places)
        assert not any("styleguide" in place or "simple_translation" in place for place in places)


class TestCommands:
    """From the code to compiled words, in a project of its own."""

    @pytest.fixture(autouse=True)
    def project(self, settings, tmp_path):
        settings.ROOT = tmp_path
        settings.LOCALE_PATHS = [tmp_path / "locale"]
        settings.LANGUAGES = [("ja", "日本語"), ("en", "English"), ("ja-easy", "やさしい日本語")]
        write(tmp_path / "app" / "views.py", '_("Goal")')
        return tmp_path

    def run(self, command: str) -> str:
        output = StringIO()
        call_command(command, stdout=output, stderr=output)
        return output.getvalue()

    def test_the_whole_way(self, project):
        self.run("collect_words")
        with pytest.raises(CommandError, match="1 faults"):
            self.run("check_words")
        path = catalogue_path(project / "locale", "ja")
        catalogue = polib.pofile(str(path))
        catalogue.find("Goal").msgstr = "ゴール"
        catalogue.save(str(path))
        assert "1 interface words are complete" in self.run("check_words")
        assert self.run("compile_words").count("Compiled") == 2
        assert self.run("compile_words") == ""

    def test_variants_share_the_words_of_their_language(self):
        assert languages_with_words() == ["ja", "en"]
