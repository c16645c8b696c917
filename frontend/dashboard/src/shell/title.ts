import { useEffect } from "preact/hooks";

/** Of the document while the page is open; a change is announced by the frame. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === "" ? "Lacewing" : `${title} · Lacewing`;
  }, [title]);
}
