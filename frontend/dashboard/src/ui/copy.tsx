import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { t } from "../words/words.ts";
import { Icon } from "./icon.tsx";

const SAID_MILLISECONDS = 2000;

/** A page of a LAN without HTTPS has no clipboard to write to: there the text is selected by hand. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

interface CopyProps {
  readonly text: string;
  readonly label: string;
  readonly isPrimary?: boolean;
}

export function CopyButton({ text, label, isPrimary = false }: CopyProps): JSX.Element {
  const [said, setSaid] = useState<"copied" | "failed" | null>(null);
  const copy = async (): Promise<void> => {
    setSaid((await copyText(text)) ? "copied" : "failed");
    setTimeout(() => setSaid(null), SAID_MILLISECONDS);
  };
  return (
    <button type="button" class={`button copy-button ${isPrimary ? "primary" : "small"}`} onClick={copy}>
      <Icon name={said === "copied" ? "check" : "copy"} />
      <span aria-live="polite">{said === null ? label : t(`copy.${said}`)}</span>
    </button>
  );
}
