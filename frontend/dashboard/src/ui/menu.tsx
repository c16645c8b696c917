// A button and the menu that it opens: a native popover, placed by the browser below its button.
import type { ComponentChildren, JSX } from "preact";
import { useId, useRef } from "preact/hooks";

interface MenuProps {
  readonly label: string;
  /** The button says in words what it is. */
  readonly hasText?: boolean;
  readonly button: ComponentChildren;
  readonly class?: string;
  readonly align?: "start" | "end";
  readonly children: ComponentChildren;
}

export function Menu({ label, hasText = false, button, class: look = "icon-button", align = "end", children }: MenuProps): JSX.Element {
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const place = ({ newState }: { readonly newState: string }): void => {
    if (newState !== "open" || menu.current === null || opener.current === null) return;
    placeBeside(menu.current, opener.current.getBoundingClientRect(), align);
    itemsOf(menu.current)[0]?.focus();
  };
  const press = (event: KeyboardEvent): void => {
    if (menu.current !== null && moveFocus(menu.current, event.key)) event.preventDefault();
  };
  const close = (event: MouseEvent): void => {
    if (event.target instanceof Element && event.target.closest("[role^=menuitem]") !== null) menu.current?.hidePopover();
  };
  return (
    <>
      <button ref={opener} type="button" class={look} popovertarget={id} aria-haspopup="menu" aria-label={hasText ? undefined : label} title={label}>
        {button}
      </button>
      <div ref={menu} id={id} class="menu" popover="auto" role="menu" aria-label={label} onToggle={place} onKeyDown={press} onClick={close}>
        {children}
      </div>
    </>
  );
}

interface ItemProps {
  readonly icon?: ComponentChildren;
  readonly hint?: string;
  readonly href?: string;
  /** Of a choice: whether it is the one. */
  readonly isChecked?: boolean;
  readonly kind?: "radio" | "checkbox";
  readonly onPick?: () => void;
  readonly children: ComponentChildren;
}

export function MenuItem({ icon, hint, href, isChecked, kind, onPick, children }: ItemProps): JSX.Element {
  const role = kind === undefined ? "menuitem" : (`menuitem${kind}` as const);
  const inside = (
    <>
      {icon}
      <span class="menu-text">{children}</span>
      {hint !== undefined && <span class="menu-hint">{hint}</span>}
    </>
  );
  if (href !== undefined) {
    return (
      <a class="menu-item" role={role} href={href} tabIndex={-1}>
        {inside}
      </a>
    );
  }
  return (
    <button type="button" class="menu-item" role={role} tabIndex={-1} {...(kind === undefined ? {} : { "aria-checked": isChecked === true })} onClick={onPick}>
      {inside}
    </button>
  );
}

function placeBeside(menu: HTMLElement, at: DOMRect, align: "start" | "end"): void {
  const { width, height } = menu.getBoundingClientRect();
  const left = align === "start" ? at.left : at.right - width;
  const isBelow = at.bottom + 4 + height <= innerHeight;
  menu.style.setProperty("left", `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`);
  menu.style.setProperty("top", `${isBelow ? at.bottom + 4 : Math.max(8, at.top - height - 4)}px`);
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>("[role^=menuitem]")];
}

function moveFocus(menu: HTMLElement, key: string): boolean {
  const items = itemsOf(menu);
  const at = items.findIndex((item) => item === document.activeElement);
  const to = key === "ArrowDown" ? at + 1 : key === "ArrowUp" ? at - 1 : key === "Home" ? 0 : key === "End" ? items.length - 1 : null;
  if (to === null) return false;
  items[(to + items.length) % items.length]?.focus();
  return true;
}
