/** What did not work, by its code. */
import type { Options } from "./options.ts";

export class Fault extends Error {
  override readonly name = "LacewingFault";
  constructor(
    readonly code: "no_key" | "no_endpoint" | "already_started" | "not_loaded" | "not_sent" | "page_code",
    message: string,
  ) {
    super(message);
  }
}

/** To the page's `onError`, and to the console for who has none. */
export function tell({ onError }: Pick<Options, "onError">, error: unknown): void {
  const fault = error instanceof Error ? error : new Error(String(error));
  if (onError) onError(fault);
  else console.warn(fault.message);
}
