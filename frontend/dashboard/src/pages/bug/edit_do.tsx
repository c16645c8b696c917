// Below what is edited: what somebody else made of it meanwhile, and what is to be done.
import type { JSX } from "preact";
import { Icon } from "../../ui/icon.tsx";
import { t } from "../../words/words.ts";
import type { Editor } from "./editor.ts";

interface EditDoProps {
  readonly editor: Editor;
  /** By the name of each text. */
  readonly theirs: readonly (readonly [string, string])[] | null;
}

export function EditDo({ editor, theirs }: EditDoProps): JSX.Element {
  return (
    <>
      {theirs !== null && <Theirs texts={theirs} />}
      <p class="inline">
        <button type="submit" class="button primary small">
          {t(theirs === null ? "edit.save" : "edit.save_mine")}
        </button>
        <button type="button" class="button small" onClick={editor.leave}>
          {t(theirs === null ? "edit.cancel" : "edit.keep_theirs")}
        </button>
      </p>
    </>
  );
}

function Theirs({ texts }: { readonly texts: readonly (readonly [string, string])[] }): JSX.Element {
  return (
    <div class="notice edit-theirs" role="alert">
      <Icon name="alert" />
      <div>
        <p>{t("edit.meanwhile")}</p>
        <dl class="steps">
          {texts.map(([name, text]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd class="prose" dir="auto">
                {text === "" ? "–" : text}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </div>
  );
}
