/** Makes a report of what was filled in, and takes it to where it goes. */
import { callPage, Fault, tell } from "./fault.ts";
import type { Filled } from "./panel.ts";
import type { Delivery, Outcome, Report } from "./sending.ts";
import type { Settings } from "./settings.ts";

/** Characters as JSON; the server takes 64 KB of metadata. */
const MOST_CUSTOM = 16 * 1024;

/** Never rejects. `reporter` counts where no address was written. */
export async function sendReport(filled: Filled, reporter: string, settings: Settings, delivery: Delivery): Promise<Outcome> {
  try {
    const report = await checked(reportOf(filled, reporter, settings), settings);
    if (!report) return { kind: "withheld" };
    const { enclosures, drawing } = filled;
    const outcome = await delivery.submit({ report, enclosures, drawing });
    if (outcome.kind === "sent") callPage(settings, () => settings.onSubmit?.({ ...report, trackingId: outcome.trackingId }));
    if (outcome.kind === "refused") tell(settings, new Fault("not_sent", outcome.message));
    return outcome;
  } catch (error) {
    tell(settings, error);
    return { kind: "refused", code: "failed", message: error instanceof Error ? error.message : String(error) };
  }
}

function reportOf({ draft, evidence, captureWarnings, honeypot }: Filled, reporter: string, settings: Settings): Report {
  const { title, description, severity, category, email } = draft;
  const identifier = email || reporter;
  return {
    title,
    description,
    severity,
    category,
    console_logs: evidence.console,
    network_logs: evidence.network,
    user_actions: evidence.actions,
    metadata: {
      ...evidence.environment,
      ...(captureWarnings.length > 0 ? { captureWarnings } : {}),
      ...customOf(settings),
    },
    ...(identifier ? { reporter_identifier: identifier } : {}),
    ...(honeypot ? { hp_field: honeypot } : {}),
  };
}

/** Without what no JSON can say, and what is so much that the server would drop all metadata: the report is worth more. */
function customOf(settings: Settings): { readonly custom?: Readonly<Record<string, unknown>> } {
  if (!settings.metadata) return {};
  let left = MOST_CUSTOM;
  const fits = (value: unknown): boolean => {
    try {
      left -= JSON.stringify(value)?.length ?? 0;
    } catch {
      return false;
    }
    return left >= 0;
  };
  const members = Object.entries(settings.metadata);
  const kept = members.filter(([, value]) => fits(value));
  if (kept.length < members.length) tell(settings, new Fault("metadata_left_out", "Lacewing: not all of metadata can be sent."));
  return { custom: Object.fromEntries(kept) };
}

/** A page that fails to look at a report may have had to take something out of it: it is not sent. */
async function checked(report: Report, { beforeSend }: Settings): Promise<Report | null> {
  return beforeSend ? ((await beforeSend(report)) ?? null) : report;
}
