/** What a terminal sends for a key, by the names that src/terminal/keys.ts gives them. */
const fixed: Readonly<Record<string, string>> = {
  enter: '\r',
  tab: '\t',
  'shift-tab': '\x1b[Z',
  esc: '\x1b',
  space: ' ',
  backspace: '\x7f',
  'ctrl-space': '\0',
};

const cursorKeys: Readonly<Record<string, string>> = {
  up: 'A',
  down: 'B',
  right: 'C',
  left: 'D',
  end: 'F',
  home: 'H',
};

const numberedKeys: Readonly<Record<string, number>> = {
  insert: 2,
  delete: 3,
  pageup: 5,
  pagedown: 6,
  f5: 15,
  f12: 24,
};

const modifierBits = { shift: 1, alt: 2, ctrl: 4 } as const;

/** The bytes of one key press; throws on a name that no terminal has a key for. */
export function keyBytes(name: string): string {
  if (fixed[name] !== undefined) return fixed[name];
  const { modifiers, base } = parts(name);
  const code = 1 + modifiers.reduce((sum, modifier) => sum + modifierBits[modifier], 0);
  const letter = cursorKeys[base];
  if (letter !== undefined) return code === 1 ? `\x1b[${letter}` : `\x1b[1;${code}${letter}`;
  const number = numberedKeys[base];
  if (number !== undefined) return code === 1 ? `\x1b[${number}~` : `\x1b[${number};${code}~`;
  const plain = fixed[base] ?? base;
  if ([...plain].length !== 1 || modifiers.includes('shift'))
    throw new Error(`No such key: ${name}`);
  const controlled = modifiers.includes('ctrl') ? control(plain) : plain;
  return modifiers.includes('alt') ? `\x1b${controlled}` : controlled;
}

function parts(name: string) {
  const modifiers: (keyof typeof modifierBits)[] = [];
  let base = name;
  for (const modifier of ['ctrl', 'alt', 'shift'] as const)
    if (base.startsWith(`${modifier}-`)) {
      modifiers.push(modifier);
      base = base.slice(modifier.length + 1);
    }
  return { modifiers, base };
}

function control(character: string): string {
  return String.fromCharCode(character.toUpperCase().charCodeAt(0) & 0x1f);
}
