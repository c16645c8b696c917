import type { JSX } from "preact";
import { dismiss, hold, release, type Toast, toasts, undo } from "../store/toasts.ts";
import { Icon } from "../ui/icon.tsx";
import { t } from "../words/words.ts";

const MOST_SHOWN = 3;

export function Toasts(): JSX.Element {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.slice(-MOST_SHOWN).map((toast) => (
        <ToastBox key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastBox({ toast }: { readonly toast: Toast }): JSX.Element {
  const stay = (): void => hold(toast.id);
  const go = (): void => release(toast.id);
  return (
    <div class={`toast toast-${toast.kind}`} onMouseEnter={stay} onMouseLeave={go} onFocusIn={stay} onFocusOut={go}>
      <Icon name={toast.kind === "refused" ? "alert" : "check"} />
      <span class="toast-text">{toast.text}</span>
      {toast.undo !== undefined && (
        <button type="button" class="toast-undo" onClick={() => undo(toast)}>
          {t("toast.undo")} <kbd>z</kbd>
        </button>
      )}
      <button type="button" class="icon-button" aria-label={t("toast.dismiss")} onClick={() => dismiss(toast.id)}>
        <Icon name="close" />
      </button>
    </div>
  );
}
