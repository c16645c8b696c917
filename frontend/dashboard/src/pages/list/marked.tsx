// The same text below the input, with its parts marked: letters stand exactly where the input has them.
import type { JSX } from "preact";
import { parse } from "../../query/language.ts";
import { Mistake, type Part } from "../../query/values.ts";

export function Marked({ text, mistake }: { readonly text: string; readonly mistake: Mistake | null }): JSX.Element {
  if (mistake !== null) {
    return (
      <>
        {text.slice(0, mistake.from)}
        <mark class="wrong">{text.slice(mistake.from, mistake.to) || " "}</mark>
        {text.slice(mistake.to)}
      </>
    );
  }
  return <>{pieces(text).map((piece, at) => (piece.part === null ? piece.text : <Token key={at} text={piece.text} />))}</>;
}

function Token({ text }: { readonly text: string }): JSX.Element {
  const colon = text.indexOf(":") + 1;
  return (
    <mark class="token">
      <span class="token-name">{text.slice(0, colon)}</span>
      {text.slice(colon)}
    </mark>
  );
}

function pieces(text: string): readonly { readonly text: string; readonly part: Part | null }[] {
  const found: { readonly text: string; readonly part: Part | null }[] = [];
  let at = 0;
  for (const part of qualifiersIn(text)) {
    found.push({ text: text.slice(at, part.from), part: null }, { text: text.slice(part.from, part.to), part });
    at = part.to;
  }
  return [...found, { text: text.slice(at), part: null }];
}

function qualifiersIn(text: string): readonly Part[] {
  try {
    return parse(text).parts.filter((part) => part.kind === "qualifier");
  } catch (error) {
    if (error instanceof Mistake) return [];
    throw error;
  }
}
