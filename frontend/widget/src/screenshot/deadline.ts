import { CaptureFault } from "../core/picture.ts";

/** What `work` answers, or a `CaptureFault`; work that is late goes on unheard. */
export async function inTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new CaptureFault("timeout")), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    throw error instanceof CaptureFault ? error : new CaptureFault("failed");
  } finally {
    clearTimeout(timer);
  }
}
