// A refusal: what the server says it is (RFC 9457), or that it could not be asked.
import type { FieldProblem, ProblemBody } from "./types.ts";

export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: readonly FieldProblem[];

  constructor(status: number, code: string, sentence: string, fields: readonly FieldProblem[] = []) {
    super(sentence);
    this.status = status;
    this.code = code;
    this.fields = fields;
  }
}

/** Status 0: there was no answer. */
export const OFFLINE = "offline";

export function refusalOf(status: number, body: unknown): Refusal {
  if (!isProblem(body)) return new Refusal(status, "unreadable", `${status}`);
  const told = body.errors ?? [];
  const sentence = told.length > 0 ? told.map((field) => field.message).join("; ") : body.detail;
  return new Refusal(status, body.code, sentence, told);
}

function isProblem(body: unknown): body is ProblemBody {
  return typeof body === "object" && body !== null && "code" in body && "detail" in body;
}
