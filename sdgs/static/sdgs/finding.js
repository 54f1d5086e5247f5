/* How marks are found by what somebody types. The other half is sdgs/picker.py. */

/** The text without width, case and kind of kana, as `simplify` in sdgs/picker.py does it. */
export function simplify(text) {
    return text
        .normalize("NFKC")
        .toLowerCase()
        .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

function wordsIn(text) {
    return text.split(/[\s,;、]+/).filter(Boolean);
}

/** The codes in a line such as "8．3、 17", in order. */
export function codesIn(line) {
    return wordsIn(simplify(line));
}

/** "8", "8." and "8.3" name marks by number; any other word gives null. */
function numberIn(word) {
    const number = /^(\d{1,2})(?:\.([\da-d]*))?$/.exec(word);
    return number && { goal: number[1], target: number[2] ?? "" };
}

function fits(choice, word) {
    const number = numberIn(word);
    if (!number) {
        return choice.find.includes(word);
    }
    const [goal, target = ""] = choice.code.split(".");
    return goal === number.goal && target.startsWith(number.target);
}

/** The same choices, those first whose goal was found most often: who types "jobs" means
    goal 8 rather than the one target of goal 4 that is about skills for jobs. */
function likeliestFirst(choices) {
    const goalOf = (choice) => choice.code.split(".")[0];
    const count = {};
    for (const choice of choices) {
        count[goalOf(choice)] = (count[goalOf(choice)] ?? 0) + 1;
    }
    return choices.sort((one, other) => count[goalOf(other)] - count[goalOf(one)]);
}

/** Those of the choices ({code, find}) in which every word that was typed is found. */
export function found(choices, typed) {
    // "目標8" and "goal 8" mean 8.
    const plain = simplify(typed).replace(/(?:goal|target|目標|ごーる|たーげっと)\s*(?=\d)/g, "");
    const words = wordsIn(plain);
    return likeliestFirst(choices.filter((choice) => words.every((word) => fits(choice, word))));
}
