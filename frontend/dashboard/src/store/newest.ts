// What is read again and again: of two requests on their way the later one tells, whichever answer arrives first.

/** Reads, and puts what it read, unless what was asked for later is put already. Rejects as `read` does. */
export function newest<Value>(read: () => Promise<Value>, put: (value: Value) => void): () => Promise<void> {
  let begun = 0;
  let known = 0;
  return async () => {
    const serial = ++begun;
    const value = await read();
    if (serial < known) return;
    known = serial;
    put(value);
  };
}
