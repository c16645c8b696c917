/** fetch: what the page gets is its own answer, or its own error, one microtask later. */
import { called, type End, LONGEST_BODY, type NetworkCollector, type Request as Asked } from "./network.ts";
import { type Patches, quietly } from "./patches.ts";

const TEXTS = /^(?:text\/|application\/(?:[\w.+-]*json|xml|x-www-form-urlencoded|graphql))/i;

export function watchFetch(collector: NetworkCollector, patches: Patches): void {
  patches.wrap(globalThis, "fetch", (call, args) => {
    let end: End | null = null;
    quietly(() => {
      const asked = askedOf(args);
      end = asked && collector.begin(asked);
    });
    const answer = called(call, end);
    return end && answer instanceof Promise ? noted(answer, end, collector.takesBodies) : answer;
  });
}

/** A promise that ends as the page's does: a second branch of it would call a rejection handled that the page never handled. */
function noted(answer: Promise<unknown>, end: End, takesBodies: boolean): Promise<unknown> {
  return answer.then(
    (response) => {
      quietly(() => {
        if (response instanceof Response) note(response, end, takesBodies);
      });
      return response;
    },
    (error: unknown) => {
      quietly(() => end(null));
      throw error;
    },
  );
}

function note(response: Response, end: End, takesBodies: boolean): void {
  const { status, headers } = response;
  if (!takesBodies || !TEXTS.test(headers.get("content-type") ?? "")) return end({ status, headers });
  const finish = (body?: string) => quietly(() => end({ status, headers, body }));
  beginningOf(response.clone()).then(finish, () => finish());
}

/** No more than is kept: the rest of an endless answer is not waited for. */
async function beginningOf(response: Response): Promise<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    text += part.value;
    if (text.length > 4 * LONGEST_BODY) await reader?.cancel();
  }
  return text;
}

/** null: it would take the page's own code to know. */
function askedOf([input, init]: readonly unknown[]): Asked | null {
  const { method, body } = (init ?? {}) as RequestInit;
  if (input instanceof Request) return { method: String(method ?? input.method), url: input.url, body };
  if (typeof input !== "string" && !(input instanceof URL)) return null;
  return { method: String(method ?? "GET"), url: String(input), body };
}
