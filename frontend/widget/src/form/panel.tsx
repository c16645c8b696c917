/** The form's dialog: modal, so that even a page that holds the focus itself lets it be typed into. */
import type { View } from "./form.tsx";
import { Done } from "./done.tsx";
import { Fields } from "./fields.tsx";
import { Icon, Wing } from "./icons.tsx";

export function Panel(view: View) {
  const { desk, close } = view;
  const isDone = desk.state.stage === "done";
  return (
    <dialog
      class="panel"
      ref={show}
      tabIndex={-1}
      aria-labelledby="heading"
      onCancel={(event: Event) => cancel(event, close)}
      onClose={({ currentTarget }: Event) => isThere(currentTarget) && close()}
      onKeyDown={wrapFocus}
      onPaste={(event: ClipboardEvent) => receive(view, event, event.clipboardData)}
      onDragOver={(event: DragEvent) => event.preventDefault()}
      onDrop={(event: DragEvent) => receive(view, event, event.dataTransfer)}
    >
      <Head {...view} />
      {isDone ? <Done {...view} /> : <Fields {...view} />}
      {desk.state.stage === "drawing" && <Studio {...view} />}
    </dialog>
  );
}

const Head = ({ words, settings, close }: View) => (
  <header class="head">
    {settings.branding.logo && <img class="logo" src={settings.branding.logo} alt="" />}
    <h2 id="heading">{settings.branding.modalTitle || words.report}</h2>
    <button type="button" class="icon-button" aria-label={words.close} title={words.close} onClick={close}>
      <Icon name="close" />
    </button>
  </header>
);

/** The drawing tool fills it: desk.annotate. It alone ends it: a second Escape closes any dialog, and what is drawn is lost. */
const Studio = ({ desk, words }: View) => (
  <dialog
    class="studio"
    ref={show}
    aria-label={words.annotate}
    onCancel={(event: Event) => event.preventDefault()}
    onClose={({ currentTarget }) => desk.state.stage === "drawing" && show(currentTarget)}
  >
    <div class="room" />
  </dialog>
);

export const Watermark = ({ settings }: View) =>
  settings.branding.showWatermark === false ? null : (
    <p class="watermark">
      <Wing />
      Lacewing
    </p>
  );

function show(dialog: HTMLDialogElement | null): void {
  if (dialog && !dialog.open) dialog.showModal();
}

/** The browser tells of a closing afterwards, maybe when the form is open again. */
const isThere = (target: EventTarget | null): boolean => target instanceof Node && target.isConnected;

/** Escape. A file dialog that is cancelled is heard here too, and is another's. */
function cancel(event: Event, close: () => void): void {
  if (event.target !== event.currentTarget) return;
  event.preventDefault();
  close();
}

function receive({ desk }: View, event: Event, data: DataTransfer | null): void {
  const files = [...(data?.files ?? [])];
  if (files.length === 0) return;
  event.preventDefault();
  desk.add(files);
}

const STOPS = "button, input, select, textarea, summary, a, [tabindex]";
/** Of a group of radio buttons, only the chosen one is a stop. */
const PASSED_BY = ":disabled, [type=radio]:not(:checked)";

/** A modal dialog lets the focus go to the browser's own bar; here it goes round. */
function wrapFocus(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  if (event.key !== "Tab") return;
  const dialog = (event.target as Element).closest("dialog") ?? event.currentTarget;
  const stops = [...dialog.querySelectorAll<HTMLElement>(STOPS)];
  const open = stops.filter((stop) => stop.tabIndex >= 0 && !stop.matches(PASSED_BY) && stop.checkVisibility());
  const [from, to] = event.shiftKey ? [open[0], open.at(-1)] : [open.at(-1), open[0]];
  if (event.target !== from) return;
  event.preventDefault();
  to?.focus();
}
