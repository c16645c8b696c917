// One change of the bug in one line.
import type { JSX } from "preact";
import type { HistoryItem, ProjectItem } from "../../api/types.ts";
import { SEVERITIES, STATUSES } from "../../store/bug.ts";
import { allBugs } from "../../store/bugs.ts";
import { personName } from "../../store/members.ts";
import { bugPath } from "../../routing/paths.ts";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { Moment } from "../../ui/moment.tsx";
import { severityWord, statusWord } from "../../ui/states.tsx";
import { type Key, t } from "../../words/words.ts";
import type { Loaded } from "./loading.ts";

type Change = HistoryItem["changes"][number];

const KINDS: Readonly<Record<string, readonly [Key, IconName]>> = {
  "report.created": ["bug.did_create", "plus"],
  "report.merged": ["bug.did_merge", "merge"],
  "report.unmerged": ["bug.did_unmerge", "undo"],
  "report.comment.deleted": ["bug.did_delete_comment", "close"],
  "report.attachment.added": ["bug.did_attach", "file"],
  "report.attachment.deleted": ["bug.did_detach", "file"],
  "report.reporter.named": ["bug.did_name_reporter", "user"],
};
const FIELDS: Readonly<Record<string, Key>> = {
  status: "triage.status",
  severity: "triage.severity",
  category: "bug.category",
  assigneeId: "bug.field_assignee",
  labels: "triage.label",
  title: "bug.field_title",
  description: "bug.description",
  notes: "bug.field_notes",
  given: "peek.given",
  when: "peek.when",
  then: "peek.then",
};

/** A comment stands there itself. */
export function isTold({ kind, changes }: HistoryItem): boolean {
  return kind in KINDS || (kind === "report.updated" && changes.length > 0);
}

interface HappenedProps {
  readonly event: HistoryItem;
  readonly project: ProjectItem;
  readonly loaded: Loaded;
}

export function Happened({ event, project, loaded }: HappenedProps): JSX.Element {
  const [, icon] = KINDS[event.kind] ?? [null, "activity" as const];
  return (
    <li class="happened">
      <Icon name={icon} />
      <p>
        <strong dir="auto">{actorOf(event)}</strong> <What event={event} project={project} loaded={loaded} /> <Moment at={Date.parse(event.at)} />
      </p>
    </li>
  );
}

function actorOf({ actorName, credentialName, credentialKind }: HistoryItem): string {
  if (actorName !== null && credentialName !== null && credentialKind !== "session") return t("bug.by_token", { name: actorName, token: credentialName });
  return actorName ?? credentialName ?? (credentialKind === "publishable_key" ? t("bug.reporter") : t("bug.lacewing"));
}

function What({ event, project, loaded }: HappenedProps): JSX.Element {
  const kind = KINDS[event.kind];
  if (kind === undefined) return <>{event.changes.map((change) => changed(change)).join("; ")}</>;
  const [word] = kind;
  if (word !== "bug.did_merge" && word !== "bug.did_unmerge") return <>{t(word)}</>;
  const isDuplicate = event.changes.some(({ field }) => field === "mergedIntoId");
  const [before, after] = t(isDuplicate ? word : `${word}_here`, { other: SLOT }).split(SLOT);
  return (
    <>
      {before}
      {(event.data["other"] ?? "…").split(", ").map((code, at) => (
        <span key={code}>
          {at > 0 && ", "}
          <Other code={code} project={project} loaded={loaded} />
        </span>
      ))}
      {after}
    </>
  );
}

/** Stands where a word has a link. */
const SLOT = "\u0000";

/** A duplicate is of the same project. */
function Other({ code, project, loaded }: Omit<HappenedProps, "event"> & { readonly code: string }): JSX.Element {
  const known = [...allBugs()].find((bug) => bug.trackingId === code && bug.projectId === project.id);
  const title = (known ?? loaded.detail.duplicates.find(({ trackingId }) => trackingId === code))?.title ?? "";
  const number = Number(code.slice(code.lastIndexOf("-") + 1));
  if (Number.isNaN(number)) return <>{code}</>;
  return (
    <a href={bugPath(project, number)} dir="auto">
      {`${code} ${title}`.trim()}
    </a>
  );
}

function changed(change: Change): string {
  const key = FIELDS[change.field];
  const field = key === undefined ? change.field : t(key);
  const [from, to] = [valueOf(change, change.from), valueOf(change, change.to)];
  if (LONG.has(change.field)) return t("bug.did_rewrite", { field });
  if (to === null) return t("bug.did_clear", { field, from: from ?? "" });
  return from === null ? t("bug.did_set", { field, to }) : t("bug.did_change", { field, from, to });
}

const LONG: ReadonlySet<string> = new Set(["description", "notes", "given", "when", "then"]);

function valueOf({ field }: Change, value: string | null): string | null {
  if (value === null || value === "") return null;
  const status = field === "status" ? STATUSES.find((each) => each === value) : undefined;
  if (status !== undefined) return statusWord(status);
  const severity = field === "severity" ? SEVERITIES.find((each) => each === value) : undefined;
  if (severity !== undefined) return severityWord(severity);
  return field === "assigneeId" ? (personName(value) ?? t("list.somebody")) : value;
}
