// The question that a verb asks: one of a few, by typing or by its number.
import type { JSX } from "preact";
import { SEVERITIES, STATUSES, type Bug } from "../store/bug.ts";
import { labelsOf, membersOf, me } from "../store/workspace.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Icon } from "../ui/icon.tsx";
import { type Option, Picker } from "../ui/picker.tsx";
import { SeverityIcon, severityWord, StatusIcon, statusWord } from "../ui/states.tsx";
import { t } from "../words/words.ts";
import { Dot } from "../ui/label.tsx";
import { asked, assign, makeLabel, setSeverity, setStatus, toggleLabel, type Verb } from "./verbs.ts";

const NOBODY = "none";
const NEW_LABEL = "new:";

export function Question(): JSX.Element | null {
  const question = asked.value;
  if (question === null) return null;
  const { verb, bugs } = question;
  const close = (): void => {
    asked.value = null;
  };
  const pick = (id: string): void => {
    close();
    answer(verb, bugs, id);
  };
  return <Picker key={verb} title={titleOf(verb, bugs)} options={optionsOf(verb, bugs)} onPick={pick} onClose={close} {...(verb === "labels" ? { other: newLabel } : {})} />;
}

function answer(verb: Verb, bugs: readonly Bug[], id: string): void {
  switch (verb) {
    case "status":
      return setStatus(bugs, STATUSES.find((status) => status === id) ?? "new");
    case "severity":
      return setSeverity(bugs, SEVERITIES.find((severity) => severity === id) ?? "low");
    case "assignee":
      return assign(bugs, id === NOBODY ? null : id);
    case "labels":
      return id.startsWith(NEW_LABEL) ? void makeLabel(bugs, id.slice(NEW_LABEL.length)) : toggleLabel(bugs, id);
  }
}

function titleOf(verb: Verb, bugs: readonly Bug[]): string {
  const [first] = bugs;
  const what = bugs.length === 1 && first !== undefined ? first.trackingId : t("list.count", { count: bugs.length });
  return t(`triage.ask_${verb}`, { what });
}

function optionsOf(verb: Verb, bugs: readonly Bug[]): readonly Option[] {
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
  }
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
