/** Which samples of a sequence are selected, by position. */
export class Selection {
  #chosen = new Set();
  #anchor = 0;

  constructor(sequence, onChange) {
    Object.assign(this, { sequence, onChange });
  }

  get size() {
    return this.#chosen.size;
  }

  has(index) {
    return this.#chosen.has(index);
  }

  indexes() {
    return [...this.#chosen].sort((a, b) => a - b);
  }

  only(index) {
    this.#anchor = index;
    this.replace([index]);
  }

  toggle(index) {
    if (index === undefined) return;
    this.#anchor = index;
    if (!this.#chosen.delete(index)) this.#chosen.add(index);
    this.onChange();
  }

  /** From where the selection began to here; `keep` adds to what is selected. */
  extendTo(index, keep, from) {
    if (this.#chosen.size === 0 && from !== undefined) this.#anchor = from;
    const low = Math.min(this.#anchor, index);
    const range = Array.from({ length: Math.abs(this.#anchor - index) + 1 }, (_, i) => low + i);
    this.replace(keep ? [...this.#chosen, ...range] : range);
  }

  all() {
    this.replace(this.sequence.ids.keys());
  }

  clear() {
    if (this.#chosen.size > 0) this.replace([]);
  }

  replace(indexes) {
    this.#chosen = new Set(indexes);
    this.onChange();
  }
}
