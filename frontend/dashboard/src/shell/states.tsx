// What stands where something is loading, has failed, or is empty.
import type { ComponentChildren, JSX } from "preact";
import { Icon, type IconName } from "../ui/icon.tsx";
import { t } from "../words/words.ts";

/** Rows to come, as high as they will be. */
export function Skeleton({ rows = 8 }: { readonly rows?: number }): JSX.Element {
  return (
    <div class="skeleton" role="status">
      <span class="sr">{t("state.loading")}</span>
      {Array.from({ length: rows }, (_, at) => (
        <span key={at} class={`skeleton-row skeleton-${at % 4}`} />
      ))}
    </div>
  );
}

export function Failed({ onRetry }: { readonly onRetry: () => void }): JSX.Element {
  return (
    <Empty icon="alert" title={t("state.failed")} text={t("state.failed_text")} isPage>
      <button type="button" class="button primary" onClick={onRetry}>
        {t("state.retry")}
      </button>
    </Empty>
  );
}

interface EmptyProps {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  /** Nothing else is on the page. */
  readonly isPage?: boolean;
  readonly children?: ComponentChildren;
}

/** Says what to do, not only that there is nothing. */
export function Empty({ icon, title, text, isPage = false, children }: EmptyProps): JSX.Element {
  return (
    <div class="empty">
      <Icon name={icon} size={24} />
      {isPage ? <h1>{title}</h1> : <h2>{title}</h2>}
      <p class="muted">{text}</p>
      {children !== undefined && <div class="empty-do">{children}</div>}
    </div>
  );
}
