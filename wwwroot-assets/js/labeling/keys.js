// Which key stands for which class: its first letter where no other class and no command has it, and its number.
export function classKeys(classes, commands) {
  const taken = new Set(commands.toLowerCase());
  const letters = classes.map(name => name[0].toLowerCase());
  const keys = new Map();
  letters.forEach((letter, index) => {
    keys.set(String(index + 1), index);
    if (!taken.has(letter) && letters.indexOf(letter) === letters.lastIndexOf(letter)) keys.set(letter, index);
  });
  return keys;
}

/** True where a key is meant for the field that has the focus. */
export const isTyping = event => event.target.closest?.('input, textarea, select, [contenteditable=true]') != null;

/** True where Enter, Space or an arrow is meant for the control that has the focus. */
export const isOnControl = event => event.target.closest?.('button, a, [role=button], [role=tab], dialog') != null;

export const isUndo = event => (event.ctrlKey || event.metaKey) ? event.key.toLowerCase() === 'z' && !event.shiftKey : event.key.toLowerCase() === 'u';
