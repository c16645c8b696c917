// A pattern like /app/p/:organization/:code against a path.
export type Params = Readonly<Record<string, string>>;

export function match(pattern: string, path: string): Params | null {
  const wanted = parts(pattern);
  const given = parts(path);
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const found = given[at] ?? "";
    if (part.startsWith(":")) params[part.slice(1)] = decoded(found);
    else if (part !== found) return null;
  }
  return params;
}

function parts(path: string): string[] {
  return path.split("/").filter((part) => part !== "");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
