// One change that is no bug's: shown at once, and taken back with the server's reason if it refuses.
import { PROOF_WANTED } from "../api/proof.ts";
import { Refusal } from "../api/problem.ts";
import { t } from "../words/words.ts";
import { sayRefused } from "./toasts.ts";

export function reasonOf(error: unknown): string {
  return error instanceof Refusal && error.status > 0 ? error.message : t("error.offline");
}

/** Whether it is done. */
export async function attempt(send: () => Promise<unknown>, takeBack: () => void = () => {}): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    takeBack();
    // Who closed the dialog knows why nothing was done.
    if (!(error instanceof Refusal && error.code === PROOF_WANTED)) sayRefused(reasonOf(error));
    return false;
  }
}
