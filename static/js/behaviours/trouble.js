// A tap that was not saved says so, in words that the page already holds. What was typed stays where it is.

export function trouble(region) {
  const say = (name) => region.replaceChildren(document.getElementById(name).content.cloneNode(true));
  document.addEventListener("htmx:error", () => say("not-sent"));
  document.addEventListener("htmx:after:request", (event) => {
    const status = event.detail.ctx?.response?.status;
    if (status === 401 || status === 403) say("closed");
    else if (status < 400) region.replaceChildren();
  });
}
