// Sidebar and content; below 768 px the sidebar is a drawer, opened from the top bar.
import { signal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { HOME, INBOX } from "../routing/paths.ts";
import { path } from "../routing/router.ts";
import { unreadWord } from "../store/inbox.ts";
import { isLive } from "../store/live.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Icon } from "../ui/icon.tsx";
import { t } from "../words/words.ts";
import { Mark } from "./mark.tsx";
import { Sidebar } from "./sidebar.tsx";

const isDrawerOpen = signal(false);

export function Frame({ children }: { readonly children: ComponentChildren }): JSX.Element {
  useEffect(() => {
    isDrawerOpen.value = false;
  }, [path.value]);
  return (
    <div class="frame">
      <header class="topbar">
        <button type="button" class="icon-button" aria-label={t("frame.menu")} onClick={() => (isDrawerOpen.value = true)}>
          <Icon name="menu" />
        </button>
        <a class="brand" href={HOME}>
          <Mark />
          <span>Lacewing</span>
        </a>
        <Bell />
      </header>
      <aside class="sidebar">
        <Sidebar />
      </aside>
      <main id="content" class="content" tabIndex={-1}>
        {!isLive.value && <NotLive />}
        {children}
      </main>
      {isDrawerOpen.value && (
        <Dialog title={t("frame.navigation")} kind="drawer" isBare onClose={() => (isDrawerOpen.value = false)}>
          <Sidebar />
        </Dialog>
      )}
    </div>
  );
}

function Bell(): JSX.Element {
  const count = unreadWord.value;
  const label = count === undefined ? t("inbox.title") : t("inbox.new", { count });
  return (
    <a class={`icon-button topbar-bell${count === undefined ? "" : " topbar-new"}`} href={INBOX} aria-label={label}>
      <Icon name="bell" />
    </a>
  );
}

function NotLive(): JSX.Element {
  return (
    <p class="not-live" role="status">
      <Icon name="alert" />
      {t("frame.not_live")}
    </p>
  );
}
