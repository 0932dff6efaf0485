/**
 * A part of the bundle as the body of a function of `exports` and `require`. What it exports is handed over when it
 * has run: nothing that is exported is another later, and no parts need each other, as test/bin holds. esbuild's
 * own way is a getter for each name, which every use of it calls.
 */
export function asScript(part: string): string {
  let text = part;
  let head = '';
  for (let found = importing.exec(text); found !== null; found = importing.exec(text)) {
    const [whole, names, from] = found;
    const needed = `require(${JSON.stringify(from)});\n`;
    head += names === undefined ? needed : `const {${pairs(names, 'from')}} = ${needed}`;
    text = text.slice(whole.length);
  }
  let tail = '';
  for (let found = exporting.exec(text); found !== null; found = exporting.exec(text)) {
    const [whole, names, value] = found;
    tail += `Object.assign(exports, {${names === undefined ? `default: ${value}` : pairs(names, 'to')}});\n`;
    text = text.slice(0, -whole.length);
  }
  return `${head}${text.replaceAll(loading, 'Promise.resolve().then(() => require($1))')}\n${tail}`;
}

const importing = /^\s*import\s*(?:\{([^}]*)\}\s*from\s*)?"([^"]+)";/;
const exporting = /\bexport\s*(?:\{([^}]*)\}|default ([\w$]+\(\)));\s*$/;
/** Of a script Node would say that loading it so is an experiment. */
const loading = /\bimport\(("\.\/[^"]+")\)/g;

/** The names of `a as b, c`: as the pattern that reads what was imported, or the object that is exported. */
const pairs = (names: string, way: 'from' | 'to'): string =>
  names
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => {
      const [first, second = first] = one.split(/\s+as\s+/);
      return way === 'from' ? `${first}: ${second}` : `${second}: ${first}`;
    })
    .join(', ');
