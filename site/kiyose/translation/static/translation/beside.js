/* Puts the column of panels beside the editor; open where there is room for both. */
const column = document.querySelector(".beside__column");
const editor = document.querySelector(".js-translation-editor, #page-edit-form");

if (column?.children.length && editor) {
    const beside = document.createElement("div");
    beside.className = "beside";
    editor.before(beside);
    beside.append(editor, column);
    for (const panel of column.querySelectorAll("details")) {
        panel.open = window.matchMedia("(min-width: 75rem)").matches;
    }
}
