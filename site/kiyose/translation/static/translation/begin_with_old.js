// The old translation into the field, to be changed there: most of a sentence stays.

for (const button of document.querySelectorAll("button[data-copies]")) {
    const field = document.getElementById(button.dataset.into);
    const show = () => {
        button.hidden = field.value !== "";
    };
    button.addEventListener("click", () => {
        field.value = button.dataset.copies;
        // Wagtail's height, and its warning of what is not saved, follow the field's events.
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new Event("change", { bubbles: true }));
        field.focus();
    });
    field.addEventListener("input", show);
    show();
}
