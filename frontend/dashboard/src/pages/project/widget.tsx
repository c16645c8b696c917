// How the project's widget looks and what it offers, seen beside while it is chosen.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ProjectItem } from "../../api/types.ts";
import type { PageProps } from "../../routing/pages.ts";
import { changeSettings } from "../../store/project_settings.ts";
import { may } from "../../store/rights.ts";
import { say } from "../../store/toasts.ts";
import { loadProjects } from "../../store/workspace.ts";
import { Field } from "../../ui/field.tsx";
import { useForm } from "../../ui/form.tsx";
import { Section } from "../../ui/section.tsx";
import { Select } from "../../ui/select.tsx";
import { t } from "../../words/words.ts";
import { ColorField, ownAccent } from "./color_field.tsx";
import { SettingsPage } from "./frame.tsx";
import { type Look, lookOf, settingsOf, THEMES } from "./look.ts";
import { WidgetPreview } from "./widget_preview.tsx";

export function Widget({ params }: PageProps): JSX.Element {
  return (
    <SettingsPage params={params} part="widget">
      {(project) => (may("projects:write", project.id) ? <LookForm project={project} /> : <WidgetPreview look={lookOf(project.settings)} />)}
    </SettingsPage>
  );
}

function LookForm({ project }: { readonly project: ProjectItem }): JSX.Element {
  const [look, setLook] = useState(() => lookOf(project.settings));
  const set = (change: Partial<Look>): void => setLook((now) => ({ ...now, ...change }));
  const form = useForm(async () => {
    await changeSettings(project.id, settingsOf(look));
    await loadProjects();
    say(t("look.saved"));
  });
  return (
    <Section title={t("settings.widget")} hint={t("look.lead")}>
      <div class="look">
        <form class="stack" onSubmit={form.onSubmit} noValidate onInput={(event) => set(typed(event.target))}>
          <ColorField label={t("look.accent")} value={look.accent || ownAccent()} onPick={(accent) => set({ accent })} />
          {look.accent !== "" && (
            <p>
              <button type="button" class="button small" onClick={() => set({ accent: "" })}>
                {t("look.own_accent")}
              </button>
            </p>
          )}
          <Select label={t("look.theme")} options={THEMES.map((each) => [each, t(`look.${each}`)] as const)} value={look.theme} onPick={(theme) => set({ theme })} />
          <Field name="buttonText" label={t("look.button")} placeholder={t("look.button_none")} value={look.buttonText} refusal={form.refusal} takesAll isOptional />
          <Field name="modalTitle" label={t("look.title")} placeholder={t("look.report")} value={look.modalTitle} refusal={form.refusal} isOptional />
          <Field name="logoUrl" type="url" label={t("look.logo")} hint={t("look.logo_hint")} value={look.logoUrl} refusal={form.refusal} isOptional />
          <Field name="locale" label={t("look.locale")} hint={t("look.locale_hint")} placeholder="pt-BR" value={look.locale} refusal={form.refusal} isOptional />
          <Switch text={t("look.screenshot")} isOn={look.enableScreenshot} onTurn={(enableScreenshot) => set({ enableScreenshot })} />
          <Switch text={t("look.original")} isOn={look.keepOriginal} onTurn={(keepOriginal) => set({ keepOriginal })} />
          <Switch text={t("look.watermark")} isOn={look.showWatermark} onTurn={(showWatermark) => set({ showWatermark })} />
          <p>
            <button type="submit" class="button primary" disabled={form.isSending}>
              {t("settings.save")}
            </button>
          </p>
        </form>
        <WidgetPreview look={look} />
      </div>
    </Section>
  );
}

/** What is typed into a field of words is seen at once. */
function typed(target: EventTarget | null): Partial<Look> {
  const isWords = target instanceof HTMLInputElement && ["buttonText", "modalTitle", "logoUrl", "locale"].includes(target.name);
  return isWords ? { [target.name]: target.value.trim() } : {};
}

interface SwitchProps {
  readonly text: string;
  readonly isOn: boolean;
  readonly onTurn: (isOn: boolean) => void;
}

function Switch({ text, isOn, onTurn }: SwitchProps): JSX.Element {
  return (
    <label class="check">
      <input type="checkbox" checked={isOn} onChange={(event) => onTurn(event.currentTarget.checked)} />
      {text}
    </label>
  );
}
