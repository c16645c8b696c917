"use strict";
const find = (id) => document.getElementById(id);

function fill(root, color) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`div { height: 40px; background: ${color}; } input { display: block; width: 80px; }`);
  root.adoptedStyleSheets = [sheet];
  root.append(document.createElement("div"));
}

fill(find("shadow").attachShadow({ mode: "open" }), "#00ffff");
customElements.define("x-closed", class extends HTMLElement {});
fill(find("closed").attachShadow({ mode: "closed" }), "#ff8000");

const pen = find("drawn").getContext("2d");
pen.fillStyle = "#800080";
pen.fillRect(0, 0, 80, 40);
const gl = find("webgl").getContext("webgl");
if (gl) {
  gl.clearColor(1, 0, 0, 1);
  gl.clear(gl.COLOR_BUFFER_BIT);
}

const notes = find("scrolled");
notes.value = [...Array(20).keys()].map((line) => `line ${line} ${"W".repeat(12)}`).join("\n");
notes.scrollTop = 240;
find("scroller").scrollTop = 200;

const rows = Number(new URLSearchParams(location.search).get("rows") ?? 0);
if (rows) {
  const table = document.createElement("table");
  for (let row = 0; row < rows; row += 1) {
    const line = table.insertRow();
    for (let cell = 0; cell < 10; cell += 1) line.insertCell().append(`r${row} c${cell}`);
  }
  find("table").append(table);
  find("below").remove();
}
