// Who could be meant by an @ that is being typed.
import type { JSX } from "preact";
import { folded } from "../../query/folding.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { OptionRow } from "../../ui/picker.tsx";
import { t } from "../../words/words.ts";
import type { Person } from "../../store/members.ts";

const MOST_OFFERED = 6;

/** Where the @ stands before the caret, and what was typed after it. */
export function mentionAt(text: string, caret: number): { readonly start: number; readonly words: string } | null {
  const found = /(?:^|[\s(])@([\p{L}\p{N}_.-]{0,40}(?: [\p{L}\p{N}_.-]{1,40})?)$/u.exec(text.slice(0, caret));
  const words = found?.[1];
  return words === undefined ? null : { start: caret - words.length - 1, words };
}

export function named(people: readonly Person[], words: string): readonly Person[] {
  const wanted = folded(words);
  const fits = ({ name }: Person): boolean => folded(name).split(" ").some((_, at, parts) => parts.slice(at).join(" ").startsWith(wanted));
  // A name that stands there whole needs no offer.
  return people.filter((person) => fits(person) && folded(person.name) !== wanted).slice(0, MOST_OFFERED);
}

interface MentionsProps {
  readonly people: readonly Person[];
  readonly active: number;
  readonly onPick: (name: string) => void;
  readonly onHover: (at: number) => void;
}

export function Mentions({ people, active, onPick, onHover }: MentionsProps): JSX.Element {
  return (
    <ul id="mentions" class="mentions" role="listbox" aria-label={t("bug.mention")}>
      {people.map((person, at) => (
        <OptionRow key={person.id} id={`mention-${at}`} option={{ id: person.id, text: person.name, icon: <Avatar name={person.name} /> }} isActive={at === active} onPick={() => onPick(person.name)} onHover={() => onHover(at)} />
      ))}
    </ul>
  );
}
