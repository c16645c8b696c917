/** Makes a report of what was filled in, and takes it to where it goes. */
import { callPage, Fault, tell } from "./fault.ts";
import type { Filled } from "./panel.ts";
import type { Delivery, Outcome, Report } from "./sending.ts";
import type { Settings } from "./settings.ts";

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
      ...(settings.metadata ? { custom: settings.metadata } : {}),
    },
    ...(identifier ? { reporter_identifier: identifier } : {}),
    ...(honeypot ? { hp_field: honeypot } : {}),
  };
}

/** A page that fails to look at a report may have had to take something out of it: it is not sent. */
async function checked(report: Report, { beforeSend }: Settings): Promise<Report | null> {
  return beforeSend ? ((await beforeSend(report)) ?? null) : report;
}
