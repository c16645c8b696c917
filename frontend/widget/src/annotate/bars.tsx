/** What can be chosen: native radio buttons, so that arrow keys and screen readers know them. */
import type { ComponentChildren } from "preact";
import { Icon } from "./icons.tsx";
import { COLORS, LINES, TOOLS, type Brush } from "./palette.ts";
import type { Desk } from "./studio.tsx";
import type { AnnotateWords } from "./words.ts";

export const Bar = ({ words, history, undo, redo, cancel, finish }: Desk) => (
  <div class="studio-bar">
    <Command name={words.undo} keys="Control+Z" isOff={history.done.length === 0} act={undo}>
      <Icon name="undo" />
    </Command>
    <Command name={words.redo} keys="Control+Shift+Z" isOff={history.undone.length === 0} act={redo}>
      <Icon name="redo" />
    </Command>
    <strong class="studio-title">{words.title}</strong>
    <button type="button" class="studio-quiet" onClick={cancel}>
      {words.cancel}
    </button>
    <button type="button" class="studio-done" onClick={finish}>
      {words.done}
    </button>
  </div>
);

interface CommandNeeds {
  readonly name: string;
  readonly keys: string;
  readonly isOff: boolean;
  readonly act: () => void;
  readonly children: ComponentChildren;
}

/** Not `disabled`, which would take the focus away from whoever undoes the last step. */
const Command = ({ name, keys, isOff, act, children }: CommandNeeds) => (
  <button type="button" class="studio-command" aria-label={name} title={name} aria-keyshortcuts={keys} aria-disabled={isOff} onClick={act}>
    {children}
  </button>
);

export const Toolbar = (desk: Desk) => (
  <div class="studio-tools">
    <Choice desk={desk} part="tool" options={TOOLS} look={(tool) => <Icon name={tool} />} />
    <Choice desk={desk} part="color" options={keysOf(COLORS)} look={(color) => <Swatch color={COLORS[color]} />} />
    <Choice desk={desk} part="line" options={keysOf(LINES)} look={(line) => <Icon name={line} />} />
  </div>
);

interface ChoiceNeeds<Part extends keyof Brush> {
  readonly desk: Desk;
  readonly part: Part;
  readonly options: readonly (Brush[Part] & keyof AnnotateWords)[];
  readonly look: (option: Brush[Part]) => ComponentChildren;
}

function Choice<Part extends keyof Brush>({ desk, part, options, look }: ChoiceNeeds<Part>) {
  const { words, brush, choose } = desk;
  return (
    <fieldset class="studio-choice">
      <legend class="studio-unseen">{words[part]}</legend>
      {options.map((option) => (
        <label key={option} class="studio-option" title={words[option]}>
          <input
            type="radio"
            name={`studio-${part}`}
            aria-label={words[option]}
            checked={brush[part] === option}
            onChange={() => choose({ [part]: option })}
          />
          {look(option)}
        </label>
      ))}
    </fieldset>
  );
}

/** The policy of a page may forbid style attributes; this is none. */
const Swatch = ({ color }: { readonly color: string }) => (
  <svg class="studio-swatch" viewBox="0 0 16 16" aria-hidden="true">
    <circle cx="8" cy="8" r="7" fill={color} />
  </svg>
);

function keysOf<Name extends string>(named: Readonly<Record<Name, unknown>>): Name[] {
  return Object.keys(named) as Name[];
}
