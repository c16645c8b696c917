/** The form alone in a page. What the core, the delivery and the pictures would do, the test says by `window.test`. */
import type { Evidence } from "../src/core/evidence.ts";
import type { Options } from "../src/core/options.ts";
import type { Filled, Panel } from "../src/core/panel.ts";
import { CaptureFault, type Annotate, type Annotated, type Picture } from "../src/core/picture.ts";
import type { Draft, Outcome } from "../src/core/sending.ts";
import { settle } from "../src/core/settings.ts";
import { mountPanel } from "../src/form/mount.ts";

interface Test {
  panel: Panel;
  outcome: Outcome;
  readonly sent: Outcome;
  draft: Draft | null;
  /** Whom the page told of, maybe after the form was loaded. */
  email: string;
  fault: ConstructorParameters<typeof CaptureFault>[0] | null;
  follows: boolean;
  waiting: number;
  /** Whether it is the real drawing tool. */
  draws: boolean;
  readonly filled: Filled[];
  readonly told: string[];
  /** Until it is called, nothing is sent. */
  release: (() => void) | null;
  taken: Blob | null;
  /** What the drawing tool answered. */
  hidden: Blob | null;
  mount(options: Options): void;
  /** A picture that is pasted or dropped. */
  bring(kind: "paste" | "drop"): void;
}

declare global {
  interface Window {
    test: Test;
  }
}

const SENT: Outcome = { kind: "sent", trackingId: "WEB-42", statusUrl: "https://bugs.example.com/r/4f7Qm2xV9s", warnings: [] };

const test: Test = (window.test = {
  panel: { open: async () => undefined, close() {}, update() {}, hear() {}, destroy() {} },
  outcome: SENT,
  sent: SENT,
  draft: null,
  email: "",
  fault: null,
  follows: true,
  waiting: 0,
  draws: false,
  release: null,
  taken: null,
  hidden: null,
  filled: [],
  told: [],
  mount(options) {
    test.panel.destroy();
    const hooks = { onOpen: () => test.told.push("open"), onClose: () => test.told.push("close") };
    const onError = (error: Error) => test.told.push(error.message);
    const settings = settle({ projectKey: "bsk_pub_test", endpoint: location.origin, onError, ...hooks, ...options });
    test.panel = mountPanel({
      settings,
      delivery: {
        follow: async () => test.follows,
        loadDraft: () => test.draft,
        saveDraft: (draft) => (test.draft = draft),
        waiting: async () => test.waiting,
      },
      pictures: { take: picture, share: picture, read: picture, annotate: drawn },
      evidence: () => EVIDENCE,
      email: () => test.email,
      async send(filled) {
        test.filled.push(filled);
        if (test.release) await new Promise<void>((resolve) => (test.release = resolve));
        return test.outcome;
      },
    });
  },
  bring(kind) {
    const data = new DataTransfer();
    data.items.add(new File(["PNG"], "picture.png", { type: "image/png" }));
    const event = kind === "paste" ? new ClipboardEvent(kind, { clipboardData: data }) : new DragEvent(kind, { dataTransfer: data });
    document.querySelector("#bugspark-host")?.shadowRoot?.querySelector("dialog")?.dispatchEvent(event);
  },
});

async function picture(): Promise<Picture> {
  if (test.fault) throw new CaptureFault(test.fault);
  test.taken = painted("#2f6f9f");
  return { blob: test.taken, width: 1280, height: 800, warnings: ["2 cross-origin images", "1 closed shadow root"] };
}

/** A tool of one button, which hides something. */
async function drawn(...given: Parameters<Annotate>): Promise<Annotated | null> {
  if (test.draws) return (await import("../src/annotate/annotate.tsx")).annotate(...given);
  const [, room] = given;
  const hidden = painted("#333333");
  return new Promise((resolve) => {
    const button = document.createElement("button");
    button.textContent = "Hide it";
    const drawing = { v: 1, width: 1280, height: 800, shapes: [] } as const;
    button.onclick = () => {
      test.hidden = hidden;
      resolve({ base: hidden, annotated: null, drawing, hides: true });
    };
    room.append(button);
    button.focus();
  });
}

/** Encoded at once: `toBlob` waits until the browser has time, which a busy machine does not have. */
function painted(color: string): Blob {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1280, height: 800 });
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.fillStyle = "#f4f6f8";
  context.fillRect(0, 0, 1280, 800);
  context.fillStyle = color;
  context.fillRect(0, 0, 1280, 96);
  for (let row = 0; row < 6; row += 1) context.fillRect(80, 160 + row * 96, 560 + 80 * (row % 3), 24);
  const [, data = ""] = canvas.toDataURL().split(",");
  return new Blob([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))], { type: "image/png" });
}

const NOW = 1767225600123;
const EVIDENCE: Evidence = {
  console: [
    { level: "log", message: "cart loaded: 3 items", timestamp: NOW },
    { level: "warn", message: "[Vue warn]: Missing required prop: \"currency\"", timestamp: NOW + 900, count: 4 },
    { level: "error", message: "TypeError: Cannot read properties of undefined (reading 'total')", timestamp: NOW + 1800, stack: "at pay" },
  ],
  network: [
    { method: "GET", url: "https://shop.example.com/api/cart", status: 200, duration: 81, timestamp: NOW },
    { method: "POST", url: "https://shop.example.com/api/checkout/payments?session=[REDACTED]", status: 500, duration: 412, timestamp: NOW },
  ],
  actions: [
    { type: "navigation", url: "https://shop.example.com/checkout", timestamp: NOW },
    { type: "click", target: "button#pay", x: 12, y: 8, timestamp: NOW },
  ],
  environment: {
    userAgent: "Mozilla/5.0 (X11; Linux x86_64)",
    viewport: "1440x900",
    screenResolution: "1440x900",
    url: "https://shop.example.com/checkout",
    referrer: "",
    locale: "en-GB",
    timezone: "Europe/Berlin",
    platform: "Linux x86_64",
    performance: { lcp: 812, cls: 0.02 },
  },
};
