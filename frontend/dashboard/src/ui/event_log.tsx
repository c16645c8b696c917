// The log, the newest first: what happened to what, by whom, from where, when; filtered, and older ones on demand.
import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { EventItem, Operations } from "../api/types.ts";
import { bugPath, projectPath } from "../routing/paths.ts";
import { query, setQuery } from "../routing/router.ts";
import { Empty } from "../shell/states.tsx";
import { onSoon, OPENED } from "../store/live.ts";
import { extended, type Paged, renewed } from "../store/paged.ts";
import { projects } from "../store/workspace.ts";
import { eventWord } from "../words/event_word.ts";
import { isKey, type Key, t } from "../words/words.ts";
import { Avatar } from "./avatar.tsx";
import { Icon } from "./icon.tsx";
import { useLoaded, WhenLoaded } from "./loaded.tsx";
import { Moment } from "./moment.tsx";
import { Older } from "./older.tsx";
import { Select } from "./select.tsx";

export type EventWish = NonNullable<Operations["GET /auth/events"]["query"]>;
/** How the names of kinds begin, as the API filters by. */
export type Group = "account." | "session." | "device." | "token." | "report." | "project." | "key." | "label." | "webhook." | "organization." | "member." | "invitation." | "share_link.";

interface LogProps {
  readonly groups: readonly Group[];
  readonly load: (wish: EventWish) => Promise<Paged<EventItem>>;
  /** Who did it, where not everything is by one person. */
  readonly nameOf?: (personId: string) => string | undefined;
}

interface Log extends Paged<EventItem> {
  /** By which kind and period it is filtered. */
  readonly asked: string;
}

const PERIODS = ["1", "7", "30", "90"];
const DAY = 86_400_000;

export function EventLog({ groups, load, nameOf }: LogProps): JSX.Element {
  const group = groups.find((each) => each === query.value.get("kind")) ?? "";
  const days = PERIODS.find((each) => each === query.value.get("days")) ?? "";
  const wish = (): EventWish => ({ ...(group === "" ? {} : { kind: group }), ...(days === "" ? {} : { after: new Date(Date.now() - Number(days) * DAY).toISOString() }) });
  const asked = `${group} ${days}`;
  const log = useLoaded(async (): Promise<Log> => ({ ...(await load(wish())), asked }), [asked], joined);
  const heard = [...(group === "" ? groups : [group]), "reset", OPENED];
  useEffect(() => onSoon((type) => heard.some((each) => type.startsWith(each)), log.reload), [group]);
  const readOn = async (cursor: string): Promise<void> => {
    const older = await load({ ...wish(), cursor });
    log.set((now) => (now.asked === asked && now.nextCursor === cursor ? { ...extended(now, older), asked } : now));
  };
  return (
    <>
      <div class="event-filter">
        <Select<string> isBare label={t("events.kind")} options={[["", t("events.all")], ...groups.map((each) => [each, t(`group.${each}` satisfies Key)] as const)]} value={group} onPick={(kind) => setQuery({ kind: kind || null })} />
        <Select<string> isBare label={t("events.period")} options={[["", t("events.any_time")], ...PERIODS.map((each) => [each, t("events.days", { count: Number(each) })] as const)]} value={days} onPick={(picked) => setQuery({ days: picked || null })} />
      </div>
      <WhenLoaded of={log} rows={8}>
        {({ items, nextCursor }) => (items.length === 0 ? <Nothing isFiltered={group !== "" || days !== ""} /> : <Rows items={items} nextCursor={nextCursor} nameOf={nameOf} onOlder={readOn} />)}
      </WhenLoaded>
    </>
  );
}

/** Older ones that were read stay, unless others were asked for. */
function joined(shown: Log, found: Log): Log {
  return shown.asked === found.asked ? { ...renewed(shown, found), asked: found.asked } : found;
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }): JSX.Element {
  if (!isFiltered) return <Empty icon="activity" title={t("events.none")} text={t("events.none_text")} />;
  return (
    <Empty icon="search" title={t("events.none_such")} text={t("events.none_such_text")}>
      <button type="button" class="button" onClick={() => setQuery({ kind: null, days: null })}>
        {t("events.show_all")}
      </button>
    </Empty>
  );
}

interface RowsProps extends Paged<EventItem> {
  readonly nameOf: LogProps["nameOf"];
  readonly onOlder: (cursor: string) => Promise<void>;
}

function Rows({ items, nextCursor, nameOf, onOlder }: RowsProps): JSX.Element {
  return (
    <>
      <ul class="items events">
        {items.map((event) => (
          <Row key={event.id} event={event} by={event.personId === null ? undefined : nameOf?.(event.personId)} />
        ))}
      </ul>
      <Older cursor={nextCursor} onRead={onOlder} />
    </>
  );
}

const ALARMING = /failure$|reuse_detected$|leaked$/;

function Row({ event, by }: { readonly event: EventItem; readonly by: string | undefined }): JSX.Element {
  const isAlarming = ALARMING.test(event.kind);
  return (
    <li class={isAlarming ? "event alarming" : "event"}>
      {isAlarming ? <Icon name="alert" /> : by === undefined ? <Icon name="activity" /> : <Avatar name={by} />}
      <span class="event-what">
        <span title={event.kind}>{eventWord(event.kind)}</span>
        {aboutOf(event).map((each, at) => (
          <span key={at} class="muted">
            {each}
          </span>
        ))}
      </span>
      <span class="event-by muted">
        {by !== undefined && <bdi>{by}</bdi>}
        <span title={event.userAgent}>{event.ip}</span>
      </span>
      <span class="event-when muted">
        <Moment at={Date.parse(event.at)} />
      </span>
    </li>
  );
}

function wordOf(value: string): string {
  const key = ["role", "status", "severity"].map((of) => `${of}.${value}`).find(isKey);
  return key === undefined ? value : t(key);
}

const IS_ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
const COUNTS = /^duplicates\./;
const LONGEST = 100;
/** The bugs of a merge: a long list is no prose. */
const OTHERS = "other";

/** What `status.from` and `status.to` tell is one thing. */
function toldIn(data: EventItem["data"]): readonly string[] {
  return Object.entries(data).flatMap(([name, value]) => {
    if (COUNTS.test(name) || value === "" || (value.length > LONGEST && name !== OTHERS) || IS_ID.test(value)) return [];
    const [field = "", side] = name.split(".");
    if (side === "from" && data[`${field}.to`] !== undefined) return [];
    const was = side === "to" ? data[`${field}.from`] : undefined;
    return [was === undefined ? wordOf(value) : `${wordOf(was)} \u2192 ${wordOf(value)}`];
  });
}

/** The bug or the project, as far as one may open it, and what else is told. */
function aboutOf({ projectId, data }: EventItem): readonly ComponentChildren[] {
  const { report, ...rest } = data;
  const project = projects.value.find(({ id }) => id === projectId);
  const words = toldIn(rest);
  if (project === undefined) return report === undefined ? words : [report, ...words];
  if (report === undefined) return [<a href={projectPath(project)}>{project.name}</a>, ...words];
  return [<a href={bugPath(project, Number(report.slice(report.lastIndexOf("-") + 1)))}>{report}</a>, ...words];
}
