/* The picker of SDGs marks (sdgs/widgets.py): chosen marks in order, a search, 17 tiles.
   The line of codes that the form sends is the truth; all else is drawn from it. */
import { codesIn, found } from "./finding.js";

class MarksPicker extends window.StimulusModule.Controller {
    static targets = [
        "plain", "all", "shell", "row",
        "chosen", "empty", "find", "count", "found", "tiles", "said",
    ];

    static values = { says: Object };

    initialize() {
        this.line = this.element.querySelector("input");
        this.codes = codesIn(this.line.value);
        this.readChoices();
        this.allTarget.before(this.shellTarget.content.cloneNode(true));
        this.makePanels();
        this.makeTiles();
        this.plainTargets.forEach((plain) => { plain.hidden = true; });
        this.line.hidden = true;
        this.label();
        this.listen();
        this.draw();
    }

    /* --- What there is to choose ------------------------------------------------------- */

    readChoices() {
        this.choices = [...this.allTarget.querySelectorAll("[data-code]")].map((item) => ({
            code: item.dataset.code,
            goal: item.dataset.code.split(".")[0],
            find: item.dataset.find,
            item,
        }));
        this.byCode = new Map(this.choices.map((choice) => [choice.code, choice]));
    }

    /** The tile, code and names of a mark, for a row or an option. */
    wordsOf(code) {
        const choice = this.byCode.get(code);
        if (!choice) {
            const words = document.createElement("span");
            words.textContent = `${code} ${this.saysValue.unknown}`;
            return [words];
        }
        return [".marks-picker__code", ".marks-picker__names"].map((part) =>
            choice.item.querySelector(part).cloneNode(true));
    }

    nameOf(code) {
        const name = this.byCode.get(code)?.item.querySelector(".marks-picker__name").textContent;
        return `${code} ${name ?? this.saysValue.unknown}`;
    }

    /** The label of the form field stands for the whole picker. */
    label() {
        const label = document.querySelector(`label[for="${this.line.id}"]`);
        this.element.setAttribute("role", "group");
        if (label) {
            this.element.setAttribute("aria-label", label.textContent.trim());
            label.htmlFor = this.findTarget.id;
        }
        for (const name of ["aria-describedby", "aria-invalid"]) {
            if (this.line.hasAttribute(name)) {
                this.findTarget.setAttribute(name, this.line.getAttribute(name));
            }
        }
    }

    listen() {
        this.chosenTarget.addEventListener("click", (event) => this.pressInRow(event));
        this.findTarget.addEventListener("input", () => this.search());
        this.findTarget.addEventListener("keydown", (event) => this.keyInSearch(event));
        // The focus stays where one types.
        this.foundTarget.addEventListener("mousedown", (event) => event.preventDefault());
        this.foundTarget.addEventListener("click", (event) => this.pressOption(event));
        this.tilesTarget.addEventListener("click", (event) => this.pressTile(event));
        this.tilesTarget.addEventListener("keydown", (event) => this.keyInTiles(event));
        for (const panel of this.panels.values()) {
            panel.addEventListener("change", (event) => this.toggle(event.target.value));
            panel.addEventListener("keydown", (event) => this.keyInPanel(event));
        }
    }

    /* --- Choosing ---------------------------------------------------------------------- */

    /** Bring a new order into the line of codes, tell the form, and say what happened. */
    change(codes, said, mark, place) {
        this.codes = codes;
        this.line.value = codes.join(", ");
        // Wagtail saves by itself and warns of unsaved changes when it hears these.
        for (const name of ["input", "change"]) {
            this.line.dispatchEvent(new Event(name, { bubbles: true }));
        }
        this.draw();
        this.saidTarget.textContent = this.says(said, { mark: this.nameOf(mark), place });
    }

    toggle(code) {
        if (this.codes.includes(code)) {
            this.change(this.codes.filter((other) => other !== code), "removed", code);
        } else {
            const said = this.codes.length ? "added" : "addedFirst";
            this.change([...this.codes, code], said, code, this.codes.length + 1);
        }
    }

    pressInRow(event) {
        const button = event.target.closest("[data-does]");
        if (!button) return;
        const from = [...this.chosenTarget.children].indexOf(button.closest("li"));
        const { does } = button.dataset;
        const code = this.codes[from];
        const codes = this.codes.filter((_code, place) => place !== from);
        if (does === "remove") {
            this.change(codes, "removed", code);
            this.focusRow(Math.min(from, codes.length - 1), "remove");
            return;
        }
        const to = { moveFirst: 0, moveUp: from - 1, moveDown: from + 1 }[does];
        codes.splice(to, 0, code);
        this.change(codes, to === 0 ? "movedFirst" : "moved", code, to + 1);
        this.focusRow(to, does);
    }

