/** XMLHttpRequest: what was asked is known from `open`, how it ended from `loadend`. */
import { called, type Answer, type End, type NetworkCollector } from "./network.ts";
import { type Patches, quietly } from "./patches.ts";

export function watchXhr(collector: NetworkCollector, patches: Patches, signal: AbortSignal): void {
  const opened = new WeakMap<object, { readonly method: string; readonly url: string }>();
  patches.wrap(XMLHttpRequest.prototype, "open", (call, args, self) => {
    quietly(() => {
      const [method, url] = args;
      if (self instanceof XMLHttpRequest) opened.set(self, { method: String(method), url: String(url) });
    });
    return call();
  });
  patches.wrap(XMLHttpRequest.prototype, "send", (call, args, self) => {
    let end: End | null = null;
    quietly(() => {
      const request = self instanceof XMLHttpRequest && opened.get(self);
      const ended = request && collector.begin({ ...request, body: args[0] });
      if (!ended) return;
      end = ended;
      self.addEventListener("loadend", () => quietly(() => ended(answerOf(self, collector.takesBodies))), { once: true, signal });
    });
    return called(call, end);
  });
}

function answerOf(xhr: XMLHttpRequest, takesBodies: boolean): Answer | null {
  if (xhr.status === 0) return null;
  return { status: xhr.status, headers: headersOf(xhr), body: takesBodies ? bodyOf(xhr) : undefined };
}

/** All at once: to ask for one that the page may not see makes the browser complain. */
function headersOf(xhr: XMLHttpRequest): readonly (readonly [string, string])[] {
  const lines = xhr.getAllResponseHeaders().split("\r\n");
  return lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()] as const);
}

function bodyOf(xhr: XMLHttpRequest): string | undefined {
  if (xhr.responseType === "" || xhr.responseType === "text") return xhr.responseText;
  return xhr.responseType === "json" ? JSON.stringify(xhr.response) : undefined;
}
