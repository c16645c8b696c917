// A refusal in the language of the page: by its code, where that is known; else as the server says it.
import { language } from "../words/words.ts";
import { Refusal, refusalOf } from "./problem.ts";

export async function refused(response: Response): Promise<Refusal> {
  return inLanguage(refusalOf(response.status, await bodyOf(response)));
}

export async function inLanguage(refusal: Refusal): Promise<Refusal> {
  return language === "de" ? inWords(refusal, await german()) : refusal;
}

export function inWords({ status, code, message, fields }: Refusal, known: Readonly<Record<string, string>>): Refusal {
  const told = fields.map((field) => ({ ...field, message: wordsOf(field.code, field.message, known) }));
  const sentence = told.length > 0 ? told.map((field) => field.message).join("; ") : wordsOf(code, message, known);
  return new Refusal(status, code, sentence, told);
}

function wordsOf(code: string, sentence: string, known: Readonly<Record<string, string>>): string {
  const numbers = sentence.match(/\d+/g) ?? [];
  const [first, last] = [numbers[0], numbers.at(-1)];
  const words = known[code];
  if (words === undefined || (words.includes("{n}") && first === undefined)) return sentence;
  return words.replace("{n}", first ?? "").replace("{last}", last ?? "");
}

async function german(): Promise<Readonly<Record<string, string>>> {
  try {
    return (await import("../words/de_refusals.ts")).refusals;
  } catch {
    // Its file belongs to an older version of the page.
    return {};
  }
}

export async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}
