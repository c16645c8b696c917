// The test page's faults: what a page does wrong that a report should tell of, and what is hard to draw.

const faults: Readonly<Record<string, () => unknown>> = {
  log: () => console.error("The basket could not be priced.", { basket: 42, items: ["apple", "pear"] }),
  flood: () => {
    for (let line = 1; line <= 500; line++) console.info(`Line ${line} of a page that talks too much`);
  },
  secret: () => console.warn("Authorization: Bearer abcdefghijklmnop.qrstuvwxyz", { password: "hunter2" }),
  throw: () =>
    setTimeout(() => {
      throw new TypeError("The test page threw this on purpose.");
    }),
  reject: () => void Promise.reject(new Error("The test page rejected this on purpose.")),
  missing: () => fetch("/widget/test/missing?token=secret-token&email=ada@example.com"),
  xhr: () => {
    const request = new XMLHttpRequest();
    request.open("POST", "/widget/test/missing");
    request.send("{}");
  },
  // Nobody listens at this port; the policy of this page would not let it through either.
  offline: () => fetch("http://127.0.0.1:9/").catch(() => undefined),
  navigate: () => history.pushState(null, "", `#${Date.now()}`),
  block: () => {
    const until = performance.now() + 1000;
    while (performance.now() < until);
  },
};

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-fault]")) {
  button.addEventListener("click", () => {
    faults[button.dataset["fault"] ?? ""]?.();
    tell(button.textContent ?? "");
  });
}
shadow();
draw();
document.querySelector("#scrolled")?.scrollTo(0, 120);

function tell(fault: string): void {
  const line = document.querySelector<HTMLElement>("#told");
  if (line !== null) line.textContent = `${line.dataset["done"] ?? ""}: ${fault}`;
}

function shadow(): void {
  const host = document.querySelector<HTMLElement>("#shadowed");
  if (host === null) return;
  const text = document.createElement("p");
  text.textContent = host.dataset["text"] ?? "";
  host.attachShadow({ mode: "open" }).append(text);
}

function draw(): void {
  const canvas = document.querySelector<HTMLCanvasElement>("#drawn");
  const pen = canvas?.getContext("2d");
  if (!canvas || !pen) return;
  pen.strokeStyle = getComputedStyle(canvas).color;
  for (let x = 0; x < canvas.width; x += 8) {
    pen.moveTo(x, canvas.height);
    pen.lineTo(canvas.width - x, 0);
  }
  pen.stroke();
}

export {};
