/** The form: loaded when it is wanted, then there until the widget goes. */
import { render } from "preact";
import type { PanelNeeds } from "../core/panel.ts";
import type { News } from "../core/sending.ts";
import type { Settings } from "../core/settings.ts";
import { Desk } from "./desk.ts";
import formSheet from "./form.css";
import { annotateWordsOf, type Catalogue } from "./languages.ts";
import { Panel } from "./panel.tsx";
import { adopt } from "./root.ts";
import { english, type Words } from "./words/english.ts";

/** What every part of the form is drawn from. */
export interface View {
  readonly desk: Desk;
  readonly words: Words;
  readonly settings: Settings;
  readonly language: string;
  readonly close: () => void;
}

export class Form {
  private readonly room = document.createElement("div");
  private readonly desk: Desk;
  private settings: Settings;
  private catalogue: Catalogue | null = null;
  private language = "en";
  private isOpen = false;

  constructor(
    needs: PanelNeeds,
    private readonly root: HTMLElement,
    private readonly onClose: () => void,
  ) {
    this.settings = needs.settings;
    this.desk = new Desk(
      needs,
      root,
      () => this.settings,
      () => annotateWordsOf(this.catalogue, this.settings.words),
      () => this.redraw(),
    );
    adopt(root, formSheet);
    root.append(this.room);
  }

  open(): void {
    this.isOpen = true;
    this.desk.open();
    this.redraw();
  }

  close(): void {
    this.isOpen = false;
    this.desk.close();
    this.room.querySelector("dialog")?.close(); // gives the focus back to where it was
    this.redraw();
  }

  draw(settings: Settings, catalogue: Catalogue | null, language: string): void {
    this.settings = settings;
    this.catalogue = catalogue;
    this.language = language;
    this.redraw();
  }

  hear(news: News): void {
    this.desk.hear(news);
  }

  destroy(): void {
    this.close();
    this.room.remove();
  }

  private redraw(): void {
    const { desk, catalogue, settings, language, onClose: close } = this;
    const words = { ...english, ...catalogue?.words, ...settings.words };
    const shadow = this.root.getRootNode() as ShadowRoot;
    const hadFocus = shadow.activeElement !== null;
    this.root.dataset["stage"] = desk.state.stage;
    render(this.isOpen && <Panel {...{ desk, words, settings, language, close }} />, this.room);
    // What had it may be gone, such as the button of what it removed.
    if (hadFocus && !shadow.activeElement) this.room.querySelector("dialog")?.focus();
  }
}
