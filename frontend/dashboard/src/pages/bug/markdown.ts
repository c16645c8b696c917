// The Markdown of comments, as a tree: nothing of it is ever read as HTML.
export type Inline =
  | { readonly kind: "text" | "code"; readonly text: string }
  | { readonly kind: "strong" | "emphasis" | "struck"; readonly inside: readonly Inline[] }
  | { readonly kind: "link"; readonly href: string; readonly inside: readonly Inline[] }
  | { readonly kind: "mention" | "bug"; readonly text: string }
  | { readonly kind: "break" };

export type Block =
  | { readonly kind: "paragraph" | "heading"; readonly inside: readonly Inline[] }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "quote"; readonly blocks: readonly Block[] }
  | { readonly kind: "list"; readonly isOrdered: boolean; readonly items: readonly (readonly Inline[])[] };

/** Of `names` those that are mentioned are marked; the longer before the shorter. */
export function blocksOf(text: string, names: readonly string[] = [], depth = 0): readonly Block[] {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  const inside = (some: string): readonly Inline[] => inlinesOf(some, names);
  const blocks: Block[] = [];
  while (lines.length > 0) {
    const line = lines[0] ?? "";
    if (line.trim() === "") lines.shift();
    else if (line.startsWith("```")) blocks.push({ kind: "code", text: fenced(lines) });
    else if (line.startsWith(">") && depth < DEEPEST) blocks.push({ kind: "quote", blocks: blocksOf(taken(lines, QUOTE).join("\n"), names, depth + 1) });
    else if (BULLET.test(line)) blocks.push({ kind: "list", isOrdered: false, items: taken(lines, BULLET).map(inside) });
    else if (NUMBERED.test(line)) blocks.push({ kind: "list", isOrdered: true, items: taken(lines, NUMBERED).map(inside) });
    else if (HEADING.test(line)) blocks.push({ kind: "heading", inside: inside((lines.shift() ?? "").replace(HEADING, "")) });
    else blocks.push({ kind: "paragraph", inside: inside(paragraph(lines)) });
  }
  return blocks;
}

const DEEPEST = 4;
const QUOTE = /^> ?/;
const BULLET = /^\s*[-*] (?=\S)/;
const NUMBERED = /^\s*\d{1,9}[.)] (?=\S)/;
const HEADING = /^#{1,6} (?=\S)/;
const BLOCKS = [QUOTE, BULLET, NUMBERED, HEADING, /^```/, /^\s*$/];

function fenced(lines: string[]): string {
  lines.shift();
  const end = lines.findIndex((line) => line.startsWith("```"));
  const inside = lines.splice(0, end === -1 ? lines.length : end);
  lines.shift();
  return inside.join("\n");
}

function taken(lines: string[], mark: RegExp): string[] {
  const end = lines.findIndex((line) => !mark.test(line));
  return lines.splice(0, end === -1 ? lines.length : end).map((line) => line.replace(mark, ""));
}

function paragraph(lines: string[]): string {
  const end = lines.findIndex((line, at) => at > 0 && BLOCKS.some((block) => block.test(line)));
  return lines.splice(0, end === -1 ? lines.length : end).join("\n");
}

const INLINE =
  /`([^`\n]+)`|\*\*(?=\S)([^\n]*?\S)\*\*|~~(?=\S)([^\n]*?\S)~~|(?<![\w*])\*(?=[^\s*])([^*\n]*?[^\s*])\*(?!\w)|(?<!\w)_(?=\S)([^_\n]*?\S)_(?!\w)|\[([^\]\n]{1,500})\]\(([^\s()]{1,2000})\)|(https?:\/\/[^\s<>()]+[^\s<>().,;:!?'"])|(?<![\w@.+-])@(?=\w)|(?<![\w/-])([A-Z][A-Z0-9]{1,9}-[1-9]\d{0,8})(?![\w-])|\n/;

export function inlinesOf(text: string, names: readonly string[]): readonly Inline[] {
  const found: Inline[] = [];
  let rest = text;
  for (let match = INLINE.exec(rest); match !== null; match = INLINE.exec(rest)) {
    const [whole, code, strong, struck, starred, lined, words, href, address, bug] = match;
    if (match.index > 0) found.push({ kind: "text", text: rest.slice(0, match.index) });
    rest = rest.slice(match.index + whole.length);
    if (code !== undefined) found.push({ kind: "code", text: code });
    else if (strong !== undefined) found.push({ kind: "strong", inside: inlinesOf(strong, names) });
    else if (struck !== undefined) found.push({ kind: "struck", inside: inlinesOf(struck, names) });
    else if (starred !== undefined || lined !== undefined) found.push({ kind: "emphasis", inside: inlinesOf(starred ?? lined ?? "", names) });
    else if (words !== undefined) found.push(link(words, href ?? "", whole));
    else if (address !== undefined) found.push({ kind: "link", href: address, inside: [{ kind: "text", text: address }] });
    else if (bug !== undefined) found.push({ kind: "bug", text: bug });
    else if (whole === "\n") found.push({ kind: "break" });
    else {
      const name = names.find((each) => rest.toLowerCase().startsWith(each.toLowerCase()) && !/^\w/.test(rest.slice(each.length)));
      found.push(name === undefined ? { kind: "text", text: whole } : { kind: "mention", text: `@${rest.slice(0, name.length)}` });
      rest = rest.slice(name?.length ?? 0);
    }
  }
  return rest === "" ? found : [...found, { kind: "text", text: rest }];
}

/** Where it leads anywhere but to a page or an address, it is the text that it was. */
function link(words: string, href: string, whole: string): Inline {
  if (!/^(?:https?:\/\/|mailto:)/i.test(href)) return { kind: "text", text: whole };
  return { kind: "link", href, inside: [{ kind: "text", text: words }] };
}
