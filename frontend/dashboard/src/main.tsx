// The entry: words first, then the frame, then the page.
import { render } from "preact";
import { listenToKeys } from "./keys/keys.ts";
import { listen } from "./routing/router.ts";
import { App } from "./shell/app.tsx";
import { listenToLeaving } from "./store/deleting.ts";
import { follow } from "./store/following.ts";
import { followInbox } from "./store/inbox.ts";
import { goLive } from "./store/live.ts";
import { loadWorkspace } from "./store/workspace.ts";
import { loadWords } from "./words/words.ts";

async function start(): Promise<void> {
  const workspace = loadWorkspace();
  await loadWords(document.documentElement.lang);
  listen();
  listenToKeys();
  listenToLeaving();
  const root = document.getElementById("app");
  if (root !== null) render(<App />, root);
  follow();
  await workspace;
  followInbox();
  goLive();
}

void start();
