/** What went wrong, what is in the way, and what waits from before. */
import type { View } from "./form.tsx";
import { placesOf } from "./desk.ts";
import { Icon } from "./icons.tsx";
import type { News } from "../core/sending.ts";
import { fill, type Words } from "./words/english.ts";

/** What no reporter can put right: the key, or where the page stands. */
const OF_THE_SITE: ReadonlySet<string> = new Set(["origin_not_allowed", "invalid_token", "authentication_required"]);

export function Notices({ desk, words }: View) {
  const { note, outcome, waiting, news } = desk.state;
  return (
    <>
      {outcome?.kind === "refused" && (
        <p class="notice danger" role="alert" tabIndex={-1}>
          <Icon name="alert" />
          <span>
            <b>{words.refused}</b> {outcome.message} {OF_THE_SITE.has(outcome.code) ? words.refusedSite : words.refusedHint}
          </span>
        </p>
      )}
      {note && (
        <p class="notice" role="alert" tabIndex={-1}>
          <Icon name="alert" />
          <span>{fill(words[note.word], placesOf(note))}</span>
        </p>
      )}
      {news.map((each, at) => (
        <p key={at} class="notice" role="status">
          <Icon name={each.kind === "sent" ? "check" : "alert"} />
          <span>{told(each, words)}</span>
        </p>
      ))}
      {waiting > 0 && (
        <p class="notice">
          <Icon name="clock" />
          <span>{fill(words.waiting, { count: waiting })}</span>
        </p>
      )}
    </>
  );
}

function told(news: News, words: Words): string {
  const { title } = news;
  if (news.kind === "sent") return fill(words.newsSent, { title, id: news.trackingId });
  return news.kind === "refused" ? fill(words.newsRefused, { title, message: news.message }) : fill(words.newsExpired, { title });
}
