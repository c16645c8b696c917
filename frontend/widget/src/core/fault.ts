/** What did not work, by its code. */
import type { Options } from "./options.ts";

export class Fault extends Error {
  override readonly name = "LacewingFault";
  constructor(
    readonly code: "no_key" | "no_endpoint" | "already_started" | "not_loaded" | "not_sent" | "metadata_left_out",
    message: string,
  ) {
    super(message);
  }
}

/** To the page's `onError`, and to the console for who has none. */
export function tell({ onError }: Pick<Options, "onError">, error: unknown): void {
  const fault = error instanceof Error ? error : new Error(String(error));
  try {
    if (onError) return onError(fault);
  } catch {
    // A page that fails to hear of a fault is told on the console.
  }
  console.warn(fault.message);
}

/** What the page does when it is called is not to stop us. */
export function callPage(options: Pick<Options, "onError">, call: () => void): void {
  try {
    call();
  } catch (error) {
    tell(options, error);
  }
}
