/*
 * The checks of easy Japanese for the words that are being typed: in wagtail-localize's editor the
 * sentence in work, in the page editor the field in work. Asks the server (which saves nothing)
 * half a second after the last key; without this script the panel tells of the saved words.
 */
const PAUSE = 500;

const panel = document.querySelector("[data-easy-checks]");
const editor = document.querySelector(".js-translation-editor, #page-edit-form");

if (panel && editor) {
    const now = panel.querySelector("[data-now]");
    const said = panel.querySelector("[data-said]");
    const list = panel.querySelector("[data-findings]");
    const token = panel.querySelector("[name=csrfmiddlewaretoken]").value;
    let timer;
    let asked = 0;

    for (const event of ["input", "focusin", "keyup"]) {
        editor.addEventListener(event, ({ target }) => look(target));
    }

    function look(target) {
        const text = textOf(target);
        if (text === null) {
            return;
        }
        clearTimeout(timer);
        timer = setTimeout(() => ask(text), PAUSE);
    }

    /** The words of a field of words; null for anything else (a slug, a date, a search). */
    function textOf(target) {
        const rich = target.closest?.("[contenteditable=true]");
        if (rich) {
            return rich.innerText;
        }
        const isWords = target.matches?.("textarea, input[type=text]");
        if (!isWords || target.matches("[name=slug], [name=comment], [role=combobox]")) {
            return null;
        }
        return target.value;
    }

    async function ask(text) {
        const number = ++asked;
        let answer;
        try {
            const response = await fetch(panel.dataset.url, {
                method: "POST",
                headers: { "X-CSRFToken": token },
                body: new URLSearchParams({ text }),
            });
            answer = await response.json();
        } catch {
            answer = { error: said.dataset.failed };
        }
        // Only the newest words count, whichever answer comes last.
        if (number === asked) {
            show(answer);
        }
    }

    function show({ findings = [], error = "" }) {
        now.hidden = false;
        list.replaceChildren(...findings.map(entry));
        const warnings = findings.filter(({ severity }) => severity === "warning");
        said.textContent = error || (warnings.length ? "" : said.dataset.good);
    }

    function entry({ rule, severity, message, quote, suggestion }) {
        const isWarning = severity === "warning";
        const line = element("p", "easy-finding__message");
        line.append(
            element("strong", "", isWarning ? said.dataset.mend : said.dataset.note),
            ` ${message}`,
        );
        const place = element("p");
        place.append(japanese("q", quote.length > 60 ? `${quote.slice(0, 59)}…` : quote));
        if (suggestion) {
            const arrow = element("span", "", " → ");
            arrow.ariaHidden = "true";
            const label = element("span", "w-sr-only", said.dataset.suggestion);
            place.append(arrow, label, " ", japanese("ins", suggestion));
        }
        const kind = isWarning ? "easy-finding--warning" : "easy-finding--hint";
        const item = element("li", `easy-finding ${kind}`);
        item.append(line);
        // That kanji have no readings is said of the whole text.
        if (rule !== "no_furigana") {
            item.append(place);
        }
        return item;
    }

    function element(name, className = "", text = "") {
        const made = document.createElement(name);
        made.className = className;
        made.textContent = text;
        return made;
    }

    function japanese(name, text) {
        const made = element(name, "", text);
        made.lang = "ja";
        return made;
    }
}
