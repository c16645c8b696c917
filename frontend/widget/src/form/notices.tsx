/** What went wrong, what is in the way, and what waits from before. */
import type { View } from "./form.tsx";
import { placesOf } from "./desk.ts";
import { Icon } from "./icons.tsx";
import { fill } from "./words/english.ts";

export function Notices({ desk, words }: View) {
  const { note, outcome, waiting } = desk.state;
  return (
    <>
      {outcome?.kind === "refused" && (
        <p class="notice danger" role="alert" tabIndex={-1}>
          <Icon name="alert" />
          <span>
            <b>{words.refused}</b> {outcome.message} {words.refusedHint}
          </span>
        </p>
      )}
      {note && (
        <p class="notice" role="alert" tabIndex={-1}>
          <Icon name="alert" />
          <span>{fill(words[note.word], placesOf(note))}</span>
        </p>
      )}
      {waiting > 0 && (
        <p class="notice">
          <Icon name="clock" />
          <span>{fill(words.waiting, { count: waiting })}</span>
        </p>
      )}
    </>
  );
}
