/** Selects what a rectangle touches that the mouse draws over the grid, even beyond the window's edge. */
export class RubberBand {
  #from = null;
  #base = [];
  #pointer = null;
  #drawn = false;
  #frame = 0;

  constructor(grid, band, selection, signal) {
    Object.assign(this, { grid, band, selection });
    grid.element.addEventListener('pointerdown', event => this.#begin(event), { signal });
    addEventListener('pointermove', event => this.#move(event), { signal });
    addEventListener('pointerup', () => this.#finish(), { signal });
    addEventListener('pointercancel', () => this.#finish(), { signal });
    signal.addEventListener('abort', () => this.#finish());
  }

  /** True once after a rectangle was drawn: the click that ends it means nothing else. */
  justDrawn() {
    const drawn = this.#drawn;
    this.#drawn = false;
    return drawn;
  }

  #begin(event) {
    this.#drawn = false;
    if (event.pointerType !== 'mouse' || event.button !== 0 || event.shiftKey) return;
    this.#from = this.#onGrid(event);
    this.#base = event.ctrlKey || event.metaKey ? this.selection.indexes() : [];
  }

  #move(event) {
    if (!this.#from) return;
    this.#pointer = event;
    const to = this.#onGrid(event);
    if (!this.#drawn && Math.hypot(to.x - this.#from.x, to.y - this.#from.y) < 8) return;
    this.#drawn = true;
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    this.#frame = 0;
    if (!this.#from) return;
    const edge = 48;
    const speed = this.#pointer.clientY > innerHeight - edge ? 18 : this.#pointer.clientY < 56 + edge ? -18 : 0;
    if (speed !== 0) {
      scrollBy({ top: speed, behavior: 'instant' });
      this.#frame = requestAnimationFrame(() => this.#draw());
    }
    const to = this.#onGrid(this.#pointer);
    const box = {
      left: Math.min(this.#from.x, to.x), top: Math.min(this.#from.y, to.y),
      right: Math.max(this.#from.x, to.x), bottom: Math.max(this.#from.y, to.y),
    };
    const { offsetLeft, offsetTop } = this.grid.element;
    this.band.hidden = false;
    this.band.style.cssText = `left:${box.left + offsetLeft}px;top:${box.top + offsetTop}px;width:${box.right - box.left}px;height:${box.bottom - box.top}px`;
    this.selection.replace([...this.#base, ...this.grid.indexesWithin(box)]);
  }

  #finish() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#from = null;
    this.band.hidden = true;
  }

  #onGrid({ clientX, clientY }) {
    const { left, top } = this.grid.element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }
}
