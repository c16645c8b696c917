// How a search compares text: without case, accents and variants of width.
export function folded(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text.toLowerCase() : text.normalize("NFKC").toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
}
