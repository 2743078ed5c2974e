import { classKeys, isTyping, isUndo } from '../../js/labeling/keys.js';

export function start(page, classes) {
  const view = new ReviewView(page, classes);
  return { show: (large, index) => view.show(large, index), dispose: () => view.dispose() };
}

/** Moves at once; a decision shows as pending until the server has it on disk. */
class ReviewView {
  #end = new AbortController();
  #current = -1;

  constructor(page, classes) {
    this.page = page;
    this.keys = classKeys(classes, 'u');
    const on = (event, handle) => document.addEventListener(event, handle, { signal: this.#end.signal });
    on('keydown', event => this.#key(event));
    on('focusin', event => {
      const row = event.target.closest?.('[data-index]');
      if (row) this.#current = Number(row.dataset.index);
    });
    // Esc closes a dialog by itself, and the page has to know.
    document.addEventListener('close', event => { if (event.target === this.#viewer) this.page.invokeMethodAsync('Close'); }, { capture: true, signal: this.#end.signal });
  }

  get #viewer() {
    return document.querySelector('[data-part="viewer"]');
  }

  get #list() {
    return document.querySelector('[data-part="list"]');
  }

  show(large, index) {
    this.#current = index;
    const viewer = this.#viewer;
    if (!viewer) return;
    if (large && !viewer.open) viewer.showModal();
    else if (!large && viewer.open) {
      viewer.close();
      this.#focus(this.#current);
    }
  }

  #key(event) {
    if (isTyping(event) || event.altKey || document.querySelector('.mud-popover-open')) return;
    const key = event.key.toLowerCase();
    const large = this.#viewer?.open;
    if (isUndo(event)) this.page.invokeMethodAsync('Undo');
    else if (event.ctrlKey || event.metaKey) return;
    else if (this.keys.has(key) && !event.repeat) this.#decide(this.keys.get(key), large);
    else if (large && (key === 'arrowleft' || key === 'arrowright')) this.page.invokeMethodAsync('Step', key === 'arrowleft' ? -1 : 1);
    else if (!large && (key === 'arrowdown' || key === 'arrowup')) this.#move(key === 'arrowup' ? -1 : 1);
    else return;
    event.preventDefault();
  }

  #decide(index, large) {
    if (large) return this.page.invokeMethodAsync('DecideLarge', index);
    const row = this.#row(this.#current);
    if (!row) return;
    row.dataset.pending = '';
    this.page.invokeMethodAsync('Decide', this.#current, index).finally(() => { delete row.dataset.pending; });
  }

  #move(step) {
    const rows = [...(this.#list?.querySelectorAll('[data-index]') ?? [])];
    if (rows.length === 0) return;
    if (this.#current < 0) {
      const first = rows.find(row => row.getBoundingClientRect().top >= 60) ?? rows[0];
      return this.#focus(Number(first.dataset.index));
    }
    this.#focus(this.#current + step);
  }

  #row(index) {
    return this.#list?.querySelector(`[data-index="${index}"]`);
  }

  #focus(index) {
    const button = this.#row(index)?.querySelector('.review-photo');
    if (!button) return;
    button.focus({ preventScroll: true });
    button.closest('[data-index]').scrollIntoView({ block: 'nearest' });
  }

  dispose() {
    this.#end.abort();
  }
}
