// The dialog's place in the frame: its code is loaded when it is first wanted.
import type { ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { proofWanted } from "../api/proof.ts";

export function Proof(): JSX.Element | null {
  const [Dialog, setDialog] = useState<ComponentType | null>(null);
  const isWanted = proofWanted.value !== null;
  useEffect(() => {
    if (!isWanted || Dialog !== null) return;
    import("./proof_dialog.tsx").then(
      ({ default: loaded }) => setDialog(() => loaded),
      () => proofWanted.value?.(false),
    );
  }, [isWanted]);
  return isWanted && Dialog !== null ? <Dialog /> : null;
}
