// Choose one of several, or several, by typing: what the one-key verbs open, and what a palette is made of.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { folded } from "../query/folding.ts";
import { t } from "../words/words.ts";
import { Dialog } from "./dialog.tsx";
import { Icon } from "./icon.tsx";

export interface Option {
  readonly id: string;
  readonly text: string;
  readonly icon?: ComponentChildren;
  readonly hint?: string;
  /** Is so now, of all that is chosen for. */
  readonly isChosen?: boolean;
}

interface PickerProps {
  readonly title: string;
  readonly options: readonly Option[];
  readonly onPick: (id: string) => void;
  readonly onClose: () => void;
  /** What is offered for a word that is none of the options. */
  readonly other?: (text: string) => Option | null;
  /** Told of what is typed, by whoever finds the options elsewhere. */
  readonly onText?: (text: string) => void;
}

const MOST_SHOWN = 100;

export function Picker({ title, options, onPick, onClose, other, onText }: PickerProps): JSX.Element {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const found = matching(options, text, other);
  const active = Math.min(at, found.length - 1);
  const pick = (option: Option | undefined): void => {
    if (option !== undefined) onPick(option.id);
  };
  const press = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setAt((active + step + found.length) % Math.max(1, found.length));
    else if (event.key === "Enter") pick(found[active]);
    else return;
    event.preventDefault();
  };
  const type = (value: string): void => {
    setText(value);
    setAt(0);
    onText?.(value);
  };
  return (
    <Dialog title={title} onClose={onClose} kind="top" isBare>
      <input
        class="picker-input"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-label={title}
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={found.length > 0 ? `${list}-${active}` : undefined}
        placeholder={title}
        value={text}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={press}
      />
      <ul id={list} class="options" role="listbox" aria-label={title}>
        {found.map((option, index) => (
          <OptionRow key={option.id} id={`${list}-${index}`} option={option} isActive={index === active} onPick={() => pick(option)} onHover={() => setAt(index)} />
        ))}
      </ul>
      {found.length === 0 && <p class="options-none muted">{t("picker.none")}</p>}
    </Dialog>
  );
}

interface OptionRowProps {
  readonly id: string;
  readonly option: Option;
  readonly isActive: boolean;
  readonly onPick: () => void;
  readonly onHover: () => void;
}

export function OptionRow({ id, option, isActive, onPick, onHover }: OptionRowProps): JSX.Element {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: "nearest" });
  }, [isActive]);
  return (
    <li ref={row} id={id} class="option" role="option" aria-selected={isActive} onMouseMove={onHover} onMouseDown={(event) => event.preventDefault()} onClick={onPick}>
      {option.icon}
      <span class="option-text">{option.text}</span>
      {option.hint !== undefined && <span class="option-hint muted">{option.hint}</span>}
      {option.isChosen === true && (
        <>
          <Icon name="check" />
          <span class="sr">{t("picker.chosen")}</span>
        </>
      )}
    </li>
  );
}

function matching(options: readonly Option[], text: string, other?: (text: string) => Option | null): readonly Option[] {
  const words = folded(text).split(/\s+/).map((word) => word.replace(/^#/, ""));
  const fits = (option: Option): boolean => words.every((word) => folded(option.text).includes(word));
  const found = options.filter(fits).slice(0, MOST_SHOWN);
  const more = text.trim() === "" ? null : (other?.(text.trim()) ?? null);
  return more === null ? found : [...found, more];
}
