// The page that bench/widget.py opens: the same work in turns with and without the widget's collectors.
const CALLS = 10_000;
const ROUNDS = 9;
const rows = Array.from({ length: 50 }, () => document.getElementById("list").appendChild(document.createElement("li")));

const WORKS = {
  "a line, and nothing else": (at) => console.log(`row ${at}`),
  "a line with an object, and nothing else": (at) => console.log("row", at, { at, name: "row", tags: ["a", "b"] }),
  "an error, and nothing else": (at) => console.error(`row ${at}`),
  "a page that lays out a row for each line": (at) => {
    const row = rows[at % rows.length];
    row.textContent = `row ${at}`;
    row.dataset.at = at;
    row.getBoundingClientRect();
    console.log("row", at, { at, name: "row" });
  },
};

const OFF = { collectConsole: false, collectNetwork: false, collectActions: false };

/** Processor time of this page's main thread, in milliseconds: others on the machine do not count. */
const clock = async () => Number(await (await fetch(`/clock?${performance.now()}`)).text());

/** The widget stands in the page both times: its button is not what is measured. */
async function timed(work, options) {
  Lacewing.init({ projectKey: "bench", endpoint: location.origin, ...options });
  await Lacewing.open();
  Lacewing.close();
  const start = await clock();
  for (let at = 0; at < CALLS; at++) work(at);
  const spent = (await clock()) - start;
  Lacewing.destroy();
  return spent;
}

async function compared(work) {
  const times = { without: [], with: [] };
  for (let round = 0; round <= ROUNDS; round++) {
    times.without.push(await timed(work, OFF));
    times.with.push(await timed(work, {}));
  }
  // The first of each is still being compiled.
  return { without: times.without.slice(1), with: times.with.slice(1) };
}

await Lacewing.destroy();
await new Promise((resolve) => setTimeout(resolve, 1000));
const measured = {};
for (const [name, work] of Object.entries(WORKS)) measured[name] = await compared(work);
await fetch("/measured", { method: "POST", body: JSON.stringify({ calls: CALLS, measured }) });
