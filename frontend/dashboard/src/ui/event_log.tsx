// The log, the newest first: what happened, by whom, from where, when; older ones on demand.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { EventItem, EventList } from "../api/types.ts";
import { Empty } from "../shell/states.tsx";
import { attempt } from "../store/attempt.ts";
import { t } from "../words/words.ts";
import { eventWord } from "../words/event_word.ts";
import { Icon } from "./icon.tsx";
import { Item } from "./item.tsx";
import { useLoaded, WhenLoaded } from "./loaded.tsx";
import { Moment } from "./moment.tsx";

interface LogProps {
  readonly load: (cursor: string | null) => Promise<EventList>;
  /** Who did it, where not everything is by one person. */
  readonly nameOf?: (personId: string) => string | undefined;
}

export function EventLog({ load, nameOf }: LogProps): JSX.Element {
  const log = useLoaded(() => load(null));
  const [isReading, setReading] = useState(false);
  const readOn = async (cursor: string): Promise<void> => {
    setReading(true);
    await attempt(async () => {
      const more = await load(cursor);
      log.set((now) => ({ items: [...now.items, ...more.items], nextCursor: more.nextCursor }));
    });
    setReading(false);
  };
  return (
    <WhenLoaded of={log} rows={8}>
      {({ items, nextCursor }) =>
        items.length === 0 ? (
          <Empty icon="activity" title={t("events.none")} text={t("events.none_text")} />
        ) : (
          <>
            <ul class="items">
              {items.map((event) => (
                <EventRow key={event.id} event={event} by={event.personId === null ? undefined : nameOf?.(event.personId)} />
              ))}
            </ul>
            {nextCursor !== null && (
              <p>
                <button type="button" class="button small" disabled={isReading} onClick={() => void readOn(nextCursor)}>
                  {t("events.older")}
                </button>
              </p>
            )}
          </>
        )
      }
    </WhenLoaded>
  );
}

function EventRow({ event, by }: { readonly event: EventItem; readonly by: string | undefined }): JSX.Element {
  const about = Object.values(event.data).filter((value) => value !== "" && value.length <= 100 && !IS_ID.test(value));
  const facts = [...(by === undefined ? [] : [by]), <Moment at={Date.parse(event.at)} />, event.ip, ...about];
  return <Item icon={<Icon name="activity" />} name={<span title={event.kind}>{eventWord(event.kind)}</span>} facts={facts.filter((fact) => fact !== "")} />;
}

const IS_ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
