// What belongs together: bugs that tell of the same, those that were merged, files.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { sameOrigin } from "../../api/attachment_links.ts";
import { call } from "../../api/client.ts";
import type { AttachmentItem, ProjectItem, SimilarItem } from "../../api/types.ts";
import { bugPath } from "../../routing/paths.ts";
import type { Bug } from "../../store/bug.ts";
import { bugWithId } from "../../store/bugs.ts";
import { attempt } from "../../store/attempt.ts";
import { unmergeBugs } from "../../store/merging.ts";
import { readBug } from "../../store/read_bug.ts";
import { may } from "../../store/rights.ts";
import { ask, mergeInto } from "../../triage/verbs.ts";
import { Icon } from "../../ui/icon.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { Moment } from "../../ui/moment.tsx";
import { StatusIcon, statusWord } from "../../ui/states.tsx";
import { t } from "../../words/words.ts";
import { bytes } from "./entry.tsx";
import type { Loaded } from "./loading.ts";
import { reasonsOf } from "./reasons.ts";

interface RelatedProps {
  readonly bug: Bug;
  readonly project: ProjectItem;
  readonly loaded: Loaded;
}

export function Related({ bug, project, loaded }: RelatedProps): JSX.Element {
  return (
    <aside class="related" aria-label={t("bug.related")}>
      <Similar bug={bug} project={project} loaded={loaded} />
      {mayMerge(bug) && (
        <button type="button" class="button small" onClick={() => ask("duplicate", [bug])}>
          <Icon name="merge" /> {t("bug.duplicate_of")} <kbd>d</kbd>
        </button>
      )}
      <Duplicates project={project} loaded={loaded} />
      <Files loaded={loaded} />
    </aside>
  );
}

function Similar({ bug, project, loaded }: RelatedProps): JSX.Element | null {
  const [found, setFound] = useState<readonly SimilarItem[] | null>(null);
  useEffect(() => {
    let isLeft = false;
    call("GET /reports/{report_id}/similar", { path: { report_id: bug.id } }).then(
      ({ items }) => {
        if (!isLeft) setFound(items);
      },
      () => {
        if (!isLeft) setFound([]);
      },
    );
    return () => {
      isLeft = true;
    };
  }, [bug.id]);
  const own = new Set(loaded.detail.duplicates.map(({ id }) => id));
  const others = found?.filter(({ id }) => id !== bug.mergedIntoId && !own.has(id) && bugWithId(id)?.mergedIntoId !== bug.id);
  return (
    <section class="related-part" aria-labelledby="similar-heading">
      <h2 id="similar-heading">{t("bug.similar")}</h2>
      {others === undefined ? <p class="muted">{t("state.loading")}</p> : others.length === 0 ? <p class="muted">{t("bug.none_similar")}</p> : null}
      {others !== undefined && others.length > 0 && (
        <ul class="related-list">
          {others.map((other) => (
            <SimilarRow key={other.id} bug={bug} other={other} project={project} />
          ))}
        </ul>
      )}
    </section>
  );
}

interface SimilarRowProps {
  readonly bug: Bug;
  readonly other: SimilarItem;
  readonly project: ProjectItem;
}

function SimilarRow({ bug, other, project }: SimilarRowProps): JSX.Element {
  const known = bugWithId(other.id);
  const status = known?.status ?? other.status;
  return (
    <li class="related-row">
      <span class="related-icon" title={statusWord(status)}>
        <StatusIcon status={status} />
        <span class="sr">{statusWord(status)}</span>
      </span>
      <div class="related-words">
        <a class="cut" href={bugPath(project, numberOf(other.trackingId))} title={other.title} dir="auto">
          {other.title}
        </a>
        <p class="muted related-reason">
          {other.trackingId} · {reasonsOf(other).join(" · ")}
        </p>
      </div>
      {mayMerge(bug) && (
        <Menu label={t("bug.merge_with", { what: other.trackingId })} button={<Icon name="merge" />}>
          <MenuItem onPick={() => mergeInto([bug], other.trackingId)}>{t("bug.merge_this", { what: bug.trackingId, into: other.trackingId })}</MenuItem>
          <MenuItem onPick={() => void mergeHere(other.id, bug)}>{t("bug.merge_this", { what: other.trackingId, into: bug.trackingId })}</MenuItem>
        </Menu>
      )}
    </li>
  );
}

function Duplicates({ project, loaded }: Omit<RelatedProps, "bug">): JSX.Element | null {
  const { duplicates } = loaded.detail;
  if (duplicates.length === 0) return null;
  return (
    <section class="related-part" aria-labelledby="duplicates-heading">
      <h2 id="duplicates-heading">{t("bug.duplicates")}</h2>
      <ul class="related-list">
        {duplicates.map((each) => (
          <li key={each.id} class="related-row">
            <div class="related-words">
              <a class="cut" href={bugPath(project, numberOf(each.trackingId))} title={each.title} dir="auto">
                {each.title}
              </a>
              <p class="muted related-reason">
                {each.trackingId} · {each.reporterIdentifier ?? t("bug.reporter")} · <Moment at={Date.parse(each.createdAt)} />
              </p>
            </div>
            {may("reports:write", project.id) && (
              <button type="button" class="button small" onClick={() => void partFrom(each.id)}>
                {t("bug.unmerge")}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Files({ loaded }: Pick<RelatedProps, "loaded">): JSX.Element | null {
  const files = loaded.files.filter(({ use }) => use === "file");
  if (files.length === 0) return null;
  return (
    <section class="related-part" aria-labelledby="files-heading">
      <h2 id="files-heading">{t("bug.files")}</h2>
      <ul class="related-list">
        {files.map((file) => (
          <FileRow key={file.id} file={file} />
        ))}
      </ul>
    </section>
  );
}

function FileRow({ file }: { readonly file: AttachmentItem }): JSX.Element {
  return (
    <li class="related-row">
      <Icon name="file" />
      <div class="related-words">
        {file.url === null ? (
          <span class="cut">{file.name}</span>
        ) : (
          <a class="cut" href={sameOrigin(file.url)} download={file.name} title={file.name}>
            {file.name}
          </a>
        )}
      </div>
      <span class="muted">{bytes(file.size)}</span>
    </li>
  );
}

/** In place of everything else that could be done to it: where it went, and the way back. */
export function Merged({ bug, intoId, project }: { readonly bug: Bug; readonly intoId: string; readonly project: ProjectItem }): JSX.Element {
  const into = bugWithId(intoId);
  return (
    <p class="bug-merged" role="status">
      <Icon name="merge" />
      <span>
        {t("bug.merged_into")} {into !== undefined && <a href={bugPath(project, into.number)}>{`${into.trackingId} ${into.title}`}</a>}
      </span>
      {may("reports:write", project.id) && (
        <button type="button" class="button small" onClick={() => unmergeBugs([bug])}>
          {t("bug.unmerge")}
        </button>
      )}
    </p>
  );
}

function mayMerge({ mergedIntoId, projectId }: Bug): boolean {
  return mergedIntoId === null && may("reports:write", projectId);
}

async function mergeHere(id: string, into: Bug): Promise<void> {
  await attempt(async () => mergeInto([await readBug(id)], into.trackingId));
}

async function partFrom(id: string): Promise<void> {
  await attempt(async () => unmergeBugs([await readBug(id)]));
}

function numberOf(trackingId: string): number {
  return Number(trackingId.slice(trackingId.lastIndexOf("-") + 1));
}
