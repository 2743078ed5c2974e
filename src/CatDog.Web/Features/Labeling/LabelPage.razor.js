import { SampleSequence, post } from '../../js/labeling/sequence.js';
import { classKeys, isOnControl, isTyping, isUndo } from '../../js/labeling/keys.js';
import { RubberBand } from '../../js/labeling/rubberBand.js';
import { Selection } from '../../js/labeling/selection.js';
import { ThumbnailGrid } from '../../js/labeling/thumbnailGrid.js';

export function start(stage, page, options) {
  const view = new LabelView(stage, page, options);
  return { dispose: () => view.dispose() };
}

/** The grid of all photos that match: what is selected is decided at once, and can be undone at once. */
class LabelView {
  #end = new AbortController();
  #actions = [];
  #toastTimer = 0;

  constructor(stage, page, { datasetId, classes, query, focusUrl }) {
    Object.assign(this, { stage, page, datasetId, classes, focusUrl });
    this.keys = classKeys(classes, 'u');
    this.sequence = new SampleSequence(datasetId, query);
    this.selection = new Selection(this.sequence, () => this.#showSelection());
    this.grid = new ThumbnailGrid(this.#part('grid'), this.sequence, this.selection, classes, this.#end.signal);
    this.band = new RubberBand(this.grid, this.#part('band'), this.selection, this.#end.signal);
    this.#listen();
    this.#read();
  }

  async #read() {
    this.grid.layOut();
    try {
      await this.sequence.read(() => {
        this.grid.layOut();
        this.#showSelection();
      });
    } catch (error) {
      if (error.name !== 'AbortError') this.#toast(`The photos could not be read. ${error.message}`, 'Try again', () => location.reload());
    }
  }

  #part(name) {
    return this.stage.querySelector(`[data-part="${name}"]`);
  }

  #listen() {
    const on = (target, event, handle) => target.addEventListener(event, handle, { signal: this.#end.signal });
    const grid = this.#part('grid');
    on(document, 'keydown', event => this.#key(event));
    on(grid, 'click', event => this.#click(event));
    on(grid, 'dblclick', event => this.#open(this.grid.indexAt(event.target)));
    on(this.#part('bar'), 'click', event => {
      const button = event.target.closest('button');
      if (!button) return;
      if (button.dataset.decide !== undefined) this.#decide(Number(button.dataset.decide));
      else if (button.dataset.command === 'all') this.selection.all();
      else this.selection.clear();
      grid.focus({ preventScroll: true });
    });
    this.#listenToTouch(on, grid);
  }

  /** A tap opens a photo; a long press begins a selection, and while there is one a tap adds to it. */
  #listenToTouch(on, grid) {
    let timer = 0;
    on(grid, 'pointerdown', event => {
      this.pointerType = event.pointerType;
      clearTimeout(timer);
      if (event.pointerType === 'mouse') return;
      const index = this.grid.indexAt(event.target);
      timer = setTimeout(() => {
        this.pressed = true;
        this.selection.toggle(index);
      }, 450);
    });
    for (const name of ['pointerup', 'pointercancel', 'pointermove']) {
      on(grid, name, event => { if (name !== 'pointermove' || Math.hypot(event.movementX, event.movementY) > 4) clearTimeout(timer); });
    }
    on(grid, 'contextmenu', event => { if (this.pointerType !== 'mouse') event.preventDefault(); });
  }

  #click(event) {
    const index = this.grid.indexAt(event.target);
    if (this.band.justDrawn()) return;
    if (this.pressed) {
      this.pressed = false;
      return;
    }
    if (index === undefined) return this.selection.clear();
    this.grid.focusOn(index, { scroll: false });
    const touch = this.pointerType !== undefined && this.pointerType !== 'mouse';
    if (event.shiftKey) this.selection.extendTo(index, event.ctrlKey || event.metaKey);
    else if (event.ctrlKey || event.metaKey || event.target.closest('.label-check') || touch && this.selection.size > 0) this.selection.toggle(index);
    else if (touch) this.#open(index);
    else this.selection.only(index);
  }

  #key(event) {
    if (isTyping(event) || event.altKey) return;
    const control = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (isUndo(event)) this.#undo();
    else if (control && key === 'a') this.selection.all();
    else if (control) return;
    else if (this.keys.has(key) && !event.repeat) this.#decide(this.keys.get(key));
    else if (key === '0') this.#decide(-1);
    else if (key === 'escape') this.selection.clear();
    else if (isOnControl(event)) return;
    else if (key === 'enter') this.#open(this.grid.focus);
    else if (key === ' ') this.selection.toggle(this.grid.focus);
    else if (!this.#move(key, event.shiftKey)) return;
    event.preventDefault();
  }

  #move(key, extend) {
    const { columns, rowsInView } = this.grid;
    const step = { arrowright: 1, arrowleft: -1, arrowdown: columns, arrowup: -columns, pagedown: columns * rowsInView, pageup: -columns * rowsInView, home: -Infinity, end: Infinity }[key];
    if (step === undefined) return false;
    const from = this.grid.focus;
    const to = Math.max(0, Math.min(this.sequence.ids.length - 1, from + step));
    this.#part('grid').focus({ preventScroll: true });
    this.grid.focusOn(to, { scroll: true });
    if (extend) this.selection.extendTo(to, false, from);
    return true;
  }

  #open(index) {
    if (index === undefined || index >= this.sequence.ids.length) return;
    const url = new URL(this.focusUrl, document.baseURI);
    url.searchParams.set('sample', this.sequence.ids[index]);
    Blazor.navigateTo(url.pathname + url.search);
  }

