/*
 * Copies a translation of a term at the press of a button, and brings the terms of the sentence
 * in work to the top.
 */
(() => {
    const offered = document.getElementById("glossary-offered");
    const editor = document.querySelector(".js-translation-editor");
    if (!offered || !editor) {
        return;
    }

    const said = offered.querySelector("[role=status]");
    const list = offered.querySelector("ul");
    const terms = [...list.children];
    const byLength = [...terms].sort((a, b) => b.dataset.term.length - a.dataset.term.length);

    for (const button of offered.querySelectorAll("[data-copy]")) {
        button.hidden = false;
        button.addEventListener("click", async () => {
            const copied = await copy(button.dataset.copy);
            said.textContent = copied ? said.dataset.copied : said.dataset.failed;
        });
    }

    // What is in work: where the cursor is, or what has just been opened.
    editor.addEventListener("focusin", (event) => showTermsOf(event.target));

    function showTermsOf(target) {
        const segment = target.closest("li.complete, li.incomplete, li.errored");
        const source = segment?.querySelector(":scope > p");
        if (!source) {
            return;
        }
        let text = folded(source.textContent);
        for (const term of byLength) {
            const key = folded(term.dataset.term);
            term.toggleAttribute("data-here", text.includes(key));
            // What is part of a longer term is no term of its own.
            text = text.replaceAll(key, "¶");
        }
        const here = terms.filter((term) => term.hasAttribute("data-here"));
        list.append(...here, ...terms.filter((term) => !here.includes(term)));
        offered.parentElement.scrollTop = 0;
    }

    /** As the server compares texts, as far as it matters for showing. */
    function folded(text) {
        return text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
    }

    async function copy(text) {
        try {
            await navigator.clipboard.writeText(text);
            return true;
        } catch {
            // Without HTTPS there is no clipboard: the old way.
            return copyFromField(text);
        }
    }

    function copyFromField(text) {
        const before = document.activeElement;
        const field = document.createElement("textarea");
        field.value = text;
        document.body.append(field);
        field.select();
        const copied = document.execCommand("copy");
        field.remove();
        before?.focus();
        return copied;
    }
})();
