/** What may be attached: the server's rules, told before anything is sent. */
export const MOST_FILES = 5;
export const LARGEST_BYTES = 10 * 1024 * 1024;
const KINDS = /\.(png|jpe?g|webp|gif|log|txt|json|har|zip)$/i;
export const ACCEPTED = ".png,.jpg,.jpeg,.webp,.gif,.log,.txt,.json,.har,.zip";

export type FileFault = "fileKind" | "fileLarge" | "fileMany";

export function faultOf(file: Pick<File, "name" | "size">, before: number): FileFault | null {
  if (!KINDS.test(file.name)) return "fileKind";
  if (file.size > LARGEST_BYTES) return "fileLarge";
  return before >= MOST_FILES ? "fileMany" : null;
}

/** Such as "1.4 MB", in the language's own digits and marks. */
export function sizeOf(bytes: number, language: string): string {
  const [value, unit] = bytes < 1e6 ? [Math.ceil(bytes / 1e3), "kilobyte"] : [bytes / 1e6, "megabyte"];
  return value.toLocaleString(language, { style: "unit", unit, maximumFractionDigits: 1 });
}