  /** @param to the class's number; −1 clears the labels. */
  async #decide(to) {
    const indexes = this.selection.size > 0 ? this.selection.indexes() : this.sequence.ids.length > 0 ? [this.grid.focus] : [];
    if (indexes.length === 0) return;
    const ids = indexes.map(index => this.sequence.ids[index]);
    const before = indexes.map(index => this.sequence.labels[index]);
    const name = to >= 0 ? this.classes[to] : 'unlabeled';
    this.grid.setLabels(indexes, to, { pending: true });
    this.#status('saving', 'Saving…');
    try {
      const { count, actionId } = await post(`api/datasets/${this.datasetId}/labels`, { ids, label: this.classes[to] ?? null });
      this.grid.setLabels(indexes, to);
      this.#actions.push({ actionId, indexes, before });
      this.#status('saved', 'Saved');
      const photos = count === 1 ? '1 photo is' : `${count.toLocaleString()} photos are`;
      this.#toast(count === 0 ? `Already ${name}.` : `${photos} ${name} now.`, count === 0 ? null : 'Undo', () => this.#undo());
      this.#changed();
    } catch (error) {
      this.grid.setLabels(indexes, before);
      this.#status('failed', 'Not saved');
      this.#toast(`The labels could not be saved. ${error.status ? error.message : 'The server does not answer.'}`, 'Try again', () => this.#decide(to));
    }
  }

  async #undo() {
    const action = this.#actions.pop();
    if (!action) return;
    this.#status('saving', 'Saving…');
    try {
      const { undone, skipped } = await post('api/labels/undo', { actionId: action.actionId });
      this.grid.setLabels(action.indexes, action.before);
      this.#status('saved', 'Saved');
      this.#toast(`Undone for ${undone.toLocaleString()}${skipped > 0 ? `; ${skipped.toLocaleString()} were changed again since and stay as they are` : ''}.`);
      this.#changed();
    } catch (error) {
      this.#actions.push(action);
      this.#status('failed', 'Not undone');
      this.#toast(`Could not be undone. ${error.status ? error.message : 'The server does not answer.'}`, 'Try again', () => this.#undo());
    }
  }

  #changed() {
    this.page.invokeMethodAsync('Changed').catch(() => {});
  }

  #showSelection() {
    const total = this.sequence.ids.length;
    const size = this.selection.size;
    const more = this.sequence.complete ? '' : '…';
    this.#part('count').textContent = `${total.toLocaleString()}${more} ${total === 1 ? 'photo' : 'photos'}`;
    this.#part('bar').hidden = size === 0;
    this.#part('selected').textContent = `${size.toLocaleString()} selected`;
    this.#part('all').textContent = `Select all ${total.toLocaleString()}`;
    this.#part('all').hidden = size === total || !this.sequence.complete;
    this.grid.showSelection();
  }

  #status(state, text) {
    const status = this.#part('status');
    status.dataset.state = state;
    status.textContent = text;
  }

  #toast(text, action, run) {
    const toast = this.#part('toast');
    const button = this.#part('toast-action');
    this.#part('toast-text').textContent = text;
    button.hidden = !action;
    button.textContent = action ?? '';
    button.onclick = () => {
      toast.hidden = true;
      run();
    };
    toast.hidden = false;
    clearTimeout(this.#toastTimer);
    this.#toastTimer = setTimeout(() => { toast.hidden = true; }, 8000);
  }

  dispose() {
    clearTimeout(this.#toastTimer);
    this.sequence.stop();
    this.#end.abort();
    this.#part('grid')?.replaceChildren();
  }
}
