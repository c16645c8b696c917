// The question that a verb asks: one of a few, by typing or by its number.
import type { JSX } from "preact";
import { SEVERITIES, STATUSES, type Bug } from "../store/bug.ts";
import { allBugs } from "../store/bugs.ts";
import { membersOf } from "../store/members.ts";
import { labelsOf, me } from "../store/workspace.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Icon } from "../ui/icon.tsx";
import { type Option, Picker } from "../ui/picker.tsx";
import { SeverityIcon, severityWord, StatusIcon, statusWord } from "../ui/states.tsx";
import { t } from "../words/words.ts";
import { Dot } from "../ui/label.tsx";
import { bugOption, codeOf, numbered } from "./bug_option.tsx";
import { CommentDialog } from "./comment.tsx";
import { asked, assign, makeLabel, mergeInto, nameOf, setSeverity, setStatus, toggleLabel, type Verb } from "./verbs.ts";

const NOBODY = "none";
const NEW_LABEL = "new:";

export function Question(): JSX.Element | null {
  const question = asked.value;
  if (question === null) return null;
  const { verb, bugs } = question;
  const close = (): void => {
    asked.value = null;
  };
  if (verb === "comment") return <CommentDialog bugs={bugs} onClose={close} />;
  const pick = (id: string): void => {
    close();
    answer(verb, bugs, id);
  };
  const other = OTHERS[verb];
  return <Picker key={verb} title={titleOf(verb, bugs)} options={optionsOf(verb, bugs)} onPick={pick} onClose={close} {...(other === undefined ? {} : { other })} />;
}

/** What is answered by choosing. */
type Choosing = Exclude<Verb, "comment">;

function answer(verb: Choosing, bugs: readonly Bug[], id: string): void {
  switch (verb) {
    case "status":
      return setStatus(bugs, STATUSES.find((status) => status === id) ?? "new");
    case "severity":
      return setSeverity(bugs, SEVERITIES.find((severity) => severity === id) ?? "low");
    case "assignee":
      return assign(bugs, id === NOBODY ? null : id);
    case "labels":
      return id.startsWith(NEW_LABEL) ? void makeLabel(bugs, id.slice(NEW_LABEL.length)) : toggleLabel(bugs, id);
    case "duplicate":
      return mergeInto(bugs, id);
  }
}

function titleOf(verb: Choosing, bugs: readonly Bug[]): string {
  return t(`triage.ask_${verb}`, { what: nameOf(bugs) });
}

function optionsOf(verb: Choosing, bugs: readonly Bug[]): readonly Option[] {
  const all = (is: (bug: Bug) => boolean): boolean => bugs.every(is);
  switch (verb) {
    case "status":
      return STATUSES.map((status) => ({ id: status, text: statusWord(status), icon: <StatusIcon status={status} />, isChosen: all((bug) => bug.status === status) }));
    case "severity":
      return SEVERITIES.map((severity) => ({ id: severity, text: severityWord(severity), icon: <SeverityIcon severity={severity} />, isChosen: all((bug) => bug.severity === severity) }));
    case "assignee":
      return [nobody(bugs), ...people(bugs)];
    case "labels":
      return labels(bugs);
    case "duplicate":
      return originals(bugs);
  }
}

/** What it may be a duplicate of: the project's other open bugs, and by number any. */
function originals(bugs: readonly Bug[]): readonly Option[] {
  const left = new Set(bugs.map((bug) => bug.id));
  const found = [...allBugs()].filter((bug) => bug.projectId === bugs[0]?.projectId && !left.has(bug.id) && bug.mergedIntoId === null);
  return found.sort((one, other) => other.createdAt - one.createdAt).map((bug) => bugOption(bug, bug.trackingId));
}

function byNumber(text: string): Option | null {
  const [first] = asked.value?.bugs ?? [];
  const wanted = first === undefined ? null : numbered(text, codeOf(first));
  const isListed = wanted !== null && [...allBugs()].some((bug) => bug.trackingId === wanted);
  return wanted === null || isListed ? null : { id: wanted, text: wanted, icon: <Icon name="merge" /> };
}

function nobody(bugs: readonly Bug[]): Option {
  return { id: NOBODY, text: t("triage.nobody"), icon: <Icon name="user" size={20} />, isChosen: bugs.every((bug) => bug.assigneeId === null) };
}

function people(bugs: readonly Bug[]): readonly Option[] {
  const mine = me.value?.id;
  const found = membersOf(bugs[0]?.projectId ?? "").map((person) => ({
    id: person.id,
    text: person.name,
    icon: <Avatar name={person.name} />,
    isChosen: bugs.every((bug) => bug.assigneeId === person.id),
    ...(person.id === mine ? { hint: t("triage.me") } : {}),
  }));
  return found.sort((one, other) => Number(other.id === mine) - Number(one.id === mine));
}

function labels(bugs: readonly Bug[]): readonly Option[] {
  return labelsOf(bugs[0]?.projectId ?? "").map((label) => ({
    id: label.name,
    text: label.name,
    icon: <Dot color={label.color} />,
    isChosen: bugs.every((bug) => bug.labels.includes(label.name)),
  }));
}

function newLabel(text: string): Option | null {
  const known = labelsOf(asked.value?.bugs[0]?.projectId ?? "").some((label) => label.name.toLowerCase() === text.toLowerCase());
  return known ? null : { id: NEW_LABEL + text, text: t("triage.new_label", { name: text }), icon: <Icon name="plus" /> };
}

const OTHERS: Partial<Readonly<Record<Choosing, (text: string) => Option | null>>> = { labels: newLabel, duplicate: byNumber };
