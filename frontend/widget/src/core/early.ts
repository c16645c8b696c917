/** Errors from before the collectors are there. */
export type Early = readonly (ErrorEvent | PromiseRejectionEvent)[];

const MOST = 20;

export function listenForErrors(): { readonly early: Early; release(): void } {
  const early: (ErrorEvent | PromiseRejectionEvent)[] = [];
  const keep = (event: ErrorEvent | PromiseRejectionEvent) => void (early.push(event) < MOST || release());
  const release = () => {
    removeEventListener("error", keep);
    removeEventListener("unhandledrejection", keep);
  };
  addEventListener("error", keep);
  addEventListener("unhandledrejection", keep);
  return { early, release };
}
