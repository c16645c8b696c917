/** One running widget: collectors, delivery and panel, put together. */
import { createDelivery } from "../delivery/delivery.ts";
import { mountPanel } from "../form/mount.ts";
import { pictureTools } from "../screenshot/tools.ts";
import { startCollectors } from "./collectors.ts";
import type { Early } from "./early.ts";
import { Fault, tell } from "./fault.ts";
import type { Options, User } from "./options.ts";
import type { Panel } from "./panel.ts";

import { askRemote } from "./remote.ts";
import { sendReport } from "./report.ts";
import type { News } from "./sending.ts";
import { settle } from "./settings.ts";

export interface Widget {
  open(): Promise<void>;
  close(): void;
  identify(user: User | null): void;
  setReporter(identifier: string | null): void;
  destroy(): void;
}

/** The button does not wait longer for what the project says; it is then put right later. */
const LONGEST_WAIT_MS = 1500;

/** Throws a Fault. */
export function startWidget(options: Options, early: Early): Widget {
  const settings = settle(options);
  const { api, projectKey } = settings;
  // Before it is patched: what the widget itself asks for is not the page's doing.
  const ownFetch = fetch.bind(globalThis);
  const delivery = createDelivery({ endpoint: api, projectKey, fetch: ownFetch, onNews: (news) => void hear(news) });
  const collectors = startCollectors(settings, early);
  const stopping = new AbortController();
  let user = options.user ?? null;
  let identifier = options.reporterIdentifier ?? null;
  let panel: Panel | null = null;

  const mounted = mount().catch((error: unknown) => tell(settings, error));

  async function mount(): Promise<void> {
    const remote = askRemote(api, projectKey, ownFetch, stopping.signal).then((told) => settle(options, told));
    const current = await Promise.race([remote, paused(LONGEST_WAIT_MS, stopping.signal).then(() => settings)]);
    await bodyOfPage(stopping.signal);
    if (stopping.signal.aborted) return;
    panel = mountPanel({
      settings: current,
      delivery,
      pictures: pictureTools(),
      evidence: () => collectors.snapshot(),
      email: () => user?.email ?? "",
      send: (filled) => sendReport(filled, identifier ?? user?.email ?? user?.id ?? "", current, delivery),
    });
    void remote.then((late) => panel?.update(late));
  }

  /** Of a report that was kept on an earlier page. */
  async function hear(news: News): Promise<void> {
    if (news.kind !== "sent") tell(settings, new Fault("not_sent", `Lacewing: "${news.title}" was not sent, and will not be.`));
    await mounted;
    panel?.hear(news);
  }

  return {
    async open() {
      await mounted;
      await panel?.open();
    },
    close: () => panel?.close(),
    identify: (who) => void (user = who),
    setReporter: (who) => void (identifier = who),
    destroy() {
      stopping.abort();
      panel?.destroy();
      panel = null;
      delivery.stop();
      collectors.stop();
    },
  };
}

function paused(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** A script in the head can be quicker than the page. */
function bodyOfPage(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => resolve(), { once: true, signal });
    else resolve();
  });
}
