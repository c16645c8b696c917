/** The theme, and a colour of the host's own: what stands on it and around it stays readable. */
type Channels = readonly [red: number, green: number, blue: number];

const OWN = ["--accent", "--accent-deep", "--on-accent", "--wash", "--ring", "--background", "--text", "--line"];

/** What a widget is given of its looks; null: Lacewing's own accent. */
export interface Dress {
  readonly theme: string;
  readonly accent: string | null;
  readonly branding: { readonly customColors?: { readonly background?: string; readonly text?: string; readonly border?: string } };
}

export function dress(root: HTMLElement, { theme, accent, branding }: Dress): void {
  const { background, text, border } = branding.customColors ?? {};
  root.dataset["theme"] = theme;
  for (const name of OWN) root.style.removeProperty(name);
  set(root, "--background", background);
  set(root, "--text", text);
  set(root, "--line", border);
  if (accent && set(root, "--accent", accent)) accentuate(root, channelsOf(accent));
}

function set(root: HTMLElement, name: string, color: string | undefined): boolean {
  const isColor = color !== undefined && CSS.supports("color", color);
  if (isColor) root.style.setProperty(name, color);
  return isColor;
}

/** The ring of the focus is the accent only where it is seen: 3:1 against white or near-black (WCAG 1.4.11). */
function accentuate(root: HTMLElement, channels: Channels): void {
  const light = luminanceOf(channels);
  const ring = [1.05 / (light + 0.05), (light + 0.05) / 0.0553].map((ratio) => (ratio < 3 ? "var(--text)" : "var(--accent)"));
  const [on, away] = light > 0.179 ? ["light", "dark"] : ["dark", "light"];
  root.style.setProperty("--on-accent", `var(--on-${on})`);
  // Away from what stands on it, so that it is read no worse under the pointer.
  root.style.setProperty("--accent-deep", `color-mix(in oklab, var(--accent) 86%, var(--on-${away}))`);
  root.style.setProperty("--wash", "color-mix(in oklab, var(--accent) 10%, var(--background))");
  root.style.setProperty("--ring", `light-dark(${ring.join()})`);
}

/** WCAG 2.2, relative luminance. */
export function luminanceOf(channels: Channels): number {
  const [red, green, blue] = channels.map((value) =>
    value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  ) as unknown as Channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Whatever notation it is in, a canvas paints it. */
function channelsOf(color: string): Channels {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  if (!canvas) return [0, 0, 0];
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}
