import { mediaUrl } from './sequence.js';

const gap = 8;
const rowsBeyondView = 2;

/** Draws only the cells that are in view, or nearly, of any number of samples; the window scrolls. */
export class ThumbnailGrid {
  columns = 1;
  rowsInView = 1;
  focus = 0;
  #cells = new Map();
  #frame = 0;
  #settle = 0;
  #lastTop = 0;

  constructor(element, sequence, selection, classes, signal) {
    Object.assign(this, { element, sequence, selection, classes });
    addEventListener('scroll', () => this.#drawSoon(), { signal, passive: true });
    const resized = new ResizeObserver(() => this.layOut());
    resized.observe(element);
    signal.addEventListener('abort', () => {
      resized.disconnect();
      cancelAnimationFrame(this.#frame);
      clearTimeout(this.#settle);
    });
  }

  /** Fits columns to the width, and the height to the number of samples. */
  layOut() {
    const width = this.element.clientWidth;
    if (width === 0) return;
    const wanted = innerWidth <= 600 ? width / 3 : 172;
    const keep = this.#cells.size > 0 ? this.#firstVisible() : null;
    const before = this.columns;
    this.columns = Math.max(1, innerWidth <= 600 ? 3 : Math.floor((width + gap) / (wanted + gap)));
    this.size = (width - gap * (this.columns - 1)) / this.columns;
    this.rowsInView = Math.max(1, Math.floor(innerHeight / (this.size + gap)) - 1);
    const rows = Math.ceil(this.sequence.ids.length / this.columns);
    this.element.style.height = `${Math.max(0, rows * (this.size + gap) - gap)}px`;
    for (const [index, cell] of this.#cells) this.#place(cell, index);
    if (keep !== null && before !== this.columns) scrollTo({ top: this.#documentTop() + Math.floor(keep / this.columns) * (this.size + gap), behavior: 'instant' });
    this.#draw();
  }

  /** The position of the cell that an element belongs to. */
  indexAt(target) {
    const cell = target.closest?.('.label-cell');
    return cell ? Number(cell.dataset.index) : undefined;
  }

  /** The positions of the cells that a rectangle touches, drawn or not; its corners are relative to the grid. */
  indexesWithin({ left, top, right, bottom }) {
    const pitch = this.size + gap;
    const firstColumn = Math.max(0, Math.floor((left + gap) / pitch));
    const lastColumn = Math.min(this.columns - 1, Math.floor(right / pitch));
    const firstRow = Math.max(0, Math.floor((top + gap) / pitch));
    const lastRow = Math.floor(bottom / pitch);
    const indexes = [];
    for (let row = firstRow; row <= lastRow; row++) {
      for (let column = firstColumn; column <= lastColumn; column++) {
        const index = row * this.columns + column;
        if (index < this.sequence.ids.length) indexes.push(index);
      }
    }
    return indexes;
  }

  focusOn(index, { scroll }) {
    delete this.#cells.get(this.focus)?.dataset.focus;
    this.focus = index;
    if (scroll) {
      const top = this.#documentTop() + Math.floor(index / this.columns) * (this.size + gap);
      const above = 56 + gap;
      if (top < scrollY + above) scrollTo({ top: top - above, behavior: 'instant' });
      else if (top + this.size > scrollY + innerHeight - 96) scrollTo({ top: top + this.size - innerHeight + 96, behavior: 'instant' });
      this.#draw();
    }
    const cell = this.#cells.get(index);
    if (cell) cell.dataset.focus = '';
    this.element.setAttribute('aria-activedescendant', `sample-${this.sequence.ids[index]}`);
  }

  /** @param labels one class number for all, or one for each. */
  setLabels(indexes, labels, { pending = false } = {}) {
    indexes.forEach((index, i) => {
      this.sequence.labels[index] = Array.isArray(labels) ? labels[i] : labels;
      const cell = this.#cells.get(index);
      if (!cell) return;
      this.#label(cell, index);
      cell.toggleAttribute('data-pending', pending);
    });
  }

  showSelection() {
    for (const [index, cell] of this.#cells) cell.setAttribute('aria-selected', this.selection.has(index));
  }

  #documentTop() {
    return this.element.getBoundingClientRect().top + scrollY;
  }

  #firstVisible() {
    return Math.max(0, Math.floor((scrollY - this.#documentTop()) / (this.size + gap))) * this.columns;
  }

  #drawSoon() {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (this.size === undefined) return;
    const top = -this.element.getBoundingClientRect().top;
    const pitch = this.size + gap;
    const first = Math.max(0, Math.floor(top / pitch) - rowsBeyondView) * this.columns;
    const last = Math.min(this.sequence.ids.length, (Math.ceil((top + innerHeight) / pitch) + rowsBeyondView) * this.columns);
    for (const [index, cell] of this.#cells) {
      if (index >= first && index < last) continue;
      cell.firstChild.removeAttribute('src');
      cell.remove();
      this.#cells.delete(index);
    }
    const added = document.createDocumentFragment();
    for (let index = first; index < last; index++) {
      if (this.#cells.has(index)) continue;
      const cell = this.#create(index);
      this.#cells.set(index, cell);
      added.append(cell);
    }
    this.element.append(added);
    this.#loadPhotos(Math.abs(scrollY - this.#lastTop) > 2 * innerHeight);
    this.#lastTop = scrollY;
  }

  /** While somebody flies past thousands of photos, none of them is asked for. */
  #loadPhotos(flying) {
    clearTimeout(this.#settle);
    if (flying) {
      this.#settle = setTimeout(() => this.#loadPhotos(false), 90);
      return;
    }
    for (const [index, cell] of this.#cells) {
      if (!cell.firstChild.hasAttribute('src')) cell.firstChild.src = mediaUrl(this.sequence.ids[index], 'thumb');
    }
  }

  #create(index) {
    const cell = document.createElement('div');
    cell.className = 'label-cell';
    cell.id = `sample-${this.sequence.ids[index]}`;
    cell.dataset.index = index;
    cell.setAttribute('role', 'option');
    cell.setAttribute('aria-selected', this.selection.has(index));
    cell.setAttribute('aria-setsize', this.sequence.ids.length);
    cell.setAttribute('aria-posinset', index + 1);
    if (index === this.focus) cell.dataset.focus = '';
    cell.innerHTML = '<img alt="" decoding="async" draggable="false"><span class="label-check" aria-hidden="true">✓</span><span class="label-chip"></span>';
    this.#place(cell, index);
    this.#label(cell, index);
    return cell;
  }

  #place(cell, index) {
    const pitch = this.size + gap;
    cell.style.cssText = `left:${(index % this.columns) * pitch}px;top:${Math.floor(index / this.columns) * pitch}px;width:${this.size}px;height:${this.size}px`;
  }

  #label(cell, index) {
    const label = this.sequence.labels[index];
    const name = label >= 0 ? this.classes[label] : 'unlabeled';
    cell.dataset.class = label;
    cell.lastChild.textContent = name;
    cell.setAttribute('aria-label', `Photo ${index + 1}, ${name}`);
  }
}
