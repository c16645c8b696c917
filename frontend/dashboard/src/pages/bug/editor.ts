// Title and words, edited where they stand: shown at once, and never written over what somebody else wrote meanwhile.
import { useState } from "preact/hooks";
import { reasonOf } from "../../store/attempt.ts";
import type { Bug } from "../../store/bug.ts";
import { addPending, dropPending } from "../../store/bugs.ts";
import { draft, keepDraft } from "../../store/drafts.ts";
import { sync } from "../../store/sync.ts";
import { say, sayRefused } from "../../store/toasts.ts";
import { t } from "../../words/words.ts";
import type { Bugs, Loaded } from "./loading.ts";
import { before, type Conflict, saveTexts, type Texts } from "./saving.ts";

export type Part = "title" | "words";

interface Open {
  readonly part: Part;
  /** What stood there when it was opened, or when somebody else's words were last seen. */
  readonly base: Texts;
  readonly mine: Partial<Texts>;
  /** Which of it somebody else wrote meanwhile. */
  readonly theirs: Conflict["names"] | null;
}

export interface Editor {
  readonly open: Open | null;
  readonly edit: (part: Part) => void;
  readonly write: (mine: Partial<Texts>) => void;
  readonly save: (mine: Partial<Texts>) => void;
  readonly leave: () => void;
}

export function useEditor(bug: Bug, { detail }: Loaded, { reload, replace }: Bugs): Editor {
  const [open, setOpen] = useState<Open | null>(null);
  const carryOut = async (mine: Partial<Texts>, base: Texts, onDone: () => void): Promise<Conflict | null> => {
    const title = mine.title === undefined ? null : { apply: () => ({ title: mine.title ?? "" }) };
    if (title !== null) addPending([bug.id], title);
    replace({ detail: { ...detail, ...mine } });
    try {
      const conflict = await saveTexts(bug.id, base, mine);
      if (conflict === null) onDone();
      return conflict;
    } finally {
      reload();
      void sync(bug.projectId).then(() => title !== null && dropPending([bug.id], title));
    }
  };
  const takeBack = async (mine: Partial<Texts>, base: Texts): Promise<void> => {
    try {
      const conflict = await carryOut(before(base, mine), { ...base, ...mine }, () => say(t("toast.undone")));
      if (conflict !== null) sayRefused(t("edit.not_undone"));
    } catch (error) {
      sayRefused(reasonOf(error));
    }
  };
  const send = async ({ part, base }: Open, mine: Partial<Texts>): Promise<void> => {
    try {
      const conflict = await carryOut(mine, base, () => say(t(`edit.said_${part}`, { what: bug.trackingId }), () => void takeBack(mine, base)));
      if (conflict === null) keepDraft(draftName(bug, part), "");
      else setOpen({ part, base: conflict.now, mine, theirs: conflict.names });
    } catch (error) {
      setOpen({ part, base, mine, theirs: null });
      sayRefused(reasonOf(error));
    }
  };
  return {
    open,
    edit: (part) => setOpen({ part, base: detail, mine: kept(bug, part), theirs: null }),
    write: (mine) => open !== null && keepDraft(draftName(bug, open.part), JSON.stringify(mine)),
    save: (mine) => {
      setOpen(null);
      if (open !== null && Object.keys(mine).length > 0) void send(open, mine);
    },
    leave: () => {
      if (open !== null) keepDraft(draftName(bug, open.part), "");
      setOpen(null);
    },
  };
}

function draftName({ id }: Bug, part: Part): string {
  return `${part}.${id}`;
}

function kept(bug: Bug, part: Part): Partial<Texts> {
  const text = draft(draftName(bug, part));
  return text === "" ? {} : (JSON.parse(text) as Partial<Texts>);
}
