// Above the fold: Given, When, Then, the first error, and the picture.
import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ReportDetail } from "../../api/types.ts";
import { setQuery } from "../../routing/router.ts";
import { may } from "../../store/rights.ts";
import { Icon } from "../../ui/icon.tsx";
import { t } from "../../words/words.ts";
import { shortPlace, shortUrl } from "./addresses.ts";
import type { Editor } from "./editor.ts";
import { firstError, type Row } from "./evidence.ts";
import type { Loaded } from "./loading.ts";
import { ownDescription, STEPS } from "./own_words.ts";
import { Picture } from "./picture.tsx";
import { WordsForm } from "./words_form.tsx";

interface ToldProps {
  readonly loaded: Loaded;
  readonly rows: readonly Row[];
  readonly editor: Editor;
  readonly onBroken: () => void;
}

export function Told({ loaded, rows, editor, onBroken }: ToldProps): JSX.Element {
  const { detail } = loaded;
  const error = firstError(rows);
  const isEdited = editor.open?.part === "words";
  return (
    <div class="bug-told">
      <div class="bug-words">
        {isEdited ? <WordsForm editor={editor} draft={detail.draft ?? null} /> : <Steps detail={detail} />}
        {error !== undefined && <FirstError row={error} page={loaded.evidence.environment.url} />}
        {!isEdited && <Description detail={detail} editor={editor} />}
        {detail.warnings?.map((warning) => (
          <p key={warning} class="bug-warning">
            <Icon name="alert" /> {warning}
          </p>
        ))}
      </div>
      <Picture loaded={loaded} onBroken={onBroken} />
    </div>
  );
}

function Steps({ detail }: { readonly detail: ReportDetail }): JSX.Element | null {
  const isTold = (detail.given || detail.when || detail.then) !== "";
  const told = isTold ? detail : (detail.draft ?? null);
  if (told === null) return null;
  return (
    <section aria-label={t("bug.steps")}>
      <dl class="steps bug-steps">
        {STEPS.map((step) =>
          told[step] === "" ? null : (
            <div key={step}>
              <dt>{t(`peek.${step}`)}</dt>
              <dd>
                <Clamped text={told[step]} />
              </dd>
            </div>
          ),
        )}
      </dl>
      {!isTold && <p class="bug-note muted">{t("bug.draft")}</p>}
    </section>
  );
}

/** The page scrolls to where it happened. */
function FirstError({ row, page }: { readonly row: Row; readonly page: string | null }): JSX.Element {
  const show = (): void => {
    setQuery({ lane: null, find: null, row: String(row.id) });
    requestAnimationFrame(() => document.getElementById(`entry-${row.id}`)?.scrollIntoView({ block: "center" }));
  };
  return (
    <section class="bug-error" aria-label={t("bug.first_error")}>
      <Icon name="alert" />
      <div class="bug-error-words">
        <p class="bug-error-text mono" dir="auto">
          {errorText(row, page)}
        </p>
        {row.lane === "console" && row.line.stack !== null && (
          <p class="bug-error-place mono" title={row.line.stack}>
            {shortPlace(placeIn(row.line.stack, row.line.message), page)}
          </p>
        )}
      </div>
      <button type="button" class="button small" onClick={show}>
        {t("bug.show_in_timeline")}
      </button>
    </section>
  );
}

function errorText(row: Row, page: string | null): string {
  if (row.lane === "console") return row.line.message;
  return row.lane === "network" ? `${row.request.method} ${shortUrl(row.request.url, page)} → ${row.request.status || t("bug.no_answer")}` : "";
}

/** The stack's first line that is not the message again. */
function placeIn(stack: string, message: string): string {
  const lines = stack.split("\n").map((line) => line.trim());
  return lines.find((line) => line !== "" && !message.includes(line) && !line.includes(message)) ?? "";
}

function Description({ detail, editor }: { readonly detail: ReportDetail; readonly editor: Editor }): JSX.Element | null {
  const text = ownDescription(detail);
  const mayEdit = may("reports:write", detail.projectId);
  if (text === "") {
    return !mayEdit ? null : (
      <p>
        <button type="button" class="text-button" onClick={() => editor.edit("words")}>
          {t("edit.add")}
        </button>
      </p>
    );
  }
  return (
    <section class="bug-description" aria-label={t("bug.description")}>
      <div>
        <Clamped text={text} />
      </div>
      {mayEdit && (
        <button type="button" class="icon-button bug-edit" aria-label={t("edit.words")} title={`${t("edit.words")} (E)`} onClick={() => editor.edit("words")}>
          <Icon name="pencil" />
        </button>
      )}
    </section>
  );
}

/** A long text leaves room for what stands below it, until somebody wants it. */
function Clamped({ text }: { readonly text: string }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const [isLong, setLong] = useState(false);
  const box = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => {
    const found = box.current;
    if (found !== null && !isOpen) setLong(found.scrollHeight > found.clientHeight + 1);
  }, [text, isOpen]);
  return (
    <>
      <p ref={box} class={isOpen ? "prose" : "prose clamped"} dir="auto">
        {text}
      </p>
      {(isLong || isOpen) && (
        <button type="button" class="text-button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t(isOpen ? "bug.less" : "bug.more")}
        </button>
      )}
    </>
  );
}