    /** The same button of a row; where it has none such, another one; without rows, the search. */
    focusRow(place, does) {
        const row = this.chosenTarget.children[place];
        const button = row && (row.querySelector(`[data-does=${does}]:not([hidden])`)
            ?? row.querySelector("[data-does]:not([hidden])"));
        (button ?? this.findTarget).focus();
    }

    says(name, words) {
        return this.saysValue[name].replace(/\{(\w+)\}/g, (_all, word) => words[word]);
    }

    /* --- Drawing ----------------------------------------------------------------------- */

    draw() {
        this.chosenTarget.replaceChildren(...this.codes.map((code, place) => this.rowOf(code, place)));
        this.chosenTarget.hidden = !this.codes.length;
        this.emptyTarget.hidden = this.codes.length > 0;
        for (const { code, box } of this.choices) {
            box.checked = this.codes.includes(code);
        }
        for (const option of this.foundTarget.children) {
            option.setAttribute("aria-selected", this.codes.includes(option.dataset.code));
        }
        for (const tile of this.tilesTarget.children) {
            const count = this.codes.filter((code) => code.split(".")[0] === tile.dataset.goal).length;
            const badge = tile.querySelector(".marks-picker__badge");
            badge.hidden = !count;
            badge.firstChild.textContent = count;
            badge.lastChild.textContent = this.says("chosen", { count });
        }
    }

    rowOf(code, place) {
        const row = this.rowTarget.content.firstElementChild.cloneNode(true);
        const [goal] = code.split(".");
        row.classList.add(`mark--${goal}`);
        row.querySelector(".marks-picker__tile").textContent = this.byCode.has(code) ? goal : "?";
        row.querySelector(".marks-picker__mark").append(...this.wordsOf(code));
        row.querySelector(".marks-picker__main")?.toggleAttribute("hidden", place > 0);
        const useless = {
            moveFirst: place === 0,
            moveUp: place === 0,
            moveDown: place === this.codes.length - 1,
            remove: false,
        };
        for (const button of row.querySelectorAll("[data-does]")) {
            const { does } = button.dataset;
            const name = this.says(does, { mark: this.nameOf(code) });
            button.hidden = useless[does];
            button.setAttribute("aria-label", name);
            button.title = name;
        }
        return row;
    }

    /* --- The search -------------------------------------------------------------------- */

    search() {
        const typed = this.findTarget.value.trim();
        const choices = typed ? found(this.choices, typed) : [];
        this.foundTarget.replaceChildren(...choices.map((choice) => this.optionOf(choice)));
        this.foundTarget.hidden = !choices.length;
        this.findTarget.setAttribute("aria-expanded", choices.length > 0);
        this.tilesTarget.hidden = Boolean(typed);
        this.openPanel(typed ? null : this.openGoal);
        this.countTarget.textContent = !typed ? "" : choices.length
            ? this.says("found", { count: choices.length })
            : this.saysValue.nothingFound;
        this.activate(this.foundTarget.firstElementChild);
    }

    optionOf({ code, goal }) {
        const option = document.createElement("li");
        option.className = `marks-picker__option mark--${goal}`;
        option.id = `${this.foundTarget.id}-${code}`;
        option.dataset.code = code;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", this.codes.includes(code));
        const tile = document.createElement("span");
        tile.className = "marks-picker__tile";
        tile.setAttribute("aria-hidden", "true");
        tile.textContent = goal;
        option.append(tile, ...this.wordsOf(code));
        return option;
    }

    activate(option) {
        this.foundTarget.querySelector(".is-active")?.classList.remove("is-active");
        option?.classList.add("is-active");
        option?.scrollIntoView({ block: "nearest" });
        this.findTarget.setAttribute("aria-activedescendant", option?.id ?? "");
    }

    pressOption(event) {
        const option = event.target.closest("[role=option]");
        if (!option) return;
        this.activate(option);
        this.toggle(option.dataset.code);
    }

    keyInSearch(event) {
        // What is being composed (かな to 漢字) is not finished; its Enter is not ours.
        if (event.isComposing) return;
        const active = this.foundTarget.querySelector(".is-active");
        const { children } = this.foundTarget;
        const keys = {
            ArrowDown: () => this.activate(active?.nextElementSibling ?? children[0]),
            ArrowUp: () => this.activate(active?.previousElementSibling ?? children[children.length - 1]),
            Escape: () => this.endSearch(),
            Enter: () => {
                if (!active) return;
                this.toggle(active.dataset.code);
                // The next word replaces this one.
                this.findTarget.select();
            },
        };
        // An empty field has nothing to end; Enter never sends the form.
        if (!keys[event.key] || (event.key === "Escape" && !this.findTarget.value)) return;
        event.preventDefault();
        event.stopPropagation();
        keys[event.key]();
    }

