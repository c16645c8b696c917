/** One element in the page, and a shadow root in it: no style gets in or out. */

/** What is typed and clicked in the form is not the page's: neither its hot keys nor its "clicked outside" hear it. */
const OURS = [
  ...["keydown", "keypress", "keyup", "beforeinput", "input", "paste", "copy", "cut", "drop", "dragover", "dragenter"],
  ...["pointerdown", "pointerup", "mousedown", "mouseup", "touchstart", "touchend", "click", "dblclick", "contextmenu"],
  ...["focusin", "focusout", "wheel"],
];

/** A page that puts it out again and again shall have its way. */
const MOST_RETURNS = 20;

/** In the page as soon as it has a body, and in the next one when a page replaces it. `leave` takes it out for good. */
export function hostElement(): { readonly host: HTMLElement; readonly leave: () => void } {
  const host = document.createElement("div");
  host.id = "bugspark-host"; // the original's
  host.setAttribute("data-lacewing", "");
  for (const type of OURS) host.addEventListener(type, (event) => event.stopPropagation(), { passive: true });
  let returns = 0;
  const enter = () => {
    if (!host.isConnected && returns++ < MOST_RETURNS) document.body?.append(host);
    if (document.body) watch.observe(document.body, { childList: true });
  };
  const watch = new MutationObserver(enter);
  watch.observe(document.documentElement, { childList: true });
  enter();
  return { host, leave: () => (watch.disconnect(), host.remove()) };
}

/** Pages put everything but their own dialog out of reach while it is open; a form that is opened over it is not meant. */
export function reachable(host: HTMLElement): void {
  for (const name of ["inert", "aria-hidden"]) host.removeAttribute(name);
}

export function rootIn(host: HTMLElement, sheet: string): HTMLElement {
  const root = document.createElement("div");
  root.className = "root";
  host.attachShadow({ mode: "open" }).append(root);
  adopt(root, sheet);
  return root;
}

/** Adopted, since a page's policy may forbid <style>. */
export function adopt(root: HTMLElement, text: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  const shadow = root.getRootNode() as ShadowRoot;
  shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
}
