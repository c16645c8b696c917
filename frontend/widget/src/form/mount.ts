/** The widget's own element in the page: a shadow root with the button, and the form, which is loaded when it is wanted. */
import { callPage, Fault, tell } from "../core/fault.ts";
import type { MountPanel, Panel, PanelNeeds } from "../core/panel.ts";
import type { News } from "../core/sending.ts";
import type { Settings } from "../core/settings.ts";
import { dress } from "../../../kit/src/dress.ts";
import type { Form } from "./form.tsx";
import { opensForm } from "./hotkey.ts";
import { isRightToLeft, languageOf, loadCatalogue, spokenIn, type Catalogue } from "./languages.ts";
import { Launcher } from "./launcher.ts";
import launcherSheet from "./launcher.css";
import { Placement } from "./placement.ts";
import { hostElement, reachable, rootIn } from "./root.ts";
import { buttonWords } from "./words/button.ts";

const IDLE_AFTER_MS = 1500;

export const mountPanel: MountPanel = (needs) => new MountedPanel(needs);

class MountedPanel implements Panel {
  private readonly place = hostElement();
  private readonly root = rootIn(this.place.host, launcherSheet);
  private readonly placement: Placement;
  private readonly launcher: Launcher;
  private settings: Settings;
  private catalogue: Catalogue | null = null;
  private language = "en";
  private form: Form | null = null;
  private loading: Promise<Form> | null = null;
  private isOpen = false;
  private isGone = false;
  private readonly cancelIdle: () => void;

  constructor(private readonly needs: PanelNeeds) {
    this.settings = needs.settings;
    this.placement = new Placement(needs.settings.projectKey);
    this.launcher = new Launcher(this.root, this.placement, { open: () => void this.open(), expect: () => void this.load() });
    document.addEventListener("keydown", this.onKey);
    this.cancelIdle = whenIdle(() => void this.load().catch(() => undefined));
    this.update(needs.settings);
  }

  async open(): Promise<void> {
    if (this.isOpen) return;
    this.isOpen = true;
    try {
      const form = await this.load();
      if (!this.isOpen || this.isGone) return;
      reachable(this.place.host);
      form.open();
      this.launcher.mark(false);
      callPage(this.settings, () => this.settings.onOpen?.());
    } catch {
      this.isOpen = false;
      this.launcher.complain();
      tell(this.settings, new Fault("not_loaded", "Lacewing: the form could not be loaded."));
    }
  }

  readonly close = (): void => {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.form?.close();
    callPage(this.settings, () => this.settings.onClose?.());
  };

  update(settings: Settings): void {
    this.settings = settings;
    this.placement.stand(settings.position);
    void this.speak(spokenIn(languageOf(settings.locale), settings.words));
  }

  hear(news: News): void {
    if (!this.isOpen) this.launcher.mark(true);
    this.load().then(
      (form) => form.hear(news),
      () => undefined,
    );
  }

  destroy(): void {
    this.cancelIdle();
    document.removeEventListener("keydown", this.onKey);
    this.launcher.remove();
    this.form?.destroy();
    this.isGone = true;
    this.place.leave();
  }

  private draw(): void {
    const words = { ...buttonWords, ...this.catalogue?.words, ...this.settings.words };
    dress(this.root, this.settings);
    this.launcher.draw(words, this.settings);
    this.form?.draw(this.settings, this.catalogue, this.language);
  }

  /** In English until the language is there, and for good where it can not be had. */
  private async speak(language: string): Promise<void> {
    this.language = language;
    this.root.lang = language;
    this.root.dir = isRightToLeft(language) ? "rtl" : "ltr";
    this.draw();
    const catalogue = await loadCatalogue(language);
    if (!catalogue || this.language !== language || this.isGone) return;
    this.catalogue = catalogue;
    this.draw();
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (!opensForm(event, this.settings.hotkey)) return;
    event.preventDefault();
    void this.open();
  };

  /** Once; what failed is tried again the next time. */
  private load(): Promise<Form> {
    this.loading ??= import("./form.tsx").then(({ Form }) => this.furnish(new Form(this.needs, this.root, this.close)));
    this.loading.catch(() => (this.loading = null));
    return this.loading;
  }

  private furnish(form: Form): Form {
    this.form = form;
    if (this.isGone) form.destroy();
    else this.draw();
    return form;
  }
}

/** The form is loaded while nothing else happens, so that it opens at once, and without a network too. */
function whenIdle(work: () => void): () => void {
  const loaded = new AbortController();
  let timer: ReturnType<typeof setTimeout>;
  const wait = () => void (timer = setTimeout(work, IDLE_AFTER_MS));
  if (document.readyState === "complete") wait();
  else addEventListener("load", wait, { once: true, signal: loaded.signal });
  return () => {
    loaded.abort();
    clearTimeout(timer);
  };
}
