/* The interactive map, over the list that is its equal.

   <div class="map" data-parvis-map data-maplibre="…mjs" data-worker="…mjs" data-land="…" data-borders="…"
        data-list="places" data-city='{"name":"Paris","lon":2.35,"lat":48.85}' data-words='{…}'>
     <div data-map-plate>…the SVG plate…</div>
     <button type="button" data-map-open hidden>Explore the map</button>
     <p role="status" data-map-status></p>
   </div>
   <ul id="places"> <li data-point data-key data-lon data-lat data-tie data-name data-said><a href>…</a></li> </ul>

   The rows of the list are the points of the map: it never knows more than the list does. MapLibre and
   the shapes are fetched at the reader's first gesture. Without WebGL, or should anything fail, the
   plate stays and a sentence says so. Nothing here writes markup from text. */

const WORDS = {
  region: "Map. Arrow keys move it, plus and minus change the scale, Tab goes from point to point, Escape leaves.",
  opened: "The map is open.", failed: "This browser cannot draw the moving map. The drawing and the list say the same.",
  cluster: "%n places, show them", zoom_in: "Closer", zoom_out: "Farther", whole: "Whole world",
  views: { "Europe": [14, 49, 3.4], "Africa": [18, 3, 2.5], "Americas": [-80, 12, 1.8], "Asia": [110, 28, 2.3] },
};
const SVG = "http://www.w3.org/2000/svg";
const CLUSTER_AT = 30;
const NEAR_DEGREES = .4;
const WORLD_CENTER = [11, 24];
const still = matchMedia("(prefers-reduced-motion: reduce)");

const element = (name, className, attributes = {}) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

const shape = (name, attributes) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/* The same marks as on the plate: shape and colour together. */
const mark = (tie) => {
  const svg = shape("svg", { viewBox: "-9 -9 18 18", "aria-hidden": "true" });
  const circle = (r, className) => shape("circle", { r, class: `mark ${className}` });
  if (tie === "city") svg.append(circle(8.5, "halo"), circle(5, "city"));
  else if (tie === "project") svg.append(shape("path", { d: "M0 -7.5L7.5 0 0 7.5-7.5 0z", class: "mark project" }));
  else svg.append(circle(tie === "other" ? 5.4 : 6.2, tie));
  return svg;
};

const pointsOf = (list) => [...list.querySelectorAll("[data-point]")].map((row) => ({
  row, key: row.dataset.key, name: row.dataset.name, tie: row.dataset.tie || "other", said: row.dataset.said || "",
  at: [Number(row.dataset.lon), Number(row.dataset.lat)], href: row.querySelector("a[href]")?.href,
})).filter(({ at }) => at.every(Number.isFinite));

const style = (land, borders) => ({
  version: 8,
  projection: { type: ["interpolate", ["linear"], ["zoom"], 4, "vertical-perspective", 5, "mercator"] },
  sources: {
    land: { type: "geojson", data: land, attribution: "Natural Earth" },
    borders: { type: "geojson", data: borders },
  },
  layers: [
    { id: "water", type: "background", paint: { "background-color": token("--paper") } },
    { id: "land", type: "fill", source: "land", paint: { "fill-color": token("--land"), "fill-antialias": true } },
    { id: "settled", type: "line", source: "borders", filter: ["==", ["get", "disputed"], false],
      paint: { "line-color": token("--line-strong"), "line-width": ["interpolate", ["linear"], ["zoom"], 1, .4, 6, 1], "line-opacity": .7 } },
    { id: "disputed", type: "line", source: "borders", filter: ["==", ["get", "disputed"], true],
      paint: { "line-color": token("--line-strong"), "line-width": 1, "line-dasharray": [2, 2], "line-opacity": .8 } },
  ],
});

const canDraw = () => {
  try { return Boolean(document.createElement("canvas").getContext("webgl2")); } catch { return false; }
};

