/** One element in the page, and a shadow root in it: no style gets in or out. */

/** What is typed and clicked in the form is not the page's: neither its hot keys nor its "clicked outside" hear it. */
const OURS = [
  ...["keydown", "keypress", "keyup", "beforeinput", "input", "paste", "copy", "cut", "drop", "dragover", "dragenter"],
  ...["pointerdown", "pointerup", "mousedown", "mouseup", "touchstart", "touchend", "click", "dblclick", "contextmenu"],
  ...["focusin", "focusout", "wheel"],
];

export function hostElement(): HTMLElement {
  const host = document.createElement("div");
  host.id = "bugspark-host"; // the original's
  host.setAttribute("data-lacewing", "");
  for (const type of OURS) host.addEventListener(type, (event) => event.stopPropagation(), { passive: true });
  document.body.append(host);
  return host;
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
