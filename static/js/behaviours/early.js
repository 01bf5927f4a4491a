// In the first instants of a page, what keeps gestures on this device is not open yet. A tap then waits for it, a second
// or two; after that it goes as it would without. `begin(opened)` says when it is open, and hands over what takes gestures.

const FIRST_INSTANTS = 2000;

export function early(page, begin) {
  let keeper;
  const opening = new Promise(begin).then((found) => (keeper = found));
  const soon = () => Promise.race([opening, new Promise((late) => setTimeout(late, FIRST_INSTANTS))]);
  const held = new WeakSet();
  let going;
  page.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    // Whose page this is: somebody else may have signed in since, in another tab.
    ctx.request.headers["Fil-Person"] = page.body.dataset.person;
    if (keeper) return keeper.request(ctx);
    const plain = ctx.fetch;
    ctx.fetch = async (action, request) => {
      await soon();
      ctx.fetch = plain;
      keeper?.request(ctx);
      return (ctx.fetch ?? fetch).call(window, action, request);
    };
  });
  page.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || (window.htmx && form.hasAttribute("data-hx-post"))) return;
    if (keeper) return keeper.submit(event);
    if (form.method !== "post" || going === form) return;
    event.preventDefault();
    if (held.has(form)) return;
    held.add(form);
    await soon();
    held.delete(form);
    going = form;
    form.requestSubmit(submitter);
    going = null;
  });
}
