/* A button pressed while Wagtail's editor is saving by itself waits until that is done.
   The first of those savings makes the page. A form sent beside it would make the same page
   a second time; sent after it, it goes where the page now is. */
let saving = false;
let waiting = null; // the form that was to be sent, and by which button

document.addEventListener("w-autosave:save", (event) => {
    saving = !event.defaultPrevented;
});

for (const end of ["w-autosave:success", "w-autosave:error"]) {
    document.addEventListener(end, () => {
        saving = false;
        if (!waiting) return;
        const { form, button } = waiting;
        waiting = null;
        // What is sent now holds all that was typed: no further saving may follow it.
        form.setAttribute("data-w-autosave-active-value", "false");
        // Wagtail blocks a pressed button, and a blocked one does not say its name.
        if (button) button.disabled = false;
        form.requestSubmit(button);
    });
}

document.addEventListener(
    "submit",
    (event) => {
        if (!saving || !event.target.matches("[data-edit-form]")) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        waiting = { form: event.target, button: event.submitter };
    },
    true,
);
