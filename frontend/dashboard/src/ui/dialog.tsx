// The native dialog: it holds the focus, gives it back, and Escape closes it.
import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../words/words.ts";
import { Icon } from "./icon.tsx";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  /** Without a heading to see: the dialog is its field. */
  readonly isBare?: boolean;
  readonly kind?: "middle" | "top" | "drawer" | "whole";
}

/** Open as long as it is on the page. */
export function Dialog({ title, onClose, children, isBare = false, kind = "middle" }: DialogProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  // At once, so that what is typed right after the key that opened it is not lost.
  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  const closeOutside = (event: MouseEvent): void => {
    if (event.target === dialog.current) onClose();
  };
  return (
    <dialog ref={dialog} class={`dialog dialog-${kind}`} aria-label={title} onClose={onClose} onMouseDown={closeOutside}>
      <div class="dialog-body">
        {!isBare && (
          <header class="dialog-head">
            <h2>{title}</h2>
            <button type="button" class="icon-button" aria-label={t("dialog.close")} onClick={onClose}>
              <Icon name="close" />
            </button>
          </header>
        )}
        {children}
      </div>
    </dialog>
  );
}
