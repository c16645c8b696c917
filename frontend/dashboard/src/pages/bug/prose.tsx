// A comment's Markdown on the page.
import type { JSX } from "preact";
import { type Block, blocksOf, type Inline } from "./markdown.ts";

interface ProseProps {
  readonly text: string;
  readonly names: readonly string[];
  /** Where a bug's code leads. */
  readonly pathOf: (code: string) => string;
}
type PathOf = ProseProps["pathOf"];

export function Prose({ text, names, pathOf }: ProseProps): JSX.Element {
  return (
    <div class="remark-prose" dir="auto">
      <Blocks blocks={blocksOf(text, names)} pathOf={pathOf} />
    </div>
  );
}

function Blocks({ blocks, pathOf }: { readonly blocks: readonly Block[]; readonly pathOf: PathOf }): JSX.Element {
  return (
    <>
      {blocks.map((block, at) => (
        <OneBlock key={at} block={block} pathOf={pathOf} />
      ))}
    </>
  );
}

function OneBlock({ block, pathOf }: { readonly block: Block; readonly pathOf: PathOf }): JSX.Element {
  switch (block.kind) {
    case "paragraph":
      return <p>{inlines(block.inside, pathOf)}</p>;
    case "heading":
      return (
        <p>
          <strong>{inlines(block.inside, pathOf)}</strong>
        </p>
      );
    case "code":
      return (
        <pre class="remark-code" tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      );
    case "quote":
      return (
        <blockquote>
          <Blocks blocks={block.blocks} pathOf={pathOf} />
        </blockquote>
      );
    case "list": {
      const items = block.items.map((item, at) => <li key={at}>{inlines(item, pathOf)}</li>);
      return block.isOrdered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
  }
}

function inlines(some: readonly Inline[], pathOf: PathOf): readonly (JSX.Element | string)[] {
  return some.map((each, at) => inline(each, at, pathOf));
}

function inline(each: Inline, key: number, pathOf: PathOf): JSX.Element | string {
  switch (each.kind) {
    case "text":
      return each.text;
    case "code":
      return <code key={key}>{each.text}</code>;
    case "strong":
      return <strong key={key}>{inlines(each.inside, pathOf)}</strong>;
    case "emphasis":
      return <em key={key}>{inlines(each.inside, pathOf)}</em>;
    case "struck":
      return <s key={key}>{inlines(each.inside, pathOf)}</s>;
    case "break":
      return <br key={key} />;
    case "mention":
      return (
        <span key={key} class="mention">
          {each.text}
        </span>
      );
    case "bug":
      return (
        <a key={key} href={pathOf(each.text)}>
          {each.text}
        </a>
      );
    case "link":
      return (
        <a key={key} href={each.href} target="_blank" rel="noopener noreferrer nofollow">
          {inlines(each.inside, pathOf)}
        </a>
      );
  }
}
