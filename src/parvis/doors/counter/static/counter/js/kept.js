// Words that are not on the server yet, kept in this browser at every stroke: written at once and whole, so that
// a closed tab, a crash or a cut loses nothing. One entry a file and a person.

const PREFIX = "parvis-counter:";

export class Kept {
  constructor(person, file) {
    this.key = `${PREFIX}${person}:${file}`;
    this.words = this.read();
  }

  read() {
    try {
      const held = JSON.parse(localStorage.getItem(this.key) ?? "{}");
      return new Map(Object.entries(held && typeof held === "object" ? held : {}));
    } catch {
      return new Map();
    }
  }

  write() {
    try {
      if (this.words.size) localStorage.setItem(this.key, JSON.stringify(Object.fromEntries(this.words)));
      else localStorage.removeItem(this.key);
      return true;
    } catch {
      return false; // no room, or not allowed: the page itself still holds the words
    }
  }

  /** Keep a field as it was typed over a revision. Other tabs of the same person may have kept others meanwhile. */
  put(field, value, base) {
    this.merge();
    const held = this.words.get(field);
    this.words.set(field, { value, base: held ? held.base : base, at: Date.now() });
    this.write();
  }

  /** The server has this value now: forget it, unless more was typed since. */
  done(field, value, revision) {
    this.merge();
    const held = this.words.get(field);
    if (held && same(held.value, value)) this.words.delete(field);
    else if (held) this.words.set(field, { ...held, base: revision });
    this.write();
  }

  drop(field) {
    this.words.delete(field);
    this.write();
  }

  merge() {
    for (const [field, held] of this.read()) {
      const mine = this.words.get(field);
      if (!mine || mine.at < held.at) this.words.set(field, held);
    }
    for (const field of [...this.words.keys()]) if (!this.read().has(field)) this.words.delete(field);
  }

  get fields() {
    return [...this.words];
  }
}

export function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
