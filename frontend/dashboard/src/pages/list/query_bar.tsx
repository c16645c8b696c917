// The line that says what is listed: its parts are marked, its mistakes too, and what could follow is offered.
import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { accepted, complete, type Completion, type Known, type Offer } from "../../query/completion.ts";
import type { Mistake } from "../../query/values.ts";
import { Icon } from "../../ui/icon.tsx";
import { OptionRow } from "../../ui/picker.tsx";
import { t } from "../../words/words.ts";
import { Marked } from "./marked.tsx";

interface QueryBarProps {
  readonly text: Signal<string>;
  readonly mistake: Mistake | null;
  readonly known: () => Known;
  /** Down from here: into the list. */
  readonly onLeave: () => void;
}

export const QUERY_INPUT = "query";

export function QueryBar({ text, mistake, known, onLeave }: QueryBarProps): JSX.Element {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const marks = useRef<HTMLDivElement>(null);
  const completion = useSignal<Completion | null>(null);
  const at = useSignal(-1);
  const caret = useRef<number | null>(null);
  const follow = (): void => {
    if (marks.current !== null && input.current !== null) marks.current.scrollLeft = input.current.scrollLeft;
  };
  useLayoutEffect(() => {
    if (caret.current !== null) input.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
    follow();
  }, [text.value]);
  const offer = (): void => {
    const box = input.current;
    completion.value = box === null ? null : complete(box.value, box.selectionStart ?? box.value.length, known);
    at.value = -1;
  };
  const accept = (chosen: Offer | undefined): void => {
    if (chosen === undefined || completion.value === null) return;
    const after = accepted(text.value, completion.value, chosen);
    caret.current = after.caret;
    text.value = after.text;
    completion.value = null;
    // A name is followed by its values.
    if (!chosen.isWhole) queueMicrotask(() => requestAnimationFrame(offer));
  };
  const press = (event: KeyboardEvent): void => {
    const offers = completion.value?.offers ?? [];
    if (event.key === "Escape") {
      if (completion.value === null) onLeave();
      completion.value = null;
    } else if (event.key === "ArrowDown" && offers.length === 0) onLeave();
    else if (event.key === "ArrowDown") at.value = (at.value + 1) % offers.length;
    else if (event.key === "ArrowUp" && offers.length > 0) at.value = (at.value - 1 + offers.length) % offers.length;
    else if (event.key === "Tab" && offers.length > 0 && !event.shiftKey) accept(offers[Math.max(0, at.value)]);
    else if (event.key === "Enter" && at.value >= 0) accept(offers[at.value]);
    else if (event.key === "Enter") {
      completion.value = null;
      onLeave();
    } else return;
    event.preventDefault();
  };
  const isOpen = completion.value !== null;
  return (
    <div class={mistake === null ? "query" : "query query-wrong"}>
      <Icon name="search" />
      <div class="query-field">
        <div ref={marks} class="query-marks" aria-hidden="true">
          <Marked text={text.value} mistake={mistake} />
        </div>
        <input
          ref={input}
          id={QUERY_INPUT}
          class="query-input"
          type="text"
          role="combobox"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-label={t("query.label")}
          aria-expanded={isOpen}
          aria-controls={`${id}-offers`}
          aria-invalid={mistake !== null}
          aria-describedby={mistake === null ? undefined : `${id}-mistake`}
          aria-activedescendant={isOpen && at.value >= 0 ? `${id}-${at.value}` : undefined}
          placeholder={t("query.placeholder")}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            offer();
          }}
          onKeyDown={press}
          onScroll={follow}
          onBlur={() => (completion.value = null)}
        />
        <ul id={`${id}-offers`} class="options query-offers" role="listbox" aria-label={t("query.offers")} hidden={!isOpen}>
          {completion.value?.offers.map((each, index) => (
            <OptionRow key={each.text} id={`${id}-${index}`} option={{ id: each.text, text: each.shown }} isActive={index === at.value} onPick={() => accept(each)} onHover={() => (at.value = index)} />
          ))}
        </ul>
      </div>
      {text.value !== "" && (
        <button type="button" class="icon-button" aria-label={t("query.clear")} onClick={() => {
          text.value = "";
          input.current?.focus();
        }}>
          <Icon name="close" />
        </button>
      )}
      {mistake !== null && (
        <p id={`${id}-mistake`} class="query-mistake" role="status">
          <Icon name="alert" />
          {t(`query.mistake_${mistake.code}`, { about: mistake.about, text: text.value.slice(mistake.from, mistake.to) })}
        </p>
      )}
    </div>
  );
}
