// Goes on with a job that is worked on in requests, a few seconds each.
for (const form of document.querySelectorAll("form[data-goes-on]")) {
    window.setTimeout(() => form.requestSubmit(), 800);
}