class Atlas {
  constructor(root) {
    this.root = root;
    this.words = { ...WORDS, ...JSON.parse(root.dataset.words || "{}") };
    this.list = document.getElementById(root.dataset.list);
    this.button = root.querySelector("[data-map-open]");
    this.status = root.querySelector("[data-map-status]");
    this.selected = null;
    this.shown = [];
    if (!this.button || !this.list) return;
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.open());
  }

  say(text) { if (this.status) this.status.textContent = text; }

  async open() {
    if (this.root.dataset.state) return;
    this.root.dataset.state = "loading";
    try {
      if (!canDraw()) throw new Error("no WebGL");
      const library = await import(this.root.dataset.maplibre);
      library.setWorkerUrl(new URL(this.root.dataset.worker, document.baseURI).href);
      this.points = pointsOf(this.list);
      this.build();
      await this.draw(library);
    } catch (error) {
      this.fail(error);
    }
  }

  fail(error) {
    console.warn("map:", error);
    this.map?.remove();
    this.stage?.remove();
    this.tools?.remove();
    this.root.dataset.state = "failed";
    this.button.hidden = true;
    this.say(this.words.failed);
  }

  build() {
    this.stage = element("div", "map-stage", { tabindex: "-1", role: "region", "aria-label": this.words.region });
    this.holder = element("div", "map-canvas-holder");
    this.overlay = element("div", "map-points");
    this.legs = shape("svg", { class: "map-legs", "aria-hidden": "true" });
    this.overlay.append(this.legs);
    this.stage.append(this.holder, this.overlay);
    this.tools = element("div", "map-tools");
    const tool = (text, label, act) => {
      const button = element("button", "", { type: "button" });
      button.textContent = text;
      if (label !== text) button.setAttribute("aria-label", label);
      button.addEventListener("click", act);
      this.tools.append(button);
    };
    tool("+", this.words.zoom_in, () => this.move({ zoom: this.map.getZoom() + 1 }));
    tool("−", this.words.zoom_out, () => this.move({ zoom: this.map.getZoom() - 1 }));
    tool(this.words.whole, this.words.whole, () => this.move(this.whole()));
    for (const [name, [lon, lat, zoom]] of Object.entries(this.words.views)) {
      tool(name, name, () => this.move({ center: [lon, lat], zoom: zoom + Math.min(0, Math.log2(this.stage.clientWidth / 1000)) }));
    }
    const plate = this.root.querySelector("[data-map-plate]");
    plate ? plate.after(this.tools, this.stage) : this.root.prepend(this.tools, this.stage);
    this.stage.addEventListener("keydown", (event) => this.onKey(event));
    /* Moved, not over: a row that a scroll slides under a resting pointer was not chosen, and must not take the ring. */
    this.list.addEventListener("pointermove", (event) => this.onRow(event));
    this.list.addEventListener("focusin", (event) => this.onRow(event));
  }

  /* The globe as large as the stage. */
  whole() {
    const room = Math.min(this.stage.clientWidth, this.stage.clientHeight);
    return { center: WORLD_CENTER, zoom: Math.log2(1.06 * room * Math.PI / 512) };
  }

  async draw(library) {
    this.root.dataset.state = "open";
    this.map = new library.Map({
      container: this.holder, style: style(this.root.dataset.land, this.root.dataset.borders), ...this.whole(),
      minZoom: 0, maxZoom: 9, hash: "map", attributionControl: false, dragRotate: false, pitchWithRotate: false,
      touchPitch: false, keyboard: false, fadeDuration: 0, renderWorldCopies: false,
    });
    this.map.touchZoomRotate.disableRotation();
    const canvas = this.map.getCanvas();
    canvas.tabIndex = -1;
    canvas.setAttribute("aria-hidden", "true");
    for (const role of ["role", "aria-label"]) canvas.removeAttribute(role);
    await new Promise((done, failed) => {
      this.map.once("load", done);
      this.map.once("error", (event) => failed(event.error));
    });
    this.map.on("move", () => this.place());
    this.map.on("moveend", () => this.gather());
    this.map.on("resize", () => this.gather());
    this.map.on("error", (event) => console.warn("map:", event.error));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.recolour());
    this.gather();
    this.button.hidden = true;
    this.stage.focus({ preventScroll: true });
    this.say(this.words.opened);
  }

  recolour() {
    this.map.setPaintProperty("water", "background-color", token("--paper"));
    this.map.setPaintProperty("land", "fill-color", token("--land"));
    for (const layer of ["settled", "disputed"]) this.map.setPaintProperty(layer, "line-color", token("--line-strong"));
  }

  move(camera) { still.matches ? this.map.jumpTo(camera) : this.map.easeTo({ ...camera, duration: 350 }); }

  /* Behind the globe: what lies under its place on the screen is then another place, on this side. */
  hidden(at) {
    const under = this.map.unproject(this.map.project(at));
    const [lon, lat, otherLon, otherLat] = [at[0], at[1], under.lng, under.lat].map((degrees) => degrees * Math.PI / 180);
    return Math.sin(lat) * Math.sin(otherLat) + Math.cos(lat) * Math.cos(otherLat) * Math.cos(lon - otherLon) < .996;
  }

  /* ---- points: those that would touch become a disc with their number, or fan out when they are few */

  gather() {
    const seen = this.points.filter(({ at }) => !this.hidden(at)).map((point) => {
      const { x, y } = this.map.project(point.at);
      return { point, x, y };
    }).filter(({ x, y }) => x > -40 && y > -40 && x < this.stage.clientWidth + 40 && y < this.stage.clientHeight + 40);
    const heaps = this.parted(this.heaps(seen));
    const focused = this.overlay.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    this.shown = [];
    for (const heap of heaps) {
      if (heap.length === 1) this.shown.push(this.single(heap[0].point, [0, 0]));
      else if (heap.length === 2 || this.together(heap)) this.fan(heap);
      else this.shown.push(this.cluster(heap));
    }
    const city = JSON.parse(this.root.dataset.city || "null");
    if (city) this.makeRoom(this.home(city));
    this.shown.sort((one, other) => one.at[0] - other.at[0]);
    this.overlay.replaceChildren(this.legs, ...this.shown.map(({ node }) => node));
    this.place();
    this.quieten();
    this.overlay.querySelector(`[data-key="${CSS.escape(focused ?? "")}"]`)?.focus({ preventScroll: true });
  }

  heaps(seen) {
    const cells = new Map();
    const heaps = [];
    for (const one of seen) {
      const [column, line] = [Math.floor(one.x / CLUSTER_AT), Math.floor(one.y / CLUSTER_AT)];
      let heap = null;
      for (let across = -1; across <= 1 && !heap; across += 1) {
        for (let down = -1; down <= 1 && !heap; down += 1) {
          heap = (cells.get(`${column + across} ${line + down}`) || []).find((other) => Math.hypot(other[0].x - one.x, other[0].y - one.y) < CLUSTER_AT * .62);
        }
      }
      if (heap) { heap.push(one); continue; }
      heap = [one];
      heaps.push(heap);
      const cell = `${column} ${line}`;
      cells.set(cell, [...(cells.get(cell) || []), heap]);
    }
    return heaps;
  }

  /* Heaps whose marks would still lie on one another become one. */
  parted(heaps) {
    const reach = (heap) => [0, 9, 15][heap.length] ?? 18;
    const middle = (heap, axis) => heap.reduce((sum, one) => sum + one[axis], 0) / heap.length;
    const apart = heaps.map((heap) => ({ heap, x: middle(heap, "x"), y: middle(heap, "y") }));
    for (let moved = true, rounds = 0; moved && rounds < 6; rounds += 1) {
      moved = false;
      for (let one = 0; one < apart.length; one += 1) {
        for (let other = apart.length - 1; other > one; other -= 1) {
          const [a, b] = [apart[one], apart[other]];
          if (Math.hypot(a.x - b.x, a.y - b.y) >= reach(a.heap) + reach(b.heap) - 4) continue;
          const heap = [...a.heap, ...b.heap];
          apart[one] = { heap, x: middle(heap, "x"), y: middle(heap, "y") };
          apart.splice(other, 1);
          moved = true;
        }
      }
    }
    return apart.map(({ heap }) => heap);
  }

  /* Whether coming closer would not part them. */
  together(heap) {
    const spread = (axis) => Math.max(...heap.map(({ point }) => point.at[axis])) - Math.min(...heap.map(({ point }) => point.at[axis]));
    return this.map.getZoom() >= 8.9 || Math.max(spread(0), spread(1)) * 2 ** this.map.getZoom() / 2 ** 9 < NEAR_DEGREES / 2 ** 3 && this.map.getZoom() > 6;
  }

  fan(heap) {
    const middle = [heap.reduce((sum, { x }) => sum + x, 0) / heap.length, heap.reduce((sum, { y }) => sum + y, 0) / heap.length];
    const reach = heap.length === 2 ? 10 : 9 + heap.length * 3;
    const first = heap.length === 2 ? Math.atan2(heap[0].y - middle[1], heap[0].x - middle[0]) : -Math.PI / 2;
    heap.forEach(({ point, x, y }, number) => {
      const angle = first + number * 2 * Math.PI / heap.length;
      const shift = [middle[0] + Math.cos(angle) * reach - x, middle[1] + Math.sin(angle) * reach - y];
      this.shown.push(this.single(point, shift));
    });
  }

  single(point, shift) {
    const node = element("a", "map-point", { href: point.href || "#", "data-key": point.key });
    const label = element("span", "map-label");
    label.textContent = point.name;
    node.append(mark(point.tie), label);
    if (point.said) node.setAttribute("aria-label", `${point.name}, ${point.said}`);
    if (this.selected === point.key) node.setAttribute("aria-current", "true");
    let chosen = false;
    node.addEventListener("pointerdown", () => { chosen = this.selected === point.key; });
    node.addEventListener("focus", () => this.select(point));
    node.addEventListener("click", (event) => {
      const byKey = event.detail === 0;
      if (!byKey && !chosen) { event.preventDefault(); this.select(point); }
    });
    return { node, at: point.at, shift, name: point.name };
  }

  home(city) {
    const node = element("div", "map-point is-city", { "aria-hidden": "true" });
    const label = element("span", "map-label");
    label.textContent = city.name;
    node.append(mark("city"), label);
    return { node, at: [city.lon, city.lat], shift: [0, 0], name: city.name, first: true };
  }

  /* The city's own mark hides no other, and no number. */
  makeRoom(home) {
    const centre = this.map.project(home.at);
    for (const one of this.shown) {
      const { x, y } = this.map.project(one.at);
      const away = [x + one.shift[0] - centre.x, y + one.shift[1] - centre.y];
      const missing = (one.name ? 15 : 26) - Math.hypot(...away);
      if (missing <= 0) continue;
      const angle = Math.atan2(away[1], away[0]);
      one.shift = [one.shift[0] + Math.cos(angle) * missing, one.shift[1] + Math.sin(angle) * missing];
    }
    this.shown.unshift(home);
  }

  cluster(heap) {
    const node = element("button", "map-point map-cluster", { type: "button", "data-key": `heap ${heap[0].point.key}` });
    node.textContent = String(heap.length);
    node.setAttribute("aria-label", this.words.cluster.replace("%n", heap.length));
    const lons = heap.map(({ point }) => point.at[0]);
    const lats = heap.map(({ point }) => point.at[1]);
    const bounds = [[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]];
    node.addEventListener("click", () => {
      this.stage.focus({ preventScroll: true });
      this.map.fitBounds(bounds, { padding: 80, maxZoom: 9, duration: still.matches ? 0 : 350 });
    });
    const at = [(bounds[0][0] + bounds[1][0]) / 2, (bounds[0][1] + bounds[1][1]) / 2];
    return { node, at, shift: [0, 0], name: "" };
  }

  place() {
    const legs = [];
    for (const { node, at, shift } of this.shown) {
      const hidden = this.hidden(at);
      node.hidden = hidden;
      node.style.display = hidden ? "none" : "";
      if (hidden) continue;
      const { x, y } = this.map.project(at);
      node.style.transform = `translate(${Math.round(x + shift[0])}px, ${Math.round(y + shift[1])}px)`;
      if (Math.hypot(...shift) > 14) legs.push(shape("path", { d: `M${x} ${y}l${shift[0]} ${shift[1]}` }));
    }
    this.legs.replaceChildren(...legs);
  }

  /* Names that would lie on another name or point are kept for hover, focus and the list. */
  quieten() {
    const taken = [];
    const width = this.stage.clientWidth;
    const spots = this.shown.map((one) => {
      const { x, y } = this.map.project(one.at);
      return { one, x: x + one.shift[0], y: y + one.shift[1] };
    });
    for (const { x, y } of spots) taken.push([x - 9, y - 9, x + 9, y + 9]);
    const order = [...spots].sort((a, b) => Number(Boolean(b.one.first)) - Number(Boolean(a.one.first)));
    for (const { one, x, y } of order) {
      if (!one.name) continue;
      const wide = one.name.length * 7.2 + 6;
      const meets = (box) => taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
      const boxes = {
        right: [x + 10, y - 9, x + 12 + wide, y + 9], left: [x - 12 - wide, y - 9, x - 10, y + 9],
        below: [x - wide / 2, y + 10, x + wide / 2, y + 28], above: [x - wide / 2, y - 28, x + wide / 2, y - 10],
      };
      const side = Object.keys(boxes).find((name) => boxes[name][0] > 0 && boxes[name][2] < width && !meets(boxes[name]));
      const box = boxes[side];
      one.node.classList.toggle("is-quiet", !box);
      one.node.dataset.side = side ?? (boxes.right[2] < width ? "right" : "left");
      if (box) taken.push(box);
    }
  }

  /* ---- map and list in step */

  light(point) {
    this.selected = point.key;
    for (const row of this.list.querySelectorAll(".is-lit")) row.classList.remove("is-lit");
    point.row.classList.add("is-lit");
    for (const { node } of this.shown) {
      node.dataset.key === point.key ? node.setAttribute("aria-current", "true") : node.removeAttribute("aria-current");
    }
  }

  /* Chosen on the map: the same row is lit, brought into view inside the list, and said. */
  select(point) {
    if (this.selected === point.key) return;
    this.light(point);
    this.list.scrollTop += point.row.getBoundingClientRect().top - this.list.getBoundingClientRect().top - this.list.clientHeight / 3;
    this.say([point.name, point.said].filter(Boolean).join(", "));
  }

  /* Chosen in the list: the same point is ringed. */
  onRow(event) {
    const row = event.target.closest?.("[data-point]");
    const point = row && this.points.find((one) => one.row === row);
    if (point && this.selected !== point.key) this.light(point);
  }

  onKey(event) {
    const step = 120;
    const acts = {
      ArrowLeft: () => this.map.panBy([-step, 0], { animate: !still.matches }),
      ArrowRight: () => this.map.panBy([step, 0], { animate: !still.matches }),
      ArrowUp: () => this.map.panBy([0, -step], { animate: !still.matches }),
      ArrowDown: () => this.map.panBy([0, step], { animate: !still.matches }),
      "+": () => this.move({ zoom: this.map.getZoom() + 1 }),
      "=": () => this.move({ zoom: this.map.getZoom() + 1 }),
      "-": () => this.move({ zoom: this.map.getZoom() - 1 }),
      Escape: () => this.list.querySelector("a[href]")?.focus(),
    };
    if (acts[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      acts[event.key]();
    }
  }
}

for (const root of document.querySelectorAll("[data-parvis-map]")) new Atlas(root);
