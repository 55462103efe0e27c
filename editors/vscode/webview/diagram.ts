// The page of the diagram's panel: shows the drawing, moves and zooms it, finds classes, and tells the extension of clicks.
import type { FromPage, ToPage } from "../src/messages";

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void };

const host = acquireVsCodeApi();
const stage = element("stage");
const search = element("search") as HTMLInputElement;
const depth = element("depth") as HTMLSelectElement;
const STEP = 1.2;
const MARGIN = 24;

let source = "";
let names: readonly string[] = [];
let scale = 1;
let left = 0;
let top_ = 0;

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`the page has no ${id}`);
  }
  return found;
}

function drawing(): SVGSVGElement | null {
  return stage.querySelector("svg");
}

function place(): void {
  const svg = drawing();
  if (svg) {
    svg.style.transform = `translate(${String(left)}px, ${String(top_)}px) scale(${String(scale)})`;
  }
}

/** Zooms so that what is at a point of the stage stays there. */
function zoom(factor: number, x = stage.clientWidth / 2, y = stage.clientHeight / 2): void {
  const next = Math.min(4, Math.max(0.05, scale * factor));
  left = x - ((x - left) * next) / scale;
  top_ = y - ((y - top_) * next) / scale;
  scale = next;
  place();
}

function fit(): void {
  const svg = drawing();
  if (!svg) {
    return;
  }
  const { width, height } = svg.viewBox.baseVal;
  scale = Math.min(1, (stage.clientWidth - MARGIN) / width, (stage.clientHeight - MARGIN) / height);
  left = (stage.clientWidth - width * scale) / 2;
  top_ = (stage.clientHeight - height * scale) / 2;
  place();
}

function show(svg: string): void {
  source = svg;
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  stage.replaceChildren(document.importNode(parsed, true));
  fit();
}

/** Marks a box and brings it into sight. */
function select(index: number): void {
  for (const old of stage.querySelectorAll(".selected")) {
    old.classList.remove("selected");
  }
  const box = stage.querySelector(`[data-entity="${String(index)}"]`);
  if (!box) {
    return;
  }
  box.classList.add("selected");
  const outer = stage.getBoundingClientRect();
  const inner = box.getBoundingClientRect();
  const hidden =
    inner.left < outer.left || inner.top < outer.top || inner.right > outer.right || inner.bottom > outer.bottom;
  if (hidden) {
    left += outer.left + outer.width / 2 - (inner.left + inner.width / 2);
    top_ += outer.top + outer.height / 2 - (inner.top + inner.height / 2);
    place();
  }
}

/** The box that an event happened in, or that a line of text in a box refers to. */
function boxOf(event: Event): number | undefined {
  const target = event.target as Element;
  const far = target.closest("a")?.getAttribute("href")?.replace("#entity-", "");
  const own = target.closest("[data-entity]")?.getAttribute("data-entity");
  const index = far ?? own;
  return index === undefined || index === null ? undefined : Number(index);
}

function find(): void {
  const wanted = search.value.toLowerCase();
  const fits = (name: string): boolean => name.toLowerCase().includes(wanted);
  const exact = names.findIndex((name) => name.toLowerCase() === wanted);
  const index = exact >= 0 ? exact : names.findIndex(fits);
  search.classList.toggle("none", index < 0);
  if (wanted !== "" && index >= 0) {
    select(index);
  }
}

/** The drawing as a PNG of twice its size, as base64. */
async function asPng(): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * 2;
  canvas.height = image.height * 2;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png").split(",")[1] ?? "";
}

function moveByPointer(): void {
  let from: { x: number; y: number } | undefined;
  let moved = false;
  stage.addEventListener("pointerdown", (event) => {
    from = { x: event.clientX - left, y: event.clientY - top_ };
    moved = false;
  });
  window.addEventListener("pointermove", (event) => {
    if (from) {
      const [x, y] = [event.clientX - from.x, event.clientY - from.y];
      moved ||= Math.abs(x - left) + Math.abs(y - top_) > 3;
      [left, top_] = [x, y];
      place();
    }
  });
  window.addEventListener("pointerup", () => {
    from = undefined;
  });
  stage.addEventListener("click", (event) => {
    event.preventDefault();
    const index = boxOf(event);
    if (index !== undefined && !moved) {
      select(index);
      host.postMessage({ type: "open", index });
    }
  });
  stage.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const outer = stage.getBoundingClientRect();
      zoom(event.deltaY < 0 ? STEP : 1 / STEP, event.clientX - outer.left, event.clientY - outer.top);
    },
    { passive: false },
  );
}

function listen(): void {
  window.addEventListener("message", (event: MessageEvent<ToPage>) => {
    const message = event.data;
    if (message.type === "show") {
      names = message.names;
      show(message.svg);
    } else if (message.type === "select") {
      select(message.index);
    } else {
      names = [];
      source = "";
      stage.textContent = message.text;
    }
  });
  const onClick = (id: string, run: () => void): void => {
    element(id).addEventListener("click", run);
  };
  onClick("in", () => {
    zoom(STEP);
  });
  onClick("out", () => {
    zoom(1 / STEP);
  });
  onClick("fit", fit);
  onClick("svg", () => {
    host.postMessage({ type: "save", kind: "svg", content: source });
  });
  onClick("png", () => {
    void asPng().then((content) => {
      host.postMessage({ type: "save", kind: "png", content });
    });
  });
  search.addEventListener("input", find);
  depth.addEventListener("change", () => {
    host.postMessage({ type: "depth", depth: depth.value === "" ? null : Number(depth.value) });
  });
}

moveByPointer();
listen();
host.postMessage({ type: "ready" });
