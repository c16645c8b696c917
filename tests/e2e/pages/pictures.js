// What the tests ask of the widget's parts, from within a page.

export async function take(parts, timeoutMs, rung = "capture") {
  const { [rung]: capture } = await import(parts[rung]);
  const before = document.documentElement.outerHTML;
  const host = document.body.appendChild(document.createElement("div"));
  host.className = "ours";
  try {
    const picture = await capture({ mask: [".secret", "((unreadable"], timeoutMs, without: host });
    host.remove();
    const isUntouched = document.documentElement.outerHTML === before;
    return { ...picture, type: picture.blob.type, blob: await read(picture.blob), isUntouched };
  } catch (fault) {
    return { fault: fault.code };
  } finally {
    host.remove();
  }
}

export function refuseShare() {
  navigator.mediaDevices.getDisplayMedia = () => Promise.reject(new DOMException("No", "NotAllowedError"));
}

/** `bytes` in base64, as a visitor's file of that type. */
export async function readFile(parts, type, bytes) {
  const { read: readPicture } = await import(parts.read);
  const file = new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], "file", { type });
  try {
    const { blob, ...picture } = await readPicture(file);
    return { ...picture, type: blob.type, isFile: blob === file };
  } catch (fault) {
    return { fault: fault.code };
  }
}

export async function openStudio(parts, tokens, drawing) {
  const { annotate } = await import(parts.annotate);
  const { annotateWords: words } = await import(parts.words);
  const { root, room } = roomWith(tokens);
  const paper = document.getElementById("paper");
  const blob = await (await fetch(paper.src)).blob();
  const picture = { blob, width: paper.naturalWidth, height: paper.naturalHeight, warnings: [] };
  window.studio = { room, root, result: annotate(picture, room, { words, ...(drawing && { drawing }) }) };
}

/** A dialog as the form's, in a shadow root of its own. */
function roomWith(tokens) {
  const root = document.body.appendChild(document.createElement("div")).attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${tokens}
    dialog { box-sizing: border-box; inset: 0; width: 100%; height: 100%; max-width: none; max-height: none; }
    dialog { margin: 0; padding: 0; border: 0; }
    div { height: 100%; }`);
  root.adoptedStyleSheets = [sheet];
  const dialog = root.appendChild(document.createElement("dialog"));
  dialog.ariaLabel = "Studio";
  dialog.showModal();
  return { root, room: dialog.appendChild(document.createElement("div")) };
}

export async function finish() {
  const { room, root, result } = window.studio;
  const done = await result;
  if (!done) return null;
  const left = [room.childNodes.length, root.adoptedStyleSheets.length];
  return { ...done, base: await read(done.base), annotated: await read(done.annotated), left };
}

export function watchTasks() {
  window.tasks = [0];
  const watch = new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((task) => task.duration)));
  watch.observe({ type: "longtask" });
}

export function boxOf(id) {
  const { x, y, width, height } = document.getElementById(id).getBoundingClientRect();
  return [x, y, width, height];
}

function read(blob) {
  return (
    blob &&
    new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result.split(",")[1]);
      reader.readAsDataURL(blob);
    })
  );
}
