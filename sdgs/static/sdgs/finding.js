/* How marks are found by what somebody types. The other half is sdgs/picker.py. */

/** The text without width, case and kind of kana, as `simplify` in sdgs/picker.py does it. */
export function simplify(text) {
    return text
        .normalize("NFKC")
        .toLowerCase()
        .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

/** The codes in a line such as "8．3、 17", in order. */
export function codesIn(line) {
    return simplify(line).split(/[\s,;、]+/).filter(Boolean);
}

/** The number in "8", "8.", "8.3", "目標8" or "target8.3"; for any other word null. */
function numberIn(word) {
    const found = /^(?:goal|target|目標|ごーる|たーげっと)?(\d{1,2})(?:\.([\da-d]*))?$/.exec(word);
    return found && { goal: found[1], target: found[2] };
}

/** Those of the choices ({code, find}) in which every word that was typed is found. */
export function found(choices, typed) {
    const words = simplify(typed).split(/[\s,;、]+/).filter(Boolean);
    return choices.filter((choice) => words.every((word) => fits(choice, word)));
}

function fits(choice, word) {
    const number = numberIn(word);
    if (!number) {
        return choice.find.includes(word);
    }
    const [goal, target = ""] = choice.code.split(".");
    return goal === number.goal && target.startsWith(number.target ?? "");
}
