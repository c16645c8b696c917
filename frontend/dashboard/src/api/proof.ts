// Who it is, proved again (S-7): whoever is refused for want of it waits for the dialog, and goes on where it was.
import { signal } from "@preact/signals";

export const PROOF_WANTED = "reauth_required";
type Answer = (isProved: boolean) => void;

/** Set while the dialog is open. */
export const proofWanted = signal<Answer | null>(null);
let proving: Promise<boolean> | undefined;

/** Whether the person proved it; however many ask, there is one dialog. */
export function proved(): Promise<boolean> {
  proving ??= new Promise<boolean>((resolve) => (proofWanted.value = resolve)).finally(() => {
    proofWanted.value = null;
    proving = undefined;
  });
  return proving;
}