    endSearch() {
        this.findTarget.value = "";
        this.search();
    }

    /* --- The tiles --------------------------------------------------------------------- */

    makePanels() {
        this.openGoal = null;
        this.panels = new Map();
        for (const panel of this.allTarget.querySelectorAll("[data-goal]")) {
            const { goal } = panel.dataset;
            panel.id = `${this.line.id}-goal-${goal}`;
            panel.setAttribute("role", "group");
            panel.setAttribute("aria-label", this.nameOf(goal));
            panel.hidden = true;
            this.panels.set(goal, panel);
            this.saidTarget.before(panel);
        }
        for (const choice of this.choices) {
            choice.box = document.createElement("input");
            choice.box.type = "checkbox";
            choice.box.value = choice.code;
            const label = document.createElement("label");
            label.append(choice.box, ...choice.item.childNodes);
            choice.item.append(label);
        }
    }

    makeTiles() {
        this.tilesTarget.append(...[...this.panels].map(([goal, panel], place) => {
            const tile = document.createElement("button");
            tile.type = "button";
            tile.className = `marks-picker__goal-button mark--${goal}`;
            tile.dataset.goal = goal;
            tile.tabIndex = place ? -1 : 0;
            tile.setAttribute("aria-expanded", "false");
            tile.setAttribute("aria-controls", panel.id);
            const number = document.createElement("span");
            number.className = "marks-picker__tile";
            number.textContent = goal;
            const name = panel.querySelector(".marks-picker__name").cloneNode(true);
            const badge = document.createElement("span");
            badge.className = "marks-picker__badge";
            badge.append(document.createElement("span"), document.createElement("span"));
            badge.firstChild.setAttribute("aria-hidden", "true");
            badge.lastChild.className = "marks-picker__spoken";
            tile.append(number, " ", name, " ", badge);
            return tile;
        }));
    }

    pressTile(event) {
        const tile = event.target.closest("button");
        if (!tile) return;
        this.openGoal = this.openGoal === tile.dataset.goal ? null : tile.dataset.goal;
        this.openPanel(this.openGoal);
        this.rove(tile);
        // Its beginning: a long panel as a whole would push the tiles out of sight.
        this.panels.get(this.openGoal)?.querySelector("li").scrollIntoView({ block: "nearest" });
    }

    openPanel(goal) {
        for (const [other, panel] of this.panels) {
            panel.hidden = other !== goal;
        }
        for (const tile of this.tilesTarget.children) {
            tile.setAttribute("aria-expanded", tile.dataset.goal === goal);
        }
    }

    closePanel() {
        const tile = this.tilesTarget.querySelector(`[data-goal="${this.openGoal}"]`);
        this.openGoal = null;
        this.openPanel(null);
        this.rove(tile);
    }

    /** One stop of the Tab key for all tiles: the one that was used last. */
    rove(tile) {
        for (const other of this.tilesTarget.children) {
            other.tabIndex = other === tile ? 0 : -1;
        }
        tile.focus();
    }

    keyInTiles(event) {
        const tiles = [...this.tilesTarget.children];
        const place = tiles.indexOf(event.target);
        const inRow = tiles.filter((tile) => tile.offsetTop === tiles[0].offsetTop).length;
        const to = {
            ArrowRight: place + 1,
            ArrowLeft: place - 1,
            ArrowDown: place + inRow,
            ArrowUp: place - inRow,
            Home: 0,
            End: tiles.length - 1,
        }[event.key];
        if (event.key === "Escape" && this.openGoal) {
            event.stopPropagation();
            this.closePanel();
        } else if (to !== undefined) {
            event.preventDefault();
            if (tiles[to]) this.rove(tiles[to]);
        }
    }

    keyInPanel(event) {
        const boxes = [...event.currentTarget.querySelectorAll("input")];
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (event.key === "Escape") {
            event.stopPropagation();
            this.closePanel();
        } else if (event.key === "Enter") {
            event.preventDefault(); // never sends the form
            event.target.click();
        } else if (step) {
            event.preventDefault();
            boxes[boxes.indexOf(event.target) + step]?.focus();
        }
    }
}

window.wagtail.app.register("marks-picker", MarksPicker);
